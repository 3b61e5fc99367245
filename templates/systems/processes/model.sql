-- Processes as written down. `next` holds the ways on: "offer: accepted; ask: declined"; "end" where
-- the process ends.

-- The ways on from each step, a line each: next is NULL where the process ends.
CREATE VIEW processes_ways AS
WITH RECURSIVE cut(process, step, nth, way, rest) AS (
    SELECT process, step, 0, NULL, concat(next, ';') FROM processes WHERE next IS NOT NULL
    UNION ALL
    SELECT process, step, nth + 1, trim(substr(rest, 1, instr(rest, ';') - 1)), substr(rest, instr(rest, ';') + 1)
    FROM cut
    WHERE rest <> ''
),
parted AS (
    SELECT process, step, nth, trim(substr(way, 1, instr(concat(way, ':'), ':') - 1)) AS next,
           nullif(trim(substr(way, instr(concat(way, ':'), ':') + 1)), '') AS condition
    FROM cut
    WHERE way <> ''
)
SELECT process, step, nth, nullif(next, 'end') AS next, condition FROM parted;

-- Steps that can be reached from the first of their process.
CREATE VIEW processes_reached AS
WITH RECURSIVE reached(process, step) AS (
    SELECT process, step FROM processes
    WHERE _row IN (SELECT min(f._row) FROM processes AS f GROUP BY f.process)
    UNION
    SELECT w.process, w.next
    FROM reached AS r
    JOIN processes_ways AS w ON w.process = r.process AND w.step = r.step AND w.next IS NOT NULL
)
SELECT process, step FROM reached;

-- Steps from which an end of their process can be reached.
CREATE VIEW processes_ending AS
WITH RECURSIVE ending(process, step) AS (
    SELECT process, step FROM processes_ways WHERE next IS NULL
    UNION
    SELECT w.process, w.step
    FROM ending AS e
    JOIN processes_ways AS w ON w.process = e.process AND w.next = e.step
)
SELECT process, step FROM ending;

-- Each step, in the order of the file. kind: start, end, decision (more than one way on), else step.
CREATE VIEW processes_steps AS
WITH counted AS (
    SELECT process, step, count(*) AS ways, count(next) AS onward FROM processes_ways GROUP BY process, step
)
SELECT p.process, p.step, p._row AS seq, coalesce(p.name, p.step) AS name, coalesce(p.role, t('nobody')) AS role,
       p.input, p.output, coalesce(c.ways, 0) AS ways,
       CASE WHEN p._row = (SELECT min(f._row) FROM processes AS f WHERE f.process = p.process) THEN 'start'
            WHEN c.ways > 1 THEN 'decision' WHEN c.onward = 0 THEN 'end' ELSE 'step' END AS kind
FROM processes AS p
LEFT JOIN counted AS c ON c.process = p.process AND c.step = p.step;

-- What a flow chart draws: a line for each way between steps that are there, one for a step without.
-- A decision that may end the process leads to an end of its own, in the lane of the last of these.
CREATE VIEW processes_flow AS
WITH ends AS (
    SELECT w.process, max(s.seq) AS seq
    FROM processes_ways AS w
    JOIN processes_steps AS s ON s.process = w.process AND s.step = w.step AND s.ways > 1
    WHERE w.next IS NULL
    GROUP BY w.process
),
ways AS (
    SELECT s.process, s.step, s.name, s.role, s.kind, s.seq, w.nth, w.condition,
           coalesce(n.step, CASE WHEN w.step IS NOT NULL AND w.next IS NULL AND s.ways > 1 THEN 'end' END) AS next
    FROM processes_steps AS s
    LEFT JOIN processes_ways AS w ON w.process = s.process AND w.step = s.step
    LEFT JOIN processes_steps AS n ON n.process = w.process AND n.step = w.next
)
SELECT process, step AS id, name AS label, role AS lane, kind, next,
       CASE WHEN next IS NOT NULL THEN condition END AS condition, seq, coalesce(nth, 0) AS nth
FROM ways
UNION ALL
SELECT e.process, 'end', t('End'), s.role, 'end', NULL, NULL, e.seq, 1000
FROM ends AS e
JOIN processes_steps AS s ON s.process = e.process AND s.seq = e.seq;

