# Area: series on each other, over time; what they add up to is the upper edge.
#
# layout: columns stack zero ends spaces stretch height 0.42

plot \
    for [k=1:nsets] $solid index k-1 using 1:2:3 with filledcurves lc rgb colour[k], \
    $solid using 1:3 with lines lw 0.8 lc rgb c_ground
