-- The company's 1200 are 700 of north, 450 of south and 50 of neither. ann and ben of north take part; cat of south
-- sold nothing in the whole months to be split by and has no target, so south's 450 are nobody's, and so are
-- the 50, for all people belong to a region with a target.
SELECT scope, of, amount AS proposal, name FROM targets_unsplit ORDER BY scope, of
