# Bullet: each figure against its target, a row each (Stephen Few's bullet graph, without its zones).
#
# before   broad and light, behind
# actual   slim and dark
# target   a thick mark across
#
# layout: rows zero values legend row 20

plot \
    for [j=1:n_before] $data using \
        (0):1:(0):(to(before[j])):($1 - 0.36):($1 + 0.36):(shade(before[j])) \
        with boxxyerror lc rgb variable, \
    for [j=1:n_solid] $data using \
        (0):1:(0):(to(solid[j])):($1 - 0.18):($1 + 0.18):(shade(solid[j])) \
        with boxxyerror lc rgb variable, \
    for [j=1:n_target] $data using (to(target[j])):($1 - 0.34):(0):(0.68) \
        with vectors nohead lw 4 lc rgb c_ground, \
    for [j=1:n_target] $data using (to(target[j])):($1 - 0.34):(0):(0.68) \
        with vectors nohead lw 2.2 lc rgb c_target
