# Gantt: what lasts from one day to another, a row each; good and bad have their colours.
#
# Series 1 hangs from its first day to its last, counted from 1970-01-01.
#
# layout: calendar row 17

plot $data using (0):1:(from(1)):(to(1)):($1 - 0.32):($1 + 0.32):(shade(1)) \
    with boxxyerror lc rgb variable
