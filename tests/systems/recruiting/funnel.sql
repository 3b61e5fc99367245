-- At least so far: eight applied; screening five, for who was interviewed was screened.
SELECT stage, candidates FROM recruiting_funnel ORDER BY seq
