# Bullet: each figure against its target, a row each (Stephen Few's bullet graph, without its zones).
#
# before   broad and light, behind
# actual   slim and dark
# target   a thick mark across
#
# layout: rows zero values legend stretch row 20

plot \
    $before using 3:1:2:3:($1 - 0.36):($1 + 0.36):4 with boxxyerror lc rgb variable, \
    $solid using 3:1:2:3:($1 - 0.18):($1 + 0.18):4 with boxxyerror lc rgb variable, \
    $target using 3:6:9:8 with vectors nohead lw 3.8 lc rgb c_ground, \
    $target using 3:6:9:8 with vectors nohead lw 2.2 lc rgb c_target
