#include "data_kit.h"
#include "test.h"

static struct data_kit kit;

/* Reads systems/shop/tables.yaml with this text. */
static bool model_of(const char *yaml)
{
    data_kit_init(&kit);
    data_kit_file(&kit, "systems/shop/tables.yaml", yaml);
    return data_kit_model(&kit);
}

static void expect_complaint(const char *yaml, const char *complaint)
{
    EXPECT(!model_of(yaml));
    EXPECT_STR(str_of(complaint), data_kit_complaints(&kit));
    data_kit_clear(&kit);
}

TEST(without_systems_there_is_an_empty_model)
{
    data_kit_init(&kit);
    EXPECT(data_kit_model(&kit));
    EXPECT_INT(0, kit.model.systems.n);
    EXPECT(model_schema(&kit.model, S("sales")) == NULL);
    EXPECT(model_meaning(&kit.model, S("revenue")) == NULL);
    data_kit_clear(&kit);
}

TEST(a_system_without_tables_is_called_by_its_folder)
{
    data_kit_init(&kit);
    data_kit_file(&kit, "systems/notes/page.md", "# Notes\n");
    EXPECT(data_kit_model(&kit));
    EXPECT_INT(1, kit.model.systems.n);
    EXPECT_STR(S("notes"), kit.model.systems.at[0].title);
    data_kit_clear(&kit);
}

TEST(a_table_is_read_with_all_that_is_said_of_it)
{
    EXPECT(
        model_of("title: Shop\ngroup: Control\norder: 7\n"
                 "tables:\n"
                 "  sales:\n"
                 "    text: A line\n"
                 "    fact: date\n"
                 "    big: yes\n"
                 "    expect: daily\n"
                 "    audience: managers\n"
                 "    warn_if: 0.1%\n"
                 "    error_if: 12\n"
                 "    primaryKey: [order_id, line]\n"
                 "    fields:\n"
                 "      date: {type: date, required: yes, minimum: 2000-01-01}\n"
                 "      order_id: string\n"
                 "      line: {type: integer, maximum: 99}\n"
                 "      state: {enum: [open, won], default: open, known_from: date, before: open}\n"
                 "      amount: {type: money, default: 0.5, audience: board}\n"
                 "      rate: {type: rate, default: 12.5%}\n"));
    const struct schema *s = model_schema(&kit.model, S("sales"));
    EXPECT_STR(S("shop"), s->system);
    EXPECT_INT(6, s->nfields);
    EXPECT_INT(0, s->fact);
    EXPECT(s->big && !s->optional && !s->dimension);
    EXPECT(s->warn_if.is_share && s->warn_if.most == 0.001);
    EXPECT(!s->error_if.is_share && s->error_if.most == 12);
    EXPECT_INT(2, s->nprimary_key);
    EXPECT_INT(1, s->primary_key[0]);
    EXPECT(!s->field[1].required);
    EXPECT_STR(S("2000-01-01"), s->field[0].minimum.s);
    EXPECT_INT(99, s->field[2].maximum.i);
    EXPECT_INT(2, s->field[3].nallowed);
    EXPECT_STR(S("open"), s->field[3].before.s);
    EXPECT_STR(S("board"), s->field[4].audience);
    EXPECT_NEAR(0.125, s->field[5].missing.r, 0);
    EXPECT_INT(7, kit.model.systems.at[0].order);
    EXPECT_STR(S("sales"), kit.model.systems.at[0].needs[0]);
    data_kit_clear(&kit);
}

TEST(a_key_of_one_column_has_to_be_there)
{
    EXPECT(model_of("tables: {a: {primaryKey: id, fields: {id: string}}}"));
    EXPECT(model_schema(&kit.model, S("a"))->field[0].required);
    data_kit_clear(&kit);
}

TEST(references_lead_to_the_key_of_their_table)
{
    EXPECT(model_of("tables:\n"
                    "  a: {foreignKeys: {who: b, boss: b}, fields: {who: string, boss: string}}\n"
                    "  b: {dimension: yes, primaryKey: id, fields: {id: string}}\n"));
    const struct schema *s = model_schema(&kit.model, S("a"));
    EXPECT_INT(2, s->nforeign);
    EXPECT_STR(S("id"), s->foreign[1].to);
    data_kit_clear(&kit);
}

