#include "../../gen/data/engine.h"
#include "data_kit.h"
#include "test.h"

/* ---- statements ---- */

static const char shop[] =
    "tables:\n"
    "  people: {primaryKey: person, fields: {person: string, region: string, left: date}}\n"
    "  goods: {primaryKey: good, fields: {good: string, key: boolean, line: {type: string, "
    "default: \"o'ther\"}}}\n"
    "  sales:\n"
    "    big: yes\n"
    "    fact: date\n"
    "    foreignKeys: {person: people, good: goods}\n"
    "    primaryKey: [number, line]\n"
    "    fields:\n"
    "      date: {type: date, required: yes}\n"
    "      number: {type: string}\n"
    "      line: {type: integer}\n"
    "      person: {type: string}\n"
    "      good: {type: string}\n"
    "      closed: {type: date}\n"
    "      state: {type: string, known_from: closed, before: open}\n"
    "      amount: {type: money}\n"
    "rollups:\n"
    "  plain: {of: sales, by: [month(date), person], sum: [amount], count: lines}\n"
    "  followed: {of: sales, by: [to_date(date), person.region or state, good.key, good.line], "
    "min: [date],\n"
    "             max: [state], distinct: {numbers: number}, since: month(-1)}\n"
    "  parts: {of: sales, by: [year(date), quarter(date), week(date), tenday(date)], sum: "
    "[amount]}\n"
    "  weeks: {of: sales, by: [week(date)], sum: [amount], since: month(0)}\n"
    "  all: {of: sales, by: [], sum: [amount]}\n"
    "  ends: {of: sales, by: [person], first: [amount, state], last: [number, closed], count: "
    "lines}\n"
    "  least: {of: sales, by: [], min: [number, amount], max: [number]}\n"
    "  some: {of: sales, by: [], count: lines, since: month(0), where: [amount > 12.5, state != "
    "it's, closed < 2026-02-01]}\n"
    "rows:\n"
    "  last: {of: sales, last: 3, by: person}\n"
    "  recent: {of: sales, since: month(-1)}\n";

static void shop_init(struct data_kit *k)
{
    data_kit_init(k);
    data_kit_file(k, "systems/shop/tables.yaml", shop);
    EXPECT(data_kit_model(k));
    k->model.money_decimals = 2;
}

static struct asking asking_in(struct data_kit *k, struct engine *e, enum dialect dialect)
{
    *e = (struct engine){.name = S("dwh"), .dialect = dialect};
    return (struct asking){k->mem, e, &k->model, day_parse(S("2026-10-15")), DAY_NONE};
}

static str said(struct data_kit *k, enum dialect dialect, const char *rollup)
{
    struct engine e;
    struct asking a = asking_in(k, &e, dialect);
    str why = S("?"), remedy = S("?");
    for (size_t i = 0; i < k->model.rollups.n; i++)
        if (str_eq(k->model.rollups.at[i].name, str_of(rollup))) {
            str sql = rollup_statement(&a, &k->model.rollups.at[i], &why, &remedy);
            return str_is_set(sql) ? sql : why;
        }
    return S("no such rollup");
}

static str said_of_rows(struct data_kit *k, enum dialect dialect, size_t nth)
{
    struct engine e;
    struct asking a = asking_in(k, &e, dialect);
    return rows_statement(&a, &k->model.kept.at[nth]);
}

