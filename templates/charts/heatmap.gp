# Heatmap: a row a series, a column a category; the larger the value, the fuller the colour.
#
# layout: grid stretch row 20

plot $solid using 1:3:(0.48):(0.46):4 with boxxyerror lc rgb variable
