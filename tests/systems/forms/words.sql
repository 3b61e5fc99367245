-- Six to chase, Ann's two and Cat's four: 1 + 3 + 1 missing, 1 due today.
SELECT scope, of, rank, text FROM findings WHERE system = 'forms' AND scope IN ('company', 'person') ORDER BY rank, of