TEST(a_rollup_is_one_statement_in_each_dialect)
{
    struct data_kit k;
    shop_init(&k);
    EXPECT_STR(
        S("SELECT \"_k1_1\" AS \"month\", \"_k2_1\" AS \"person\", sum(\"_a1\") AS \"amount\", "
          "count(*) AS \"lines\"\n"
          "FROM (SELECT coalesce(SUBSTRING(CAST(CAST(t.\"date\" AS DATE) AS VARCHAR(10)) FROM 1 "
          "FOR 7), "
          "'') AS \"_k1_1\", coalesce(t.\"person\", '') AS \"_k2_1\", t.\"amount\" AS \"_a1\"\n"
          "FROM \"sales\" AS t\n"
          "WHERE t.\"date\" < DATE '2026-10-16') AS r\n"
          "GROUP BY \"_k1_1\", \"_k2_1\""),
        said(&k, DIALECT_ansi, "plain"));
    EXPECT_STR(
        S("SELECT \"_k1_1\" AS \"month\", \"_k2_1\" AS \"person\", sum(\"_a1\") AS \"amount\", "
          "count(*) AS \"lines\"\n"
          "FROM (SELECT coalesce(to_char(CAST(t.\"date\" AS DATE), 'YYYY-MM'), '') AS \"_k1_1\", "
          "coalesce(t.\"person\", '') AS \"_k2_1\", t.\"amount\" AS \"_a1\"\n"
          "FROM \"sales\" AS t\n"
          "WHERE t.\"date\" < DATE '2026-10-16') AS r\n"
          "GROUP BY \"_k1_1\", \"_k2_1\""),
        said(&k, DIALECT_postgres, "plain"));
    EXPECT_STR(
        S("SELECT \"_k1_1\" AS \"month\", \"_k2_1\" AS \"person\", sum(\"_a1\") AS \"amount\", "
          "count(*) AS \"lines\"\n"
          "FROM (SELECT coalesce(strftime(CAST(t.\"date\" AS DATE), '%Y-%m'), '') AS \"_k1_1\", "
          "coalesce(t.\"person\", '') AS \"_k2_1\", t.\"amount\" AS \"_a1\"\n"
          "FROM \"sales\" AS t\n"
          "WHERE t.\"date\" < DATE '2026-10-16') AS r\n"
          "GROUP BY \"_k1_1\", \"_k2_1\""),
        said(&k, DIALECT_duckdb, "plain"));
    EXPECT_STR(S("SELECT `_k1_1` AS `month`, `_k2_1` AS `person`, sum(`_a1`) AS `amount`, "
                 "sum(`_n`) AS `lines`\n"
                 "FROM (SELECT coalesce(substring(toString(toDate(`date`)), 1, 7), '') AS `_k1_1`, "
                 "coalesce(`person`, '') AS `_k2_1`, sum(`amount`) AS `_a1`, count() AS `_n`\n"
                 "FROM `sales`\n"
                 "WHERE `date` < toDate('2026-10-16')\n"
                 "GROUP BY `_k1_1`, `_k2_1`)\n"
                 "GROUP BY `month`, `person`"),
               said(&k, DIALECT_clickhouse, "plain"));
    EXPECT_STR(S("SELECT 1 AS \"all\", sum(\"_a1\") AS \"amount\"\n"
                 "FROM (SELECT t.\"amount\" AS \"_a1\"\nFROM \"sales\" AS t\n"
                 "WHERE t.\"date\" < DATE '2026-10-16') AS r"),
               said(&k, DIALECT_duckdb, "all"));
    data_kit_clear(&k);
}

