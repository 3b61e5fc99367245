# Processes of the book security: figures worked out again from the CSV, pages, notes and sheets. Sourced by run after
# planted.sh.
# shellcheck disable=SC2154

figure 'steps and roles by process' security \
    "SELECT process, steps, roles FROM processes_all ORDER BY process" \
    "SELECT process, count(*), count(DISTINCT role) FROM processes GROUP BY process ORDER BY process"
# Decisions are the steps whose ways are parted by a semicolon.
figure 'decisions by process' security \
    "SELECT process, decisions FROM processes_all ORDER BY process" \
    "SELECT process, sum(next LIKE '%;%') FROM processes GROUP BY process ORDER BY process"
nothing 'a way that leads nowhere' security "SELECT row FROM processes_checks"
nothing 'a step that the chart does not draw' security \
    "SELECT s.step FROM processes_steps AS s
     WHERE NOT EXISTS (SELECT 1 FROM processes_flow AS f WHERE f.process = s.process AND f.id = s.step)"

says 'whose sentence it is' security monthly-company 'Processes: 4 processes are written down: 24 steps, 8 of them decisions.'
tells 'processes' security processes '4 processes are written down: 24 steps, 8 of them decisions.'
tells 'a step with two ways' security process/sales 'Hand in the tender sales approval form award letter Sign the contract (won), or: Talk over'
tells 'the note of a process' security process/receivables 'A broken promise is visited within five working days'
tells 'steps of a role' security person/chen-guohua 'Sales Approve the price offer approval form'
says 'a process as a sheet' security process-receivables 'asks for a date, not for'
if grep -q '<svg' "$work/one/security/site/everyone/process/customer-information.html"; then
    pass
else
    fail 'books/security: processes' 'the page of a process has no flow chart'
fi
