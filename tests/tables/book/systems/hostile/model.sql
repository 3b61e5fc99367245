-- All cells, as they stand.
CREATE VIEW hostile_cells AS
SELECT id, day, clock, moment, of, flag, share, amount, number, long_id FROM cells;