TEST(references_are_joined_and_columns_read_as_at_the_as_of_date)
{
    struct data_kit k;
    shop_init(&k);
    EXPECT_STR(
        S("SELECT \"_k1_1\" AS \"to_date\", \"_k2_1\" AS \"region\", \"_k3_1\" AS \"key\", "
          "\"_k4_1\" AS "
          "\"line\", coalesce(to_char(CAST(min(\"_a1\") AS DATE), 'YYYY-MM-DD'), '') AS "
          "\"min_date\", "
          "coalesce(max(\"_a2\" COLLATE \"C\"), '') AS \"max_state\", count(DISTINCT \"_a3\") AS "
          "\"numbers\"\n"
          "FROM (SELECT coalesce(CASE WHEN EXTRACT(DAY FROM CAST(t.\"date\" AS DATE)) <= 15 THEN "
          "'1' WHEN "
          "CAST(t.\"date\" AS DATE) IS NOT NULL THEN '0' END, '') AS \"_k1_1\", "
          "coalesce(nullif(coalesce(\"_person\".\"region\", ''), ''), coalesce(CASE WHEN "
          "t.\"closed\" >= DATE "
          "'2026-10-16' THEN 'open' ELSE t.\"state\" END, '')) AS \"_k2_1\", "
          "coalesce(CAST(\"_good\".\"key\" AS VARCHAR(100)), '') AS \"_k3_1\", "
          "coalesce(CASE WHEN \"_good\".\"good\" IS NOT NULL THEN "
          "coalesce(nullif(\"_good\".\"line\", ''), 'o''ther') END, '') AS \"_k4_1\", "
          "t.\"date\" AS "
          "\"_a1\", CASE WHEN t.\"closed\" >= DATE '2026-10-16' THEN 'open' ELSE t.\"state\" END "
          "AS \"_a2\", "
          "nullif(t.\"number\", '') AS \"_a3\"\n"
          "FROM \"sales\" AS t\n"
          "LEFT JOIN \"people\" AS \"_person\" ON \"_person\".\"person\" = t.\"person\"\n"
          "LEFT JOIN \"goods\" AS \"_good\" ON \"_good\".\"good\" = t.\"good\"\n"
          "WHERE t.\"date\" >= DATE '2026-09-01' AND t.\"date\" < DATE '2026-10-16') AS r\n"
          "GROUP BY \"_k1_1\", \"_k2_1\", \"_k3_1\", \"_k4_1\""),
        said(&k, DIALECT_postgres, "followed"));
    data_kit_clear(&k);
}

TEST(clickhouse_folds_each_shard_before_it_joins)
{
    struct data_kit k;
    shop_init(&k);
    EXPECT_STR(
        S("SELECT `_k1_1` AS `to_date`, coalesce(nullIf(`_k2_1`, ''), `_k2_2`) AS `region`, "
          "`_k3_1` AS `key`, `_k4_1` "
          "AS `line`, coalesce(toString(toDate(min(`_a1`))), '') AS `min_date`, "
          "coalesce(max(`_a2`), '') AS "
          "`max_state`, uniqExactMerge(`_a3`) AS `numbers`\n"
          "FROM (SELECT `_k1_1`, `_r_person`, `_k2_2`, `_r_good`, `_a1`, `_a2`, `_a3`, `_k2_1`, "
          "`_k3_1`, `_k4_1`\n"
          "FROM (SELECT `_k1_1`, `_r_person`, `_k2_2`, `_r_good`, `_a1`, `_a2`, `_a3`, `_k2_1`\n"
          "FROM (SELECT coalesce(toString(toDayOfMonth(toDate(`date`)) <= 15), '') AS `_k1_1`, "
          "coalesce(`person`, '') "
          "AS `_r_person`, coalesce(CASE WHEN `closed` >= toDate('2026-10-16') THEN 'open' ELSE "
          "`state` END, '') AS "
          "`_k2_2`, coalesce(`good`, '') AS `_r_good`, min(`date`) AS `_a1`, max(CASE WHEN "
          "`closed` >= "
          "toDate('2026-10-16') THEN 'open' ELSE `state` END) AS `_a2`, "
          "uniqExactState(nullIf(`number`, '')) AS "
          "`_a3`\n"
          "FROM `sales`\n"
          "WHERE `date` >= toDate('2026-09-01') AND `date` < toDate('2026-10-16')\n"
          "GROUP BY `_k1_1`, `_r_person`, `_k2_2`, `_r_good`)\n"
          "ANY LEFT JOIN (SELECT coalesce(`person`, '') AS `_r_person`, coalesce(`region`, '') AS "
          "`_k2_1` FROM "
          "`people`) USING `_r_person`)\n"
          "ANY LEFT JOIN (SELECT coalesce(`good`, '') AS `_r_good`, coalesce(toString(`key`), '') "
          "AS `_k3_1`, "
          "coalesce(coalesce(nullIf(`line`, ''), 'o\\'ther'), '') AS `_k4_1` FROM `goods`) USING "
          "`_r_good`)\n"
          "GROUP BY `to_date`, `region`, `key`, `line`"),
        said(&k, DIALECT_clickhouse, "followed"));
    data_kit_clear(&k);
}

