-- All are Tuesdays: a has 155 visitors and b 183, over 13 days: 26 a day.
SELECT nth, weekday, a_day, days FROM traffic_weekdays ORDER BY nth
