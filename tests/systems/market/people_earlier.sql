-- as of 2023-12-31
-- Before his territory begins Ben's share is unknown; of Ann only March of 2023 is known, inside.
SELECT person, revenue_12, territory_revenue, territory_share FROM market_people WHERE revenue_12 IS NOT NULL ORDER BY person