/* The part of a statement from one word up to another. */
static str between(str s, const char *from, const char *to)
{
    size_t a = str_find(s, str_of(from), 0), b = str_find(s, str_of(to), a);
    return str_sub(s, a, b);
}

/* A text is told from nothing, a day is the day of the date, and texts are ordered by their
 * bytes. */
TEST(the_first_and_the_last_value_by_date_are_asked_for_in_the_words_of_a_dialect)
{
    struct data_kit k;
    shop_init(&k);
    EXPECT_STR(
        S("SELECT \"_k1_1\" AS \"person\", "
          "(array_agg(\"_a1\" ORDER BY \"_day\", \"_a1\") FILTER (WHERE \"_a1\" IS NOT NULL AND "
          "\"_day\" IS NOT NULL))[1] AS \"first_amount\", "
          "coalesce((array_agg(\"_a2\" ORDER BY \"_day\", \"_a2\" COLLATE \"C\") FILTER (WHERE "
          "\"_a2\" IS NOT NULL AND \"_day\" IS NOT NULL))[1], '') AS \"first_state\", "
          "coalesce((array_agg(\"_a3\" ORDER BY \"_day\" DESC, \"_a3\" COLLATE \"C\" DESC) FILTER "
          "(WHERE \"_a3\" IS NOT NULL AND \"_day\" IS NOT NULL))[1], '') AS \"last_number\", "
          "coalesce(to_char(CAST((array_agg(\"_a4\" ORDER BY \"_day\" DESC, \"_a4\" DESC) FILTER "
          "(WHERE \"_a4\" IS NOT NULL AND \"_day\" IS NOT NULL))[1] AS DATE), 'YYYY-MM-DD'), '') "
          "AS "
          "\"last_closed\", count(*) AS \"lines\"\n"
          "FROM (SELECT coalesce(t.\"person\", '') AS \"_k1_1\", t.\"amount\" AS \"_a1\", "
          "nullif(CASE WHEN t.\"closed\" >= DATE '2026-10-16' THEN 'open' ELSE t.\"state\" END, "
          "'') "
          "AS \"_a2\", nullif(t.\"number\", '') AS \"_a3\", t.\"closed\" AS \"_a4\", "
          "CAST(t.\"date\" AS DATE) AS \"_day\"\n"
          "FROM \"sales\" AS t\n"
          "WHERE t.\"date\" < DATE '2026-10-16') AS r\n"
          "GROUP BY \"_k1_1\""),
        said(&k, DIALECT_postgres, "ends"));
    EXPECT_STR(S("arg_min(\"_a1\", (\"_day\", \"_a1\")) FILTER (WHERE \"_a1\" IS NOT NULL AND "
                 "\"_day\" IS NOT NULL) AS \"first_amount\", "
                 "coalesce(arg_min(\"_a2\", (\"_day\", \"_a2\")) FILTER (WHERE \"_a2\" IS NOT NULL "
                 "AND \"_day\" IS NOT NULL), '') AS \"first_state\", "
                 "coalesce(arg_max(\"_a3\", (\"_day\", \"_a3\")) FILTER (WHERE \"_a3\" IS NOT NULL "
                 "AND \"_day\" IS NOT NULL), '') AS \"last_number\", "),
               between(said(&k, DIALECT_duckdb, "ends"), "arg_min", "coalesce(CAST("));
    EXPECT_STR(
        S("SELECT `_k1_1` AS `person`, "
          "tupleElement(minIf(`_a1`, tupleElement(`_a1`, 2) IS NOT NULL), 2) AS `first_amount`, "
          "coalesce(tupleElement(minIf(`_a2`, tupleElement(`_a2`, 2) IS NOT NULL), 2), '') AS "
          "`first_state`, "
          "coalesce(tupleElement(maxIf(`_a3`, tupleElement(`_a3`, 2) IS NOT NULL), 2), '') AS "
          "`last_number`, "
          "coalesce(toString(toDate(tupleElement(maxIf(`_a4`, tupleElement(`_a4`, 2) IS NOT NULL), "
          "2))), '') AS `last_closed`, sum(`_n`) AS `lines`\n"
          "FROM (SELECT coalesce(`person`, '') AS `_k1_1`, "
          "minIf(tuple(toNullable(toDate(`date`)), toNullable(`amount`)), toDate(`date`) IS NOT "
          "NULL AND `amount` IS NOT NULL) AS `_a1`, "),
        between(said(&k, DIALECT_clickhouse, "ends"), "SELECT",
                "minIf(tuple(toNullable(toDate("
                "`date`)), toNullable(nullIf("));
    EXPECT_STR(S("`dialect: ansi` has no word for the first or last value by date"),
               said(&k, DIALECT_ansi, "ends"));
    data_kit_clear(&k);
}

