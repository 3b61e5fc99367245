-- The talks have two stages, which stages.csv calls the same.
SELECT stage, name FROM funnel_stages ORDER BY seq
