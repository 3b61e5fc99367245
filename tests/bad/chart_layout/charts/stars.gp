# Stars.
# layout: colums zero
plot $solid using 1:3
