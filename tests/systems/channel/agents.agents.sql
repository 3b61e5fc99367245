-- P has Anton, its provincial agent; he alone sells in C City, where Berta's general agency reaches too, but from further away. F City has a dealer of its
-- own. Q and D City lie in Berta's area only. Caesar's agency of R is over, and Emil buys in bulk: nobody sells in E City.
SELECT region, level, dealers, agent FROM channel_regions ORDER BY level DESC, region
