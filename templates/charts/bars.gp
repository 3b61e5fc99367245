# Bars: columns over time, or things compared as rows that run downwards.
#
# actual, series, good, bad   solid; side by side, or on each other with the flag stacked
# forecast                    hatched
# before                      light grey, a little behind
# target                      a thick mark across
# flags: stacked, percent, horizontal, vertical
#
# layout: turning zero values legend stretch height 0.42 row 20

if (rows) {
    plot \
        $before using 3:1:2:3:6:7:4 with boxxyerror lc rgb variable, \
        $solid using 3:1:2:3:6:7:4 with boxxyerror lc rgb variable, \
        $forecast using 3:1:2:3:6:7:4 with boxxyerror lc rgb variable fs pattern 4 border lc rgb c_forecast, \
        $target using 3:6:9:8 with vectors nohead lw 3.6 lc rgb c_ground, \
        $target using 3:6:9:8 with vectors nohead lw 2 lc rgb c_target
} else {
    plot \
        $before using 1:3:6:7:2:3:4 with boxxyerror lc rgb variable, \
        $solid using 1:3:6:7:2:3:4 with boxxyerror lc rgb variable, \
        $forecast using 1:3:6:7:2:3:4 with boxxyerror lc rgb variable fs pattern 4 border lc rgb c_forecast, \
        $target using 6:3:8:9 with vectors nohead lw 3.6 lc rgb c_ground, \
        $target using 6:3:8:9 with vectors nohead lw 2 lc rgb c_target
}
