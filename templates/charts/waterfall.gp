# Waterfall: how steps lead from one level to another. Levels are dark; changes for the better and for
# the worse have their colours, and their signs.
#
# A bar hangs from where its step begins to where it ends; a thin line leads to the next.
#
# layout: turning zero values stretch height 0.42 row 20

if (rows) {
    plot \
        $solid using 3:7:(0):(1 - $7 + $6) every ::0::npoints - 2 \
            with vectors nohead lw 0.8 lc rgb c_muted, \
        $solid using 3:1:2:3:6:7:4 with boxxyerror lc rgb variable
} else {
    plot \
        $solid using 7:3:(1 - $7 + $6):(0) every ::0::npoints - 2 \
            with vectors nohead lw 0.8 lc rgb c_muted, \
        $solid using 1:3:6:7:2:3:4 with boxxyerror lc rgb variable
}
