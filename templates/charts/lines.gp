# Lines: one a series, over time or over any ordered categories.
#
# actual     solid, dark, a dot at its last point
# before     light grey, behind
# target     a short thick mark at each point
# forecast   dashed; low80, high80, low95, high95 shade its intervals, which the legend calls as `columns:` says
#            of the upper bound: high80: {label: 80 % up to, legend: 80 % interval}
# series     a colour each
#
# layout: columns ends spaces stretch height 0.42

# Lines through many points are thinner, or their turns run together.
pen = npoints > 90 ? 0.55 : 1

plot \
    $band95 using 1:2:3 with filledcurves lc rgb c_band95, \
    $band80 using 1:2:3 with filledcurves lc rgb c_band80, \
    $before using 1:3 with lines lw 1.6 * pen lc rgb c_before, \
    $series using 1:3:5 with lines lw 1.8 * pen lc rgb variable, \
    $actual using 1:3 with lines lw 2.2 * pen lc rgb c_actual, \
    $forecast using 1:3 with lines lw 2 * pen dt (4, 3) lc rgb c_forecast, \
    $target using 6:3:8:9 with vectors nohead lw 1.8 lc rgb c_target, \
    $dots using 1:3:4 with points pt 7 ps 0.75 lc rgb variable
