# Steps: a line that goes on level until the next point.
#
# layout: columns ends spaces stretch height 0.42

plot \
    $actual using 1:3 with steps lw 2 lc rgb c_actual
