-- Score ÷ wanted, each at most 1. Fay: 1, 1, 2 ÷ 4, 1: 0.875. Cat: 2 ÷ 3, 1, 1, 1: 0.9167. Old: 3 ÷ 4 once: 0.9375. Ann
-- and Ben are at least as wanted. Eve's position has no profile: unknown.
SELECT candidate, round(profile_fit, 4) AS profile_fit, below, matches_below FROM recruiting_fit ORDER BY candidate
