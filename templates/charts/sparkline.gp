# Sparkline: the course of one figure in a word's space, its last point as a dot, the target as a
# thin line.
#
# layout: blank

plot \
    for [j=1:n_target] $data using 1:(to(target[j])) with lines lw 0.6 lc rgb c_target, \
    for [j=1:n_actual] $data using 1:(to(actual[j])) with lines lw 1.2 lc rgb c_actual, \
    for [j=1:n_dots] $dots using 1:2:3 with points pt 7 ps 0.55 lc rgb variable
