# Sparkline: the course of one figure in a word's space, its last point as a dot, the target as a
# thin line.
#
# layout: blank

plot \
    $target using 1:3 with lines lw 0.6 lc rgb c_target, \
    $actual using 1:3 with lines lw 1.2 lc rgb c_actual, \
    $dots using 1:3:4 with points pt 7 ps 0.55 lc rgb variable
