# Area: series on each other, over time; what they add up to is the upper edge.
#
# layout: columns stack zero ends height 0.42

plot \
    for [k=1:nseries] $data using 1:(from(k)):(to(k)) with filledcurves lc rgb colour[k], \
    for [k=1:nseries] $data using 1:(to(k)) with lines lw 0.8 lc rgb c_ground, \
    $data using 1:(y_middle):(0.5):(y_high - y_middle):2 with boxxyerror lc rgb variable
