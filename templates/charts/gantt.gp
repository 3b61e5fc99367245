# Gantt: what lasts from one day to another, a row each; good and bad have their colours.
#
# A bar hangs from its first day to its last, counted from 1970-01-01.
#
# layout: calendar stretch row 17

plot $solid using 3:1:2:3:6:7:4 with boxxyerror lc rgb variable
