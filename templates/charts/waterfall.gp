# Waterfall: how steps lead from one level to another. Levels are dark; changes for the better and for
# the worse have their colours, and their signs.
#
# Series 1 hangs from where a step begins to where it ends; shade(1) tells what it is.
#
# layout: turning zero values height 0.42 row 20

half = 0.36
if (rows) {
    plot \
        $data using (to(1)):($1 + half):(0):(1 - 2 * half) \
            every ::0::npoints - 2 with vectors nohead lw 0.8 lc rgb c_muted, \
        $data using (0):1:(from(1)):(to(1)):($1 - half):($1 + half):(shade(1)) \
            with boxxyerror lc rgb variable
} else {
    plot \
        $data using ($1 + half):(to(1)):(1 - 2 * half):(0) \
            every ::0::npoints - 2 with vectors nohead lw 0.8 lc rgb c_muted, \
        $data using 1:(0):($1 - half):($1 + half):(from(1)):(to(1)):(shade(1)) \
            with boxxyerror lc rgb variable
}
