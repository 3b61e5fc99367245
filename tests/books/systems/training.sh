# Training in the example books: figures worked out again from the CSV, and what training.c plants. Sourced by run,
# after figures.sh and planted.sh.
# The last 12 months are 2025-11-01 to the as-of date; courses after it are plans.
for book in security furniture tobacco; do
    figure 'exams by month' "$book" \
        "SELECT month, exams AS n, exam_score, exams_passed, round(exam_pass_rate, 6) AS r FROM training_by_month
         WHERE scope = 'company' AND exams > 0 ORDER BY month" \
        "SELECT substr(c.date, 1, 7), count(*), avg(t.score), sum(t.score >= CAST(c.pass_mark AS INTEGER)),
                round(avg(t.score >= CAST(c.pass_mark AS INTEGER)), 6)
         FROM training AS t JOIN courses AS c ON c.course = t.course WHERE t.score <> '' GROUP BY 1 ORDER BY 1"
    figure 'hours by person' "$book" \
        "SELECT of, training_hours AS h, trainings AS n FROM training_year WHERE scope = 'person' ORDER BY of" \
        "SELECT t.person, sum((t.attended = 'yes') * c.minutes) / 60.0, sum(t.attended = 'yes')
         FROM training AS t JOIN courses AS c ON c.course = t.course, asof
         WHERE c.date >= '2025-11-01' AND c.date <= asof.day GROUP BY t.person ORDER BY t.person"
    figure 'gain by topic' "$book" \
        "SELECT course_topic, points_pairs AS n, round(points_gained, 6) AS g FROM training_topics
         WHERE scope = 'company' AND points_pairs > 0 ORDER BY course_topic" \
        "SELECT c.topic, count(*), round(avg(t.score - t.score_before), 6)
         FROM training AS t JOIN courses AS c ON c.course = t.course
         WHERE t.score <> '' AND t.score_before <> '' AND c.date >= '2025-11-01' GROUP BY c.topic ORDER BY c.topic"
    figure 'exams held' "$book" \
        "SELECT month, exams_held AS n FROM training_rule WHERE exams_held > 0 ORDER BY month" \
        "SELECT substr(date, 1, 7), count(*) FROM courses, asof
         WHERE pass_mark <> '' AND date <= asof.day AND date >= '2024-11-01' GROUP BY 1 ORDER BY 1"
    nothing 'months make the whole' "$book" \
        "SELECT y.of FROM training_year AS y JOIN training_by_month AS m ON m.scope = y.scope AND m.of = y.of AND m.month >= '2025-11'
         GROUP BY y.scope, y.of, y.exams, y.training_hours HAVING sum(m.exams) <> y.exams OR abs(sum(m.training_hours) - y.training_hours) > 1e-9"
    nothing 'points of people who have left' "$book" \
        "SELECT e.id FROM training_exceptions AS e JOIN people AS p ON p.person = e.key WHERE p.left <= as_of()"
    nothing 'more than a few points' "$book" "SELECT count(*) AS n FROM training_exceptions HAVING count(*) > 4"
done
# Pearson's r from sums: attainment is revenue ÷ target, November 2025 to October 2026, score the mean of the same months.
figure 'exam score and attainment' tobacco "SELECT n, round(r, 4) AS pearson FROM training_correlation" \
    "WITH score AS (SELECT t.person, avg(t.score) AS x FROM training AS t JOIN courses AS c ON c.course = t.course
                    WHERE t.score <> '' AND c.date >= '2025-11-01' GROUP BY t.person),
          plan AS (SELECT of AS person, sum(amount) AS amount FROM targets
                   WHERE scope = 'person' AND kind = 'revenue' AND length(period) = 7 AND period LIKE '____-__'
                     AND period NOT LIKE '%Q%' AND period BETWEEN '2025-11' AND '2026-10' GROUP BY of),
          sold AS (SELECT person, sum(fen) / 100.0 AS amount FROM parts WHERE month >= '2025-11' GROUP BY person),
          p AS (SELECT s.x, sold.amount / plan.amount AS y FROM score AS s JOIN plan ON plan.person = s.person
                JOIN sold ON sold.person = s.person JOIN people AS o ON o.person = s.person WHERE o.left = '')
     SELECT count(*), round((count(*) * sum(x * y) - sum(x) * sum(y))
                            / sqrt((count(*) * sum(x * x) - sum(x) * sum(x)) * (count(*) * sum(y * y) - sum(y) * sum(y))), 4)
     FROM p"

# ---- what is planted ----
tells 'a month without an exam' security training '1 of the last 12 months had no training with an exam, Aug 2026.'
tells 'a month without an exam' furniture attention 'No training with an exam in Oct 2026'
says 'a month without an exam' furniture monthly-company 'had no training with an exam, Oct 2026.'
tells 'a month without, and one with three' tobacco training 'Jun 2026; 1 had more than two.'
tells 'three exams' tobacco training 'Mar 2026 3 more than two'
tells 'fails repeatedly' security attention 'José Núñez failed the last 4 exams'
tells 'fails repeatedly' security person/jose-nunez 'The last 4 exams were failed.'
tells 'fails repeatedly' furniture attention 'An Qi failed the last 3 exams'
tells 'fails repeatedly' tobacco attention 'Bai Xue failed the last 5 exams'
for book in security furniture tobacco; do
    finds 'nobody else does' "$book" "SELECT count(*) AS n FROM training_persons WHERE failed_in_row >= 3" 1
done
tells 'no induction' security attention '王芳 joined on 1 Dec 2025 and has had no induction'
tells 'no induction' security training '王芳 1 Dec 2025 – – missing'
tells 'induction in time' security training 'Lin Na 16 Jun 2025 24 Jun 2025 8 on time'
tells 'induction too late' furniture person/yi-shan 'Induction came 52 days after the first day, 30 are allowed.'
tells 'induction in time' tobacco training 'Cui Ying 15 Sep 2025' 'on time'
tells 'what is planned' security training '11 Nov 2026 Classified networks special'
finds 'events to come' security "SELECT count(*) AS n FROM training_events" 2
finds 'a score for scorecards' security \
    "SELECT count(*) AS n FROM measures WHERE measure = 'exam_score' AND person = 'sun.lei' AND month = '2026-10'" 1