TEST(needs_are_the_tables_that_are_neither_optional_nor_made_unless_said)
{
    EXPECT(model_of("tables:\n"
                    "  a: {fields: {x: string}}\n"
                    "  b: {optional: yes, fields: {x: string}}\n"
                    "  c: {dimension: yes, primaryKey: x, fields: {x: string}}\n"));
    EXPECT_INT(1, kit.model.systems.at[0].nneeds);
    EXPECT_STR(S("a"), kit.model.systems.at[0].needs[0]);
    data_kit_clear(&kit);
    EXPECT(model_of("needs: []\ntables: {a: {fields: {x: string}}}\n"));
    EXPECT_INT(0, kit.model.systems.at[0].nneeds);
    data_kit_clear(&kit);
}

TEST(a_books_own_file_takes_the_place_of_the_template)
{
    data_kit_init(&kit);
    data_kit_file(&kit, "systems/shop/tables.yaml",
                  "title: Shop\ntables: {a: {fields: {x: string}}}");
    data_kit_file(&kit, "systems/yard/tables.yaml", "tables: {b: {fields: {x: string}}}");
    data_kit_file(&kit, "book/systems/shop/tables.yaml",
                  "title: Mine\ntables: {c: {fields: {y: date}}}");
    data_kit_file(&kit, "book/systems/more/tables.yaml", "tables: {b: {fields: {y: date}}}");
    EXPECT(data_kit_model(&kit));
    EXPECT_INT(3, kit.model.systems.n);
    EXPECT(model_schema(&kit.model, S("a")) == NULL);
    EXPECT(model_schema(&kit.model, S("c")) != NULL);
    EXPECT_STR(S("y"), model_schema(&kit.model, S("b"))->field[0].name);
    data_kit_clear(&kit);
}

TEST(misspelt_words_of_tables_yaml_name_the_nearest)
{
    expect_complaint("tables: {a: {fields: {x: {typ: date}}}}", "tables.yaml:1:27 yaml-key");
    expect_complaint("tables: {a: {fields: {x: dat}}}", "tables.yaml:1:26 schema");
    expect_complaint("tables: {a: {fact: day, fields: {date: date}}}", "tables.yaml:1:20 schema");
    expect_complaint("tables: {a: {foreignKeys: {x: bb}, fields: {x: string}}}",
                     "tables.yaml:1:31 schema");
    expect_complaint("tables: {A: {fields: {x: string}}}", "tables.yaml:1:10 schema");
    expect_complaint("tables: {a: {fields: {x: string, X: string}}}", "tables.yaml:1:34 schema");
    expect_complaint("needs: [b]\ntables: {a: {fields: {x: string}}}", "tables.yaml:0:0 schema");
}

TEST(what_cannot_be_so_is_an_error_at_its_place)
{
    expect_complaint("tables: {a: }", "tables.yaml:1:10 schema");
    expect_complaint("tables: {a: {text: none}}", "tables.yaml:1:10 schema");
    expect_complaint("tables: {a: {fact: x, fields: {x: string}}}", "tables.yaml:1:20 schema");
    expect_complaint("tables: {a: {fields: {x: {pattern: \"[\"}}}}", "tables.yaml:1:36 schema");
    expect_complaint("tables: {a: {fields: {x: {type: date, default: soon}}}}",
                     "tables.yaml:1:48 schema");
    expect_complaint("tables: {a: {warn_if: many, fields: {x: string}}}",
                     "tables.yaml:1:23 schema");
    expect_complaint("tables: {a: {expect: hourly, fields: {x: string}}}",
                     "tables.yaml:1:22 schema");
    expect_complaint("tables:\n  a: {foreignKeys: {x: b}, fields: {x: string}}\n"
                     "  b: {primaryKey: [x, y], fields: {x: string, y: string}}\n",
                     "tables.yaml:2:24 schema");
    expect_complaint("- a\n", "tables.yaml:1:1 schema");
}

TEST(one_table_is_described_once)
{
    data_kit_init(&kit);
    data_kit_file(&kit, "systems/shop/tables.yaml", "tables: {a: {fields: {x: string}}}");
    data_kit_file(&kit, "systems/yard/tables.yaml", "tables: {a: {fields: {x: string}}}");
    EXPECT(!data_kit_model(&kit));
    EXPECT_STR(S("tables.yaml:1:10 schema"), data_kit_complaints(&kit));
    data_kit_clear(&kit);
}

