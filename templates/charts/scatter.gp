# Scatter: a point each, at column col_x and at the value of the series; with a series of role size the area
# shows it.
#
# layout: plane height 0.6

if (n_size > 0) {
    plot for [j=1:n_solid] $data using (column(col_x)):(to(solid[j])):(to(size[1])):(shade(solid[j])) \
        with points pt 7 ps variable lc rgb variable
} else {
    plot for [j=1:n_solid] $data using (column(col_x)):(to(solid[j])):(shade(solid[j])) \
        with points pt 7 ps 0.85 lc rgb variable
}
