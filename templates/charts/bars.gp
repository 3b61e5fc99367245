# Bars: columns over time, or things compared as rows that run downwards.
#
# actual, series, good, bad   solid; side by side, or on each other with the flag stacked
# forecast                    hatched
# before                      light grey, a little behind
# target                      a thick mark across
# flags: stacked, percent, horizontal, vertical
#
# layout: turning zero values legend height 0.42 row 20

# Half of a group, half of one bar in it, and where bar k of point i begins and ends across.
half = 0.38
thin = half / nslots
behind = n_before > 0 && nslots == 1 ? 0.07 : 0
middle(i, k) = i + (2 * slot[k] - 1 - nslots) * thin + behind
first(i, k) = middle(i, k) - thin * 0.94
last(i, k) = middle(i, k) + thin * 0.94

if (rows) {
    plot \
        for [j=1:n_before] $data using \
            (0):1:(0):(to(before[j])):($1 - half - behind):($1 + half - 3 * behind):(shade(before[j])) \
            with boxxyerror lc rgb variable, \
        for [j=1:n_solid] $data using \
            (0):1:(from(solid[j])):(to(solid[j])):(first($1, solid[j])):(last($1, solid[j])):(shade(solid[j])) \
            with boxxyerror lc rgb variable, \
        for [j=1:n_forecast] $data using \
            (0):1:(from(forecast[j])):(to(forecast[j])):(first($1, forecast[j])):(last($1, forecast[j])):(shade(forecast[j])) \
            with boxxyerror lc rgb variable fs pattern 4 border lc rgb c_forecast, \
        for [j=1:n_target] $data using (to(target[j])):($1 - half - 0.04):(0):(2 * half + 0.08) \
            with vectors nohead lw 4 lc rgb c_ground, \
        for [j=1:n_target] $data using (to(target[j])):($1 - half - 0.04):(0):(2 * half + 0.08) \
            with vectors nohead lw 2 lc rgb c_target
} else {
    plot \
        for [j=1:n_before] $data using \
            1:(0):($1 - half - behind):($1 + half - 3 * behind):(0):(to(before[j])):(shade(before[j])) \
            with boxxyerror lc rgb variable, \
        for [j=1:n_solid] $data using \
            1:(0):(first($1, solid[j])):(last($1, solid[j])):(from(solid[j])):(to(solid[j])):(shade(solid[j])) \
            with boxxyerror lc rgb variable, \
        for [j=1:n_forecast] $data using \
            1:(0):(first($1, forecast[j])):(last($1, forecast[j])):(from(forecast[j])):(to(forecast[j])):(shade(forecast[j])) \
            with boxxyerror lc rgb variable fs pattern 4 border lc rgb c_forecast, \
        for [j=1:n_target] $data using ($1 - half - 0.04):(to(target[j])):(2 * half + 0.08):(0) \
            with vectors nohead lw 4 lc rgb c_ground, \
        for [j=1:n_target] $data using ($1 - half - 0.04):(to(target[j])):(2 * half + 0.08):(0) \
            with vectors nohead lw 2 lc rgb c_target
}