TEST(an_empty_text_is_not_the_smallest)
{
    struct data_kit k;
    shop_init(&k);
    EXPECT_STR(S("(SELECT nullif(t.\"number\", '') AS \"_a1\", t.\"amount\" AS \"_a2\", "
                 "t.\"number\" AS \"_a3\""),
               between(said(&k, DIALECT_duckdb, "least"), "(SELECT", "\nFROM \"sales\""));
    EXPECT_STR(S("(SELECT min(toNullable(nullIf(`number`, ''))) AS `_a1`, "
                 "min(toNullable(`amount`)) AS `_a2`, max(toNullable(`number`)) AS `_a3`"),
               between(said(&k, DIALECT_clickhouse, "least"), "(SELECT", "\nFROM `sales`"));
    data_kit_clear(&k);
}

TEST(conditions_follow_the_bounds_in_time)
{
    struct data_kit k;
    shop_init(&k);
    k.model.rollups.at[k.model.rollups.n - 1].where[0].value =
        (struct value){.kind = VALUE_INT, .i = 1250}; /* as data_load leaves it */
    EXPECT_STR(S("WHERE t.\"date\" >= DATE '2026-10-01' AND t.\"date\" < DATE '2026-10-16' AND "
                 "t.\"amount\" > 12.50 AND nullif(CASE WHEN t.\"closed\" >= DATE '2026-10-16' THEN "
                 "'open' ELSE t.\"state\" END, '') <> 'it''s' AND t.\"closed\" < DATE "
                 "'2026-02-01'"),
               between(said(&k, DIALECT_postgres, "some"), "WHERE", ") AS r"));
    EXPECT_STR(
        S("WHERE `date` >= toDate('2026-10-01') AND `date` < toDate('2026-10-16') AND "
          "toFloat64(`amount`) > 12.50 AND nullIf(CASE WHEN `closed` >= toDate('2026-10-16') THEN "
          "'open' ELSE `state` END, '') <> 'it\\'s' AND `closed` < toDate('2026-02-01'))"),
        between(said(&k, DIALECT_clickhouse, "some"), "WHERE", ")\n"));
    data_kit_clear(&k);
}

TEST(weeks_are_listed_where_a_dialect_has_no_word_for_them)
{
    struct data_kit k;
    shop_init(&k);
    EXPECT_STR(S("`dialect: ansi` has no word for week() of any date"),
               said(&k, DIALECT_ansi, "parts"));
    EXPECT_STR(S("CASE WHEN CAST(t.\"date\" AS DATE) >= DATE '2026-10-12' THEN '2026-W42' WHEN "
                 "CAST(t.\"date\" AS "
                 "DATE) >= DATE '2026-10-05' THEN '2026-W41' WHEN CAST(t.\"date\" AS DATE) >= DATE "
                 "'2026-09-28' THEN "
                 "'2026-W40' END"),
               between(said(&k, DIALECT_ansi, "weeks"), "CASE", ", '')"));
    EXPECT_STR(S("to_char(CAST(t.\"date\" AS DATE), 'IYYY\"-W\"IW')"),
               between(said(&k, DIALECT_postgres, "weeks"), "to_char", ", '')"));
    EXPECT_STR(S("strftime(CAST(t.\"date\" AS DATE), '%G-W%V')"),
               between(said(&k, DIALECT_duckdb, "weeks"), "strftime", ", '')"));
    EXPECT_STR(S("concat(toString(toISOYear(toDate(`date`))), '-W', substring(concat('0', "
                 "toString(toISOWeek(toDate(`date`)))), -2))"),
               between(said(&k, DIALECT_clickhouse, "weeks"), "concat(toString", ", '')"));
    data_kit_clear(&k);
}

