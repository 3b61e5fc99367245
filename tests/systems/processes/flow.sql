-- A line each way between two steps. That the decision offer may be the end is a box of its own, in its lane; sign
-- and only are the end themselves.
SELECT id, lane, kind, next, condition FROM processes_flow ORDER BY seq, nth