-- The steps with what follows, in words: "Write the offer (accepted), or: the end (declined)".
CREATE VIEW processes_list AS
WITH words AS (
    SELECT w.process, w.step, w.nth,
           concat(coalesce(n.name, CASE WHEN w.next IS NULL THEN t('the end') ELSE w.next END),
                  CASE WHEN w.condition IS NOT NULL THEN concat(' (', w.condition, ')') END) AS text
    FROM processes_ways AS w
    LEFT JOIN processes_steps AS n ON n.process = w.process AND n.step = w.next
),
joined AS (
    SELECT process, step, group_concat(text, t(', or: ')) AS next_steps
    FROM (SELECT process, step, text FROM words ORDER BY process, step, nth)
    GROUP BY process, step
)
SELECT s.process, s.seq, s.name, s.role, s.input, s.output, j.next_steps
FROM processes_steps AS s
LEFT JOIN joined AS j ON j.process = s.process AND j.step = s.step;

-- Who is here today, by role.
CREATE VIEW processes_people AS
SELECT role, count(*) AS people
FROM people
WHERE role IS NOT NULL AND (hired IS NULL OR hired <= as_of()) AND (left IS NULL OR left > as_of())
GROUP BY role;

-- A line a process; notes: the file of the book that explains it.
CREATE VIEW processes_all AS
SELECT process,
       concat('notes/process-', replace(replace(replace(lower(process), ' ', '-'), '/', '-'), char(92), '-'), '.md') AS notes,
       concat(upper(substr(process, 1, 1)), substr(process, 2)) AS title, count(*) AS steps,
       count(DISTINCT role) AS roles, count(CASE WHEN ways > 1 THEN 1 END) AS decisions, min(seq) AS seq
FROM processes_steps
GROUP BY process;

-- ---- what the whole reads ----

-- What is written down, in a sentence.
CREATE VIEW processes_findings AS
SELECT 'company' AS scope, 'company' AS of, 30 AS rank,
       t('{1} written down: {2}.',
         CASE count(*) WHEN 1 THEN t('1 process is') ELSE t('{1} processes are', count(*)) END,
         t('{1} {1:step|steps}, {2} of them {2:a decision|decisions}', sum(steps), sum(decisions))) AS text
FROM processes_all
HAVING count(*) > 0;

-- Steps that lead nowhere, from nowhere, or to nobody.
CREATE VIEW processes_checks AS
WITH lost AS (
    SELECT p.process, p.step, p._row AS row
    FROM processes AS p
    LEFT JOIN processes_ending AS e ON e.process = p.process AND e.step = p.step
    WHERE e.step IS NULL AND p.next IS NOT NULL
)
SELECT 'error' AS severity, 'processes' AS tbl, p._row AS row,
       t('nobody does step {1} of process {2}', p.step, p.process) AS text,
       t('write who does it in column role') AS remedy
FROM processes AS p
WHERE p.role IS NULL
UNION ALL
SELECT 'error', 'processes', p._row,
       t('step {1} of process {2} leads to {3}, which it does not have', p.step, p.process, w.next),
       t('correct column next, or add the step')
FROM processes_ways AS w
JOIN processes AS p ON p.process = w.process AND p.step = w.step
LEFT JOIN processes AS n ON n.process = w.process AND n.step = w.next
WHERE w.next IS NOT NULL AND n.step IS NULL
UNION ALL
SELECT 'error', 'processes', p._row,
       t('no way leads to step {1} of process {2}', p.step, p.process),
       t('let another step lead to it in column next; a process begins with its first line')
FROM processes AS p
LEFT JOIN processes_reached AS r ON r.process = p.process AND r.step = p.step
WHERE r.step IS NULL
UNION ALL
SELECT 'error', 'processes', p._row, t('step {1} of process {2} is a dead end', p.step, p.process),
       t('say what follows in column next, or write end where the process ends')
FROM processes AS p
WHERE p.next IS NULL
UNION ALL
SELECT 'error', 'processes', min(l.row),
       t('from step {1} process {2} never comes to an end', min(l.step), l.process),
       t('let one of the steps of the circle lead out of it, or write end')
FROM lost AS l
WHERE NOT EXISTS (SELECT 1 FROM processes AS d WHERE d.process = l.process AND d.next IS NULL)
GROUP BY l.process;