TEST(a_word_means_one_thing)
{
    data_kit_init(&kit);
    data_kit_file(&kit, "systems/shop/tables.yaml",
                  "columns: {a: {label: A, type: money, better: up}}");
    data_kit_file(&kit, "systems/yard/tables.yaml",
                  "columns: {a: {label: A, type: money, better: up}}");
    EXPECT(data_kit_model(&kit));
    EXPECT_INT(1, kit.model.meanings.n);
    data_kit_clear(&kit);
    data_kit_init(&kit);
    data_kit_file(&kit, "systems/shop/tables.yaml", "columns: {a: {label: A}}");
    data_kit_file(&kit, "systems/yard/tables.yaml", "columns: {a: {label: B}}");
    EXPECT(!data_kit_model(&kit));
    data_kit_clear(&kit);
}

TEST(a_meaning_may_be_typed_by_the_measure_of_its_row)
{
    EXPECT(model_of("columns:\n"
                    "  value: {type: {by: measure}, unit: days}\n"
                    "  rest: {label: Rest}\n"
                    "  revenue: {type: money, better: down, format: short, text: Money}\n"));
    const struct meaning *m = model_meaning(&kit.model, S("value"));
    EXPECT_STR(S("measure"), m->type_by);
    EXPECT(!m->typed);
    EXPECT(!model_meaning(&kit.model, S("rest"))->typed);
    m = model_meaning(&kit.model, S("revenue"));
    EXPECT(m->typed && m->type == TYPE_money && m->better == BETTER_DOWN);
    EXPECT_STR(S("short"), m->format);
    data_kit_clear(&kit);
}

/* ---- rollups ---- */

#define TABLES                                                                                     \
    "tables:\n"                                                                                    \
    "  sales: {fact: date, foreignKeys: {who: people}, fields: {date: date, who: string, "         \
    "amount: money, order_id: string}}\n"                                                          \
    "  people: {dimension: yes, primaryKey: id, fields: {id: string, region: string}}\n"

TEST(keys_of_a_rollup_get_the_name_of_what_they_end_in)
{
    EXPECT(model_of(
        TABLES "rollups:\n"
               "  r: {of: sales, by: [month(date), to_date(date), who.region or who, order_id], "
               "sum: amount, count: lines, distinct: {orders: order_id}, max: [date], "
               "since: month(-13)}\n"));
    const struct rollup *r = &kit.model.rollups.at[0];
    EXPECT_INT(4, r->nby);
    EXPECT_STR(S("month"), r->key[0]);
    EXPECT_STR(S("to_date"), r->key[1]);
    EXPECT_STR(S("region"), r->key[2]);
    EXPECT_STR(S("order_id"), r->key[3]);
    EXPECT_STR(S("orders"), r->distinct_name);
    EXPECT_STR(S("month(-13)"), r->since);
    data_kit_clear(&kit);
}

