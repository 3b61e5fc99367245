# Pareto: the largest first, and beside them the share that they make up together. What makes up the
# first four fifths is dark.
#
# layout: rows zero values share stretch row 18

plot \
    $solid using 3:1:2:3:6:7:4 with boxxyerror lc rgb variable, \
    $total using 3:1 with lines lw 1.2 lc rgb c_muted, \
    $total using 3:1:4 with points pt 7 ps 0.6 lc rgb variable
