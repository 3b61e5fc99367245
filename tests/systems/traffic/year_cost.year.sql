-- Traffic is recorded from 10 March 2025 on, the last 12 months began on 1 April 2025: of long 1.00 a day for the 349 days to 15 March 2026,
-- and since traffic is recorded 371. Both years' visitors are 10 + 40 + 12 + 40 + 30 = 132, those of the 12 months 10 + 40 + 12 = 62.
SELECT placement, measured, measured_year, visitors, visitors_year FROM traffic_by_placement WHERE placement = 'long'
