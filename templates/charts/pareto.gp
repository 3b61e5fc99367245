# Pareto: the largest first, and beside them the share that they make up together. What makes up the
# first four fifths is dark.
#
# layout: rows zero values share row 18

plot \
    for [j=1:n_solid] $data using \
        (0):1:(0):(to(solid[j])):($1 - 0.36):($1 + 0.36):(shade(solid[j])) \
        with boxxyerror lc rgb variable, \
    for [j=1:n_total] $data using (to(total[j])):1 with lines lw 1.2 lc rgb c_muted, \
    for [j=1:n_total] $data using (to(total[j])):1:(shade(total[j])) \
        with points pt 7 ps 0.6 lc rgb variable
