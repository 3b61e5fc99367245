# Funnel: what is left at each stage, as bars around one middle; between two stages stands the share
# that goes on from one to the next.
#
# layout: rows centre stretch row 34

# Each bar takes the upper part of its row, and the share that goes on stands below it.
plot $solid using 3:1:2:3:($1 - 0.47):($1 + 0.19):4 with boxxyerror lc rgb variable
