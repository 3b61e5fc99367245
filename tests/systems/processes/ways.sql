-- Ways are parted by ';', the condition stands behind the first colon, blanks do not matter; "end" leads to no step.
SELECT process, step, nth, next, condition FROM processes_ways ORDER BY process, step, nth
