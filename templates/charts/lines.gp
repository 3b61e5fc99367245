# Lines: one a series, over time or over any ordered categories.
#
# actual     solid, dark, a dot at its last point
# before     light grey, behind
# target     a short thick mark at each point
# forecast   dashed; low80, high80, low95, high95 shade its intervals
# series     a colour each
#
# layout: columns ends height 0.42

plot \
    for [j=1:n_low95] $data using 1:(to(low95[j])):(to(high95[j])) \
        with filledcurves lc rgb c_band95, \
    for [j=1:n_low80] $data using 1:(to(low80[j])):(to(high80[j])) \
        with filledcurves lc rgb c_band80, \
    for [j=1:n_before] $data using 1:(to(before[j])) with lines lw 1.6 lc rgb c_before, \
    for [j=1:n_series] $data using 1:(to(series[j])) with lines lw 1.8 lc rgb colour[series[j]], \
    for [j=1:n_actual] $data using 1:(to(actual[j])) with lines lw 2.2 lc rgb c_actual, \
    for [j=1:n_forecast] $data using 1:(to(forecast[j])) with lines lw 2 dt (4, 3) lc rgb c_forecast, \
    for [j=1:n_target] $data using ($1 - 0.34):(to(target[j])):(0.68):(0) \
        with vectors nohead lw 1.8 lc rgb c_target, \
    for [j=1:n_dots] $dots using 1:2:3 with points pt 7 ps 0.75 lc rgb variable, \
    $data using 1:(y_middle):(0.5):(y_high - y_middle):2 with boxxyerror lc rgb variable
