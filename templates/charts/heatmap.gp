# Heatmap: a row a series, a column a category; the larger the value, the fuller the colour.
#
# layout: grid row 20

plot for [k=1:nseries] $data using 1:(to(k)):(0.48):(0.46):(shade(k)) with boxxyerror lc rgb variable
