-- The first line begins; offer has three ways on, so it is a decision; sign has none but the end. A step without a
-- name is called by its key. Of a process of one line that line is where it begins.
SELECT process, step, name, role, ways, kind FROM processes_steps ORDER BY seq
