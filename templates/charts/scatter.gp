# Scatter: a point each; with a series of role size the area shows it.
#
# layout: plane stretch height 0.6

if (sized) {
    plot $solid using 8:3:9:4 with points pt 7 ps variable lc rgb variable
} else {
    plot $solid using 8:3:4 with points pt 7 ps 0.85 lc rgb variable
}