TEST(what_a_rollup_names_has_to_be_there)
{
    expect_complaint(TABLES "rollups: {r: {of: sale, by: [date]}}", "tables.yaml:4:11 schema");
    expect_complaint(TABLES "rollups: {r: {of: sales, by: [day]}}", "tables.yaml:4:11 schema");
    expect_complaint(TABLES "rollups: {r: {of: sales, by: [moth(date)]}}",
                     "tables.yaml:4:11 schema");
    expect_complaint(TABLES "rollups: {r: {of: sales, by: [month(who)]}}",
                     "tables.yaml:4:11 schema");
    expect_complaint(TABLES "rollups: {r: {of: sales, by: [who.name]}}", "tables.yaml:4:11 schema");
    expect_complaint(TABLES "rollups: {r: {of: sales, by: [amount.x]}}", "tables.yaml:4:11 schema");
    expect_complaint(TABLES "rollups: {r: {of: sales, by: [\"date; x\"]}}",
                     "tables.yaml:4:11 schema");
    expect_complaint(TABLES "rollups: {r: {of: sales, by: [date], sum: [sum]}}",
                     "tables.yaml:4:11 schema");
    expect_complaint(TABLES "rollups: {r: {of: sales, by: [who, who]}}", "tables.yaml:4:11 schema");
    /* Columns of one name: SQLite would call the second another. */
    expect_complaint(TABLES "rollups: {r: {of: sales, by: [who], count: who}}",
                     "tables.yaml:4:11 schema");
    expect_complaint(TABLES "rollups: {r: {of: sales, by: [date], sum: [amount, amount]}}",
                     "tables.yaml:4:11 schema");
    expect_complaint(TABLES
                     "rollups: {r: {of: sales, by: [who], max: [amount], count: max_amount}}",
                     "tables.yaml:4:11 schema");
    expect_complaint(TABLES "rollups: {r: {of: people, by: [region], since: month(-1)}}",
                     "tables.yaml:4:11 schema");
    expect_complaint(TABLES "rollups: {r: {of: people, by: [region], first: [region]}}",
                     "tables.yaml:4:11 schema");
    expect_complaint(TABLES "rollups: {r: {of: people, by: [region], last: [region]}}",
                     "tables.yaml:4:11 schema");
    expect_complaint(TABLES "rollups: {r: {of: sales, by: [date], first: [amuont]}}",
                     "tables.yaml:4:11 schema");
    expect_complaint(TABLES "rollups: {r: {of: sales, by: [date], last: [amuont]}}",
                     "tables.yaml:4:11 schema");
    expect_complaint(TABLES "rollups: {r: {of: sales, by: [date], since: last week}}",
                     "tables.yaml:4:45 schema");
}

TEST(conditions_of_a_rollup_are_typed_by_their_columns)
{
    EXPECT(model_of(TABLES
                    "rollups:\n"
                    "  r: {of: sales, by: [who], where: [amount >= 12.50, who != x <= y, date<"
                    "2026-10-01]}\n"
                    "  all: {of: sales, by: [who]}\n"));
    const struct rollup *r = &kit.model.rollups.at[0];
    EXPECT_INT(3, r->nwhere);
    EXPECT_STR(S("amount"), r->where[0].column);
    EXPECT_STR(S(">="), r->where[0].way);
    EXPECT_INT(VALUE_REAL, r->where[0].value.kind); /* until decimals are known */
    EXPECT_STR(S("<>"), r->where[1].way);
    EXPECT_STR(S("x <= y"), r->where[1].value.s);
    EXPECT_STR(S("date"), r->where[2].column);
    EXPECT_STR(S("2026-10-01"), r->where[2].value.s);
    EXPECT_INT(0, kit.model.rollups.at[1].nwhere);
    data_kit_clear(&kit);
    expect_complaint(TABLES "rollups: {r: {of: sales, by: [who], where: amount}}",
                     "tables.yaml:4:44 schema");
    expect_complaint(TABLES "rollups: {r: {of: sales, by: [who], where: amount >}}",
                     "tables.yaml:4:44 schema");
    expect_complaint(TABLES "rollups: {r: {of: sales, by: [who], where: abs(amount) > 1}}",
                     "tables.yaml:4:44 schema");
    expect_complaint(TABLES "rollups: {r: {of: sales, by: [who], where: amuont > 0}}",
                     "tables.yaml:4:11 schema");
    expect_complaint(TABLES "rollups: {r: {of: sales, by: [who], where: amount > much}}",
                     "tables.yaml:4:11 schema");
    expect_complaint(TABLES "rollups: {r: {of: sales, by: [who], where: who > a}}",
                     "tables.yaml:4:11 schema");
}

TEST(kept_rows_are_bounded)
{
    EXPECT(model_of(
        TABLES
        "rows: {recent: {of: sales, last: 20, by: who}, now: {of: sales, since: month(-1)}}"));
    EXPECT_INT(20, kit.model.kept.at[0].last);
    EXPECT_STR(S("month(-1)"), kit.model.kept.at[1].since);
    data_kit_clear(&kit);
    expect_complaint(TABLES "rows: {recent: {of: sales}}", "tables.yaml:4:8 schema");
    expect_complaint(TABLES
                     "rows: {r: {of: sales, last: 1}}\nrollups: {r: {of: sales, by: [date]}}",
                     "tables.yaml:4:8 schema");
}