TEST(kept_rows_are_asked_for_whole)
{
    struct data_kit k;
    shop_init(&k);
    EXPECT_STR(S("SELECT *\nFROM (SELECT t.*, row_number() OVER (PARTITION BY t.\"person\" ORDER "
                 "BY t.\"date\" DESC, "
                 "t.\"number\" COLLATE \"C\" DESC, t.\"line\" DESC) AS place_from_the_end\nFROM "
                 "\"sales\" AS t\n"
                 "WHERE t.\"date\" < DATE '2026-10-16') AS r\nWHERE place_from_the_end <= 3"),
               said_of_rows(&k, DIALECT_postgres, 0));
    EXPECT_STR(S("SELECT *\nFROM `sales`\nWHERE `date` < toDate('2026-10-16')\n"
                 "ORDER BY `date` DESC, `number` DESC, `line` DESC\nLIMIT 3 BY `person`"),
               said_of_rows(&k, DIALECT_clickhouse, 0));
    EXPECT_STR(S("SELECT *\nFROM \"sales\" AS t\n"
                 "WHERE t.\"date\" >= DATE '2026-09-01' AND t.\"date\" < DATE '2026-10-16'"),
               said_of_rows(&k, DIALECT_ansi, 1));
    data_kit_clear(&k);
}

TEST(a_query_of_the_book_gives_a_rollup_or_the_rows_of_a_table)
{
    struct data_kit k;
    struct engine e;
    str serves[] = {S("plain")}, why, remedy;
    shop_init(&k);
    struct asking a = asking_in(&k, &e, DIALECT_duckdb);
    e.query = S("SELECT ':as_of' -- don't: :as_of\nFROM \"a:since\" /* it's :since */ WHERE d "
                "BETWEEN :since AND :as_of ; \n;");
    e.serves = serves;
    e.nserves = 1;
    EXPECT_STR(S("SELECT ':as_of' -- don't: :as_of\nFROM \"a:since\" /* it's :since */ WHERE d "
                 "BETWEEN '0001-01-01' AND '2026-10-15'"),
               rollup_statement(&a, &k.model.rollups.at[0], &why, &remedy));
    serves[0] = S("sales");
    e.query = S("SELECT * FROM lines -- all");
    str sql = rollup_statement(&a, &k.model.rollups.at[4], &why, &remedy);
    EXPECT_STR(S("FROM (\nSELECT * FROM lines -- all\n) AS t"),
               between(sql, "FROM (\nSELECT", "\nWHERE"));
    data_kit_clear(&k);
}

/* ---- answers ---- */

/* The cells of an answer as "a|b c|d", NULL as "-"; or "!" and the complaints. */
static str read_as(struct data_kit *k, size_t rollup, const char *text)
{
    static const struct engine e = {.name = S("dwh")};
    struct answer a = {
        .engine = &e,
        .what = k->model.rollups.at[rollup].name,
        .text = str_of(text),
        .shown = S("dwh"),
        .options = &k->options,
        .dataset = k->data,
        .schema = model_schema(&k->model, S("sales")),
    };
    struct cells cells;
    if (!read_cells(&a, &k->model.rollups.at[rollup], &cells, &k->diags))
        return arena_printf(k->mem, "!" STR_FMT, STR_ARG(data_kit_complaints(k)));
    struct buf b = {0};
    for (size_t i = 0; i < cells.n; i++)
        for (size_t c = 0; c < cells.width; c++) {
            struct value v = cells_value(&cells, i, c);
            buf_add(&b, c ? S("|") : i ? S(" ") : S(""));
            if (v.kind == VALUE_TEXT)
                buf_add(&b, v.s);
            else if (v.kind == VALUE_INT)
                buf_addf(&b, "%lld", (long long)v.i);
            else
                buf_add(&b, v.kind == VALUE_NULL ? S("-") : fmt_exact(k->mem, v.r));
        }
    str rows = arena_str(k->mem, buf_str(&b));
    buf_clear(&b);
    cells_free(&cells);
    return rows;
}

