# Demand in tobacco: figures worked out again from the CSV, sums that must agree, and what is planted. Sourced by
# run, after figures.sh and planted.sh.

# ---- figures ----
figure 'reported, ordered and supplied by person and month' tobacco \
    "SELECT of, month, reported AS r, by_self AS s, wanted AS w, supplied AS got FROM demand_by_month
     WHERE scope = 'person' ORDER BY of, month" \
    "WITH r AS (SELECT c.owner, d.month, sum(d.reported) AS r, sum(d.reported * (d.reported_by = 'self')) AS s
                FROM demand AS d JOIN customers AS c ON c.customer = d.customer WHERE d.month <= '2026-10' GROUP BY c.owner, d.month),
          o AS (SELECT c.owner, substr(o.date, 1, 7) AS month, sum(o.wanted) AS w, sum(o.supplied) AS got
                FROM orders AS o JOIN customers AS c ON c.customer = o.customer GROUP BY 1, 2)
     SELECT r.owner, r.month, r.r, r.s, o.w, o.got FROM r JOIN o ON o.owner = r.owner AND o.month = r.month ORDER BY 1, 2"
figure 'awareness by person and month' tobacco \
    "SELECT of, month, knowing AS k, answers AS n FROM demand_awareness
     WHERE scope = 'person' AND span = 'month' ORDER BY of, month" \
    "SELECT person, substr(date, 1, 7) AS month, sum(answered = 'knows'), count(*) FROM surveys GROUP BY person, month
     ORDER BY person, month"
# 1 − Σ |ordered − predicted| ÷ Σ ordered over May to October: of each month in total, brand by brand, and over key products.
figure 'accuracy of predictions' tobacco \
    "SELECT of, round(prediction_accuracy, 6) AS total, round(brand_accuracy, 6) AS brand_part, round(key_accuracy, 6) AS keys
     FROM demand_accuracy WHERE scope = 'person' ORDER BY of" \
    "WITH cells AS (SELECT person, month, product, quantity AS p, 0 AS o FROM predictions
                    UNION ALL
                    SELECT c.owner, substr(o.date, 1, 7), o.product, 0, o.wanted FROM orders AS o JOIN customers AS c ON c.customer = o.customer),
          brands AS (SELECT c.person, c.month, g.brand, sum(c.p) AS p, sum(c.o) AS o, sum(c.p * (g.key_brand = 'yes')) AS kp,
                            sum(c.o * (g.key_brand = 'yes')) AS ko
                     FROM cells AS c JOIN products AS g ON g.product = c.product
                     WHERE c.month BETWEEN '2026-05' AND '2026-10' GROUP BY 1, 2, 3),
          months AS (SELECT person, month, sum(o) AS o, abs(sum(p) - sum(o)) AS e, sum(abs(p - o)) AS b, sum(ko) AS ko, sum(abs(kp - ko)) AS k
                     FROM brands GROUP BY 1, 2)
     SELECT person, round(1 - 1.0 * sum(e) / sum(o), 6), round(1 - 1.0 * sum(b) / sum(o), 6), round(1 - 1.0 * sum(k) / sum(ko), 6)
     FROM months GROUP BY person ORDER BY person"
figure 'groups without a report of their own' tobacco \
    "SELECT person, customer_group, reporters AS n FROM demand_silent_groups ORDER BY person" \
    "SELECT c.owner, c.business_circle, count(DISTINCT c.customer) AS n FROM demand AS d JOIN customers AS c ON c.customer = d.customer
     WHERE d.month BETWEEN '2026-08' AND '2026-10' GROUP BY 1, 2 HAVING sum(d.reported_by = 'self') = 0 AND n >= 5 ORDER BY 1"
nothing 'the persons make the company' tobacco \
    "SELECT c.month FROM demand_by_month AS c JOIN demand_by_month AS p ON p.scope = 'person' AND p.month = c.month
     WHERE c.scope = 'company' GROUP BY c.month, c.reported, c.wanted HAVING sum(p.reported) <> c.reported OR sum(p.wanted) <> c.wanted"
nothing 'supply and demand know the same orders' tobacco \
    "SELECT d.month FROM demand_by_month AS d JOIN supply_by_month AS s ON s.scope = d.scope AND s.of = d.of AND s.month = d.month
     WHERE d.scope = 'company' AND (d.wanted <> s.wanted OR d.supplied <> s.supplied)"
nothing 'products make the company' tobacco \
    "SELECT c.month FROM demand_by_month AS c JOIN demand_products AS p ON p.month = c.month WHERE c.scope = 'company'
     GROUP BY c.month, c.reported, c.wanted HAVING sum(p.reported) <> c.reported OR sum(p.ordered) <> c.wanted"
nothing 'nothing contradicts' tobacco "SELECT text FROM demand_checks"

# ---- what is planted ----
tells 'a manager who predicts too much' tobacco attention 'Predicts 20 % too much, in 6 of 6 months Li Wei'
tells 'last of the league' tobacco demand '9 Li Wei' '+19.6 %'
finds 'nobody else is biased' tobacco "SELECT person, too_much AS n FROM demand_biased" 'li.wei.2,6'
tells 'customers who do not know' tobacco attention '49 % of the answers show that customers know how it works, 81 % at the others Bai Xue'
tells 'customers who do not know' tobacco demand 'least those of Bai Xue: 49 % (39 % to 59 %)'
finds 'those of nobody else' tobacco "SELECT person, answers AS n FROM demand_unaware" 'bai.xue,90'
tells 'only the manager reports' tobacco attention 'Nobody of scenic spot reports their own demand: 41 customers Lü Bin'
tells 'only the manager reports' tobacco person/lu-bin 'scenic spot 41 0 0 %'
says 'demand in the report' tobacco monthly-company 'customers reported 69 % themselves'
says 'demand in the report of a region' tobacco monthly-longtan 'customers reported 62 % themselves'
tells 'predicted and ordered, on the page of a product' tobacco product/t01 'Predicted, reported, ordered, supplied'

# ---- two are called Li Wei ----
tells 'which of the two' tobacco demand 'Li Wei (Baisha Town) predicts 20 % too much, in 6 of 6 months.'
