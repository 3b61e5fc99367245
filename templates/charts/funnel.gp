# Funnel: what is left at each stage, as bars around one middle; between two stages stands the share
# that goes on from one to the next.
#
# layout: rows centre row 34

# Each bar takes the upper part of its row; a pale band leads from its foot to the next one's head.
head(i) = i - 0.47
foot(i) = i + 0.19
wide = 0

plot \
    $data using 1:(to(1)) smooth unique with lines lc rgb c_none, \
    $data using (0):1:(from(1)):(to(1)):(head($1)):(foot($1)):(shade(1)) with boxxyerror lc rgb variable