static void answer_init(struct data_kit *k)
{
    shop_init(k);
    k->model.money_decimals = -1;
    data_kit_file(k, "book/people.csv", "person,region\nli,north\n");
    data_kit_load(k);
    k->diags.list.n = k->diags.nerrors = k->diags.nwarnings = 0;
}

TEST(cells_come_in_the_order_of_their_keys_whatever_that_of_the_answer)
{
    struct data_kit k;
    answer_init(&k);
    EXPECT_STR(
        S("-|li|-|1 2026-09|li|-12345|2 2026-10|-|5|1 2026-10|li|1000|30"),
        read_as(
            &k, 0,
            "lines,person,month,amount\n30,li,2026-10,10\n2,li,2026-09,-123.45\n1,,2026-10,0.050\n"
            "1,li,,\\N\n"));
    EXPECT_STR(S(""), read_as(&k, 0, "lines,person,month,amount\n"));
    EXPECT_STR(S("1|9223372036854775807"), read_as(&k, 4, "all,amount\n1,92233720368547758.07\n"));
    data_kit_clear(&k);
}

TEST(booleans_dates_and_nothing_are_read_as_clients_write_them)
{
    struct data_kit k;
    answer_init(&k);
    EXPECT_STR(
        S("0|-|-|-|2026-10-01|-|0 1|north|0|x|-|open|2 1|north|1|x|-|won|1"),
        read_as(&k, 1,
                "to_date,region,key,line,min_date,max_state,numbers\n"
                "t,north,f,x,NULL,open,2\n1,north,true,x,\\N,won,1.000\nf,,,,2026-10-01,,0\n"));
    data_kit_clear(&k);
}

TEST(first_and_last_values_are_read_as_what_their_columns_are)
{
    struct data_kit k;
    answer_init(&k);
    EXPECT_STR(S("-|-|-|-|-|2 li|-150|won|7|2026-10-01|3"),
               read_as(&k, 5,
                       "lines,person,first_amount,first_state,last_number,last_closed\n"
                       "3,li,-1.5,won,7,2026-10-01\n2,,,,,\n"));
    EXPECT_STR(S("!dwh:2:8 engine-answer"),
               read_as(&k, 5,
                       "lines,person,first_amount,first_state,last_number,last_closed\n"
                       "3,\"li\",much,won,7,2026-10-01\n"));
    data_kit_clear(&k);
}

TEST(a_key_that_leads_nowhere_is_told_and_counts)
{
    struct data_kit k;
    answer_init(&k);
    EXPECT_STR(S("2026-10|wu|100|1"),
               read_as(&k, 0, "month,person,amount,lines\n2026-10,wu,1,1\n"));
    EXPECT_STR(S("person: wu is not in people (1 such value); its sums count all the same"),
               data_kit_message(&k, "reference"));
    data_kit_clear(&k);
}

TEST(nothing_of_a_wrong_answer_is_used)
{
    struct data_kit k;
    answer_init(&k);
    EXPECT_STR(S("!dwh:3:14 engine-answer"),
               read_as(&k, 0, "month,person,amount,lines\n2026-10,li,1,1\n2026-10,\"wu\",x,1\n"));
    data_kit_clear(&k);
    answer_init(&k);
    EXPECT_STR(S("!dwh:2:9 engine-answer"),
               read_as(&k, 0, "month,person,amount,lines\n2026-10,\xff\xfe,1,1\n"));
    data_kit_clear(&k);
}
