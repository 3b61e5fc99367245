#include "data_kit.h"
#include "test.h"

static struct data_kit kit;

#define SHOP                                                                                       \
    "tables:\n"                                                                                    \
    "  people: {dimension: yes, primaryKey: person, fields: {person: string, name: string, "       \
    "hired: date}}\n"                                                                              \
    "  sales:\n"                                                                                   \
    "    fact: date\n"                                                                             \
    "    primaryKey: [order_id, line]\n"                                                           \
    "    foreignKeys: {person: people}\n"                                                          \
    "    error_if: 100%\n"                                                                         \
    "    fields:\n"                                                                                \
    "      date: {type: date, required: yes}\n"                                                    \
    "      order_id: {type: string}\n"                                                             \
    "      line: {type: integer}\n"                                                                \
    "      person: {type: string}\n"                                                               \
    "      state: {type: string, enum: [open, won], default: open}\n"                              \
    "      amount: {type: money, minimum: 0}\n"

static void open_shop(const char *sales)
{
    data_kit_init(&kit);
    data_kit_file(&kit, "systems/shop/tables.yaml", SHOP);
    if (sales)
        data_kit_file(&kit, "book/sales.csv", sales);
}

static struct mapping *map_sales(void)
{
    PUSH(kit.mem, &kit.mappings, ((struct mapping){.table = S("sales")}));
    return &kit.mappings.at[kit.mappings.n - 1];
}

static void expect_load(const char *rows, const char *complaints)
{
    data_kit_load(&kit);
    EXPECT_STR(str_of(rows), data_kit_rows(&kit, "sales"));
    EXPECT_STR(str_of(complaints), data_kit_complaints(&kit));
    data_kit_clear(&kit);
}

static void expect_sales(const char *sales, const char *rows, const char *complaints)
{
    open_shop(sales);
    expect_load(rows, complaints);
}

static const struct source *source_of(size_t i)
{
    return &dataset_table(kit.data, S("sales"))->sources.at[i];
}

/* ---- files ---- */

TEST(a_folder_without_a_table_is_an_error_and_has_all_tables_empty)
{
    open_shop(NULL);
    data_kit_load(&kit);
    EXPECT_STR(S(""), data_kit_rows(&kit, "sales"));
    EXPECT(!dataset_table(kit.data, S("sales"))->present);
    EXPECT(!kit.model.systems.at[0].present);
    EXPECT(kit.data->as_of == DAY_NONE);
    EXPECT(dataset_table(kit.data, S("other")) == NULL);
    EXPECT_STR(S("book:0:0 no-table"), data_kit_complaints(&kit));
    EXPECT(str_find(data_kit_remedy(&kit, "no-table"), S("(sales.csv"), 0) <
           data_kit_remedy(&kit, "no-table").n);
    data_kit_clear(&kit);

    open_shop(NULL);
    data_kit_file(&kit, "book/sale.csv", "date\n");
    expect_load("", "sale.csv:0:0 file-unknown; book:0:0 no-table");
}

TEST(a_file_with_a_head_and_no_rows_is_there)
{
    open_shop("date,amount\n");
    data_kit_load(&kit);
    EXPECT(dataset_table(kit.data, S("sales"))->present);
    EXPECT(kit.model.systems.at[0].present);
    EXPECT_INT(0, source_of(0)->rows_read);
    EXPECT_STR(S(""), data_kit_complaints(&kit));
    data_kit_clear(&kit);
}

TEST(an_empty_file_lacks_its_head)
{
    expect_sales("", "", "sales.csv:0:0 csv");
}

TEST(columns_stand_in_any_order_and_empty_cells_read_as_their_default)
{
    expect_sales("amount,date,state\n1.5,2026-10-01,\n,2026-10-02,won\n",
                 "2026-10-01|-|-|-|open|150 2026-10-02|-|-|-|won|-", "");
}

TEST(columns_that_no_file_has_are_listed_and_read_as_their_default)
{
    open_shop("date,amount\n2026-10-01,1\n");
    data_kit_load(&kit);
    const struct table *t = dataset_table(kit.data, S("sales"));
    EXPECT_STR(S("2026-10-01|-|-|-|open|100"), data_kit_rows(&kit, "sales"));
    EXPECT_INT(4, t->nabsent);
    EXPECT_STR(S("order_id"), t->absent[0]);
    data_kit_clear(&kit);
}

TEST(the_delimiter_is_the_one_at_which_the_head_gives_most_known_names)
{
    expect_sales("date;amount;\"state, now\"\n2026-10-01;1;x\n", "2026-10-01|-|-|-|open|100",
                 "sales.csv:1:13 column-unknown");
    expect_sales("date\tamount\n2026-10-01\t1\n", "2026-10-01|-|-|-|open|100", "");
    expect_sales("date|amount\n2026-10-01|1\n", "2026-10-01|-|-|-|open|100", "");
}

TEST(many_files_of_one_table_are_read_in_order_of_their_names)
{
    open_shop(NULL);
    data_kit_file(&kit, "book/sales-2026-10.csv", "date,order_id\n2026-10-01,B\n");
    data_kit_file(&kit, "book/sales-2026-09.csv", "order_id,date\nA,2026-09-01\n");
    data_kit_file(&kit, "book/sales.csv", "date,order_id\n2026-08-01,C\n");
    data_kit_file(&kit, "book/sales.csv.bak", "rubbish");
    data_kit_load(&kit);
    EXPECT_STR(S("2026-09-01|A|-|-|open|- 2026-10-01|B|-|-|open|- 2026-08-01|C|-|-|open|-"),
               data_kit_rows(&kit, "sales"));
    EXPECT_STR(S("book/sales-2026-10.csv"),
               table_place(dataset_table(kit.data, S("sales")), 1).file);
    EXPECT_INT(2, table_place(dataset_table(kit.data, S("sales")), 2).line);
    EXPECT_STR(S(""), data_kit_complaints(&kit));
    data_kit_clear(&kit);
}

TEST(a_csv_file_of_no_table_is_named_with_the_nearest_table)
{
    open_shop("date\n2026-10-01\n");
    data_kit_file(&kit, "book/salse.csv", "date\n");
    data_kit_file(&kit, "book/weather.csv", "date\n");
    data_kit_load(&kit);
    EXPECT_STR(S("salse.csv:0:0 file-unknown; weather.csv:0:0 file-unknown"),
               data_kit_complaints(&kit));
    EXPECT_STR(S("did you mean sales.csv?"), data_kit_remedy(&kit, "file-unknown"));
    data_kit_clear(&kit);
}

TEST(an_unknown_column_is_named_with_the_nearest_and_not_read)
{
    open_shop("date,Order ID,weather\n2026-10-01,A,sun\n");
    data_kit_load(&kit);
    EXPECT_STR(S("sales.csv:1:6 column-unknown; sales.csv:1:15 column-unknown"),
               data_kit_complaints(&kit));
    EXPECT_STR(S("did you mean order_id? then rename it, or say so under `columns:` in book.yaml"),
               data_kit_remedy(&kit, "column-unknown"));
    data_kit_clear(&kit);
}

TEST(without_a_required_column_no_row_can_be_used_and_one_diagnostic_says_so)
{
    open_shop("day,amount\n2026-10-01,1\n2026-10-02,2\n");
    data_kit_load(&kit);
    EXPECT_STR(S("sales.csv:1:1 column-unknown; sales.csv:1:0 column-missing"),
               data_kit_complaints(&kit));
    EXPECT_INT(1, kit.diags.nerrors);
    EXPECT_INT(2, source_of(0)->rows_aside);
    EXPECT_INT(2, dataset_table(kit.data, S("sales"))->rejects.n);
    data_kit_clear(&kit);
}

TEST(a_column_that_stands_twice_is_an_error)
{
    expect_sales("date,amount,amount\n2026-10-01,1,2\n", "2026-10-01|-|-|-|open|100",
                 "sales.csv:1:13 column-twice");
}

TEST(lines_of_delimiters_that_spreadsheets_leave_are_no_rows)
{
    open_shop("date,amount,\n2026-10-01,1,\n,,\n , ,\n");
    data_kit_load(&kit);
    EXPECT_INT(1, source_of(0)->rows_read);
    EXPECT_STR(S(""), data_kit_complaints(&kit));
    data_kit_clear(&kit);
}

/* ---- mapping ---- */

TEST(an_export_is_read_as_it_is)
{
    open_shop(NULL);
    data_kit_bytes(&kit, "book/export-1.csv",
                   S("Datum;Verk\xE4ufer;Netto\n30/09/2026;M\xFCller;1.234,50\n"));
    data_kit_bytes(&kit, "book/export-2.csv", S("Netto;Datum\n-;31/10/2026\n2,00;31/10/2026\n"));
    struct mapping *m = map_sales();
    m->file = S("export-*.csv");
    m->encoding = S("windows-1252");
    m->dates = S("%d/%m/%Y");
    m->decimal = ',';
    m->thousands = '.';
    PUSH(kit.mem, &m->columns, ((struct rename){S("date"), S("Datum")}));
    PUSH(kit.mem, &m->columns, ((struct rename){S("person"), S("Verkäufer")}));
    PUSH(kit.mem, &m->columns, ((struct rename){S("amount"), S("Netto")}));
    data_kit_load(&kit);
    EXPECT_STR(S("2026-09-30|-|-|Müller|open|123450 2026-10-31|-|-|-|open|200"),
               data_kit_rows(&kit, "sales"));
    EXPECT_STR(S("export-2.csv:2:1 type"), data_kit_complaints(&kit));
    EXPECT_STR(S("windows-1252"), source_of(0)->encoding);
    EXPECT_INT(';', source_of(0)->delimiter);
    data_kit_clear(&kit);
}

TEST(a_mapping_without_a_file_holds_for_the_files_of_the_tables_name)
{
    open_shop("date,amount\n01.02.2026,5\n");
    map_sales()->dates = S("%d.%m.%Y");
    expect_load("2026-02-01|-|-|-|open|500", "");
}

TEST(a_file_in_a_folder_of_the_book_is_found_by_its_pattern)
{
    open_shop(NULL);
    data_kit_file(&kit, "book/crm/2026.csv", "date\n2026-10-01\n");
    data_kit_file(&kit, "book/crm/other.csv", "date\n2026-10-02\n");
    map_sales()->file = S("crm/20*.csv");
    expect_load("2026-10-01|-|-|-|open|-", "");
}

TEST(mistakes_of_a_mapping_are_errors)
{
    open_shop("date\n2026-10-01\n");
    map_sales()->file = S("export-*.csv");
    expect_load("", ":0:0 mapping; sales.csv:0:0 file-unknown");

    open_shop(NULL);
    map_sales()->file = S("../sales.csv");
    expect_load("", ":0:0 mapping");

    open_shop(NULL);
    map_sales()->dates = S("%d. %b");
    expect_load("", ":0:0 mapping");

    open_shop(NULL);
    struct mapping *m = map_sales();
    PUSH(kit.mem, &m->columns, ((struct rename){S("datum"), S("Datum")}));
    expect_load("", ":0:0 mapping");

    open_shop(NULL);
    map_sales()->table = S("sale");
    data_kit_load(&kit);
    EXPECT_STR(S("did you mean sales?"), data_kit_remedy(&kit, "mapping"));
    data_kit_clear(&kit);
}

TEST(a_file_in_another_encoding_is_read_as_what_it_looks_like_with_a_warning)
{
    open_shop(NULL);
    data_kit_bytes(&kit, "book/sales.csv",
                   S("date,person\n2026-10-01,\xC9\xB3\xB7\xA2\xC9\xCC\xC6\xB7\n2026-10-02,"
                     "\xD6\xD0\xB9\xFA\xC8\xCB\xC3\xF1\n"
                     "2026-10-03,\xD2\xCE\xD7\xD3\xBD\xF0\xB6\xEE\n"));
    expect_load("2026-10-01|-|-|沙发商品|open|- 2026-10-02|-|-|中国人民|open|- "
                "2026-10-03|-|-|椅子金额|open|-",
                "sales.csv:0:0 encoding");
}

TEST(a_row_with_a_broken_character_is_set_aside_alone)
{
    open_shop("date,person\n2026-10-01,Åse\n2026-10-02,J\xF8rn\n2026-10-03,Øyvind\n");
    data_kit_load(&kit);
    EXPECT_STR(S("sales.csv:3:0 encoding"), data_kit_complaints(&kit));
    const struct table *t = dataset_table(kit.data, S("sales"));
    EXPECT_INT(2, t->nrows);
    EXPECT_STR(S("2026-10-02,J\xEF\xBF\xBDrn"), t->rejects.at[0].raw);
    data_kit_clear(&kit);
}

/* ---- rows with defects ---- */

TEST(each_defect_of_a_row_is_named_at_its_line_and_column_and_the_row_is_set_aside_once)
{
    expect_sales("date,state,amount\n2026-10-01,won,1\n2026-02-30,lost,\"-5\"\n2026-10-03,,\n",
                 "2026-10-01|-|-|-|won|100 2026-10-03|-|-|-|open|-",
                 "sales.csv:3:1 type; sales.csv:3:12 enum; sales.csv:3:17 minimum");
}

TEST(columns_are_counted_in_characters_and_lines_inside_quotes)
{
    expect_sales("person,amount,date\n\"李伟\",x,2026-10-01\n\"a\nbé\",x,2026-10-01\n", "",
                 "sales.csv:2:6 type; sales.csv:4:5 type");
}

TEST(a_row_of_another_width_is_set_aside)
{
    expect_sales("date,amount\n2026-10-01\n2026-10-02,1,2\n2026-10-03,3\n",
                 "2026-10-03|-|-|-|open|300", "sales.csv:2:0 row-width; sales.csv:3:0 row-width");
}

TEST(a_required_cell_has_to_be_filled_in)
{
    expect_sales("date,amount\n,1\n", "", "sales.csv:2:1 required");
}

TEST(the_corrected_line_stands_beside_where_it_is_plain)
{
    open_shop("order_id,date,amount\n\"A, B\",2026-13-05,1\nC,2026-10-01,\"1.234,50\"\n");
    data_kit_load(&kit);
    EXPECT_STR(S("\"A, B\",2026-05-13,1"), data_kit_fix(&kit, "type"));
    EXPECT_STR(S("C,2026-10-01,1234.50"), diags_last(&kit.diags)[-1].line_fixed);
    data_kit_clear(&kit);
    open_shop("date,amount\n05/10/2026,1\n");
    data_kit_load(&kit);
    EXPECT_STR(S("(none)"), data_kit_fix(&kit, "type"));
    data_kit_clear(&kit);
}

TEST(more_decimals_than_money_has_are_rounded_and_counted_once_a_file)
{
    open_shop("date,amount\n2026-10-01,1.005\n2026-10-02,2.001\n2026-10-03,3.00\n");
    data_kit_load(&kit);
    EXPECT_STR(S("2026-10-01|-|-|-|open|101 2026-10-02|-|-|-|open|200 2026-10-03|-|-|-|open|300"),
               data_kit_rows(&kit, "sales"));
    EXPECT_STR(S("sales.csv:2:0 rounded"), data_kit_complaints(&kit));
    EXPECT_STR(S("2 amounts have more than 2 decimals and were rounded, the first is 1.005"),
               data_kit_message(&kit, "rounded"));
    data_kit_clear(&kit);
}

TEST(rows_read_are_rows_used_and_rows_set_aside)
{
    open_shop(
        "date,amount\n2026-10-01,1\n2026-10-02,\"x\nnever closed\n2026-10-03,y\nz\n2026-10-04,4\n");
    data_kit_load(&kit);
    EXPECT_INT(6, source_of(0)->rows_read);
    EXPECT_INT(2, source_of(0)->rows_used);
    EXPECT_INT(4, source_of(0)->rows_aside);
    EXPECT_INT(2, dataset_table(kit.data, S("sales"))->nrows);
    data_kit_clear(&kit);
}

TEST(rejected_rows_are_kept_as_csv_with_file_line_and_reason)
{
    open_shop("date,order_id\n2026-10-01,=1+1\nsoon,\"=1,1\"\n");
    data_kit_load(&kit);
    EXPECT_STR(
        S("file,line,reason,row\n"
          "book/sales.csv,3,date: soon is not a date like 2026-10-30,\"soon,\"\"=1,1\"\"\"\n"),
        rejects_csv(kit.mem, dataset_table(kit.data, S("sales")), false));
    EXPECT(!str_is_set(rejects_csv(kit.mem, dataset_table(kit.data, S("people")), false)));
    data_kit_clear(&kit);
}

TEST(strict_stops_at_the_first_row_that_is_set_aside)
{
    open_shop("date,amount\n2026-10-01,1\nsoon,2\nlater,3\n2026-10-02,4\n");
    kit.options.strict = true;
    data_kit_load(&kit);
    EXPECT_STR(S("sales.csv:3:1 type"), data_kit_complaints(&kit));
    EXPECT_INT(1, kit.diags.nerrors);
    EXPECT_INT(0, kit.diags.nwarnings);
    data_kit_clear(&kit);
}

TEST(ten_thousand_defects_of_a_file_are_listed_and_all_rows_counted)
{
    struct buf b = {0};
    data_kit_init(&kit);
    data_kit_file(&kit, "systems/shop/tables.yaml", SHOP);
    buf_add(&b, S("date\n"));
    for (int i = 0; i < 12000; i++)
        buf_addf(&b, "day %d\n", i);
    data_kit_bytes(&kit, "book/sales.csv", buf_str(&b));
    data_kit_load(&kit);
    EXPECT_INT(10000, kit.diags.nwarnings);
    EXPECT_INT(12000, source_of(0)->rows_aside);
    const struct table *t = dataset_table(kit.data, S("sales"));
    EXPECT_STR(S("date: day 11999 is not a date like 2026-10-30"), t->rejects.at[11999].reason);
    buf_clear(&b);
    data_kit_clear(&kit);
}

TEST(too_many_rows_set_aside_are_a_warning_or_an_error_of_the_table)
{
    static const char csv[] = "x\n1\n2\n3\nfour\nfive\n";
    static const struct {
        const char *limits, *complaints;
        size_t nerrors;
    } cases[] = {
        {"", "a.csv:5:1 type; a.csv:6:1 type", 0},
        {"warn_if: 2, ", "a.csv:5:1 type; a.csv:6:1 type", 0},
        {"warn_if: 1, ", "a.csv:5:1 type; a.csv:6:1 type; a.csv:0:0 aside", 0},
        {"warn_if: 39%, ", "a.csv:5:1 type; a.csv:6:1 type; a.csv:0:0 aside", 0},
        {"error_if: 40%, ", "a.csv:5:1 type; a.csv:6:1 type", 0},
        {"error_if: 1, ", "a.csv:5:1 type; a.csv:6:1 type; a.csv:0:0 aside", 1},
        /* 2 of 5 are too few for a share to stop. */
        {"error_if: 1%, ", "a.csv:5:1 type; a.csv:6:1 type", 0},
        {"warn_if: 1%, error_if: 1%, ", "a.csv:5:1 type; a.csv:6:1 type; a.csv:0:0 aside", 0},
        {"warn_if: 1, error_if: 0, ", "a.csv:5:1 type; a.csv:6:1 type; a.csv:0:0 aside", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        data_kit_init(&kit);
        str yaml = arena_printf(kit.mem, "tables: {a: {%sfields: {x: integer}}}", cases[i].limits);
        data_kit_file(&kit, "systems/shop/tables.yaml", yaml.p);
        data_kit_file(&kit, "book/a.csv", csv);
        data_kit_load(&kit);
        EXPECT_STR(str_of(cases[i].complaints), data_kit_complaints(&kit));
        EXPECT_INT(cases[i].nerrors, kit.diags.nerrors);
        data_kit_clear(&kit);
    }
}

TEST(a_head_that_stands_again_is_set_aside_as_that)
{
    open_shop("date,order_id\n2026-10-01,A\ndate,order_id\n2026-10-02,B\n");
    data_kit_load(&kit);
    EXPECT_STR(S("sales.csv:3:0 head-again"), data_kit_complaints(&kit));
    EXPECT_INT(3, source_of(0)->rows_read);
    EXPECT_INT(2, source_of(0)->rows_used);
    data_kit_clear(&kit);
}

TEST(after_a_head_that_cannot_be_read_no_row_is_taken_for_one)
{
    open_shop(NULL);
    data_kit_bytes(&kit, "book/sales.csv", S("date,\0person\n2026-10-01,a\n2026-10-02,b\n"));
    data_kit_load(&kit);
    EXPECT_STR(S(""), data_kit_rows(&kit, "sales"));
    EXPECT_STR(S("the head of this file cannot be read"), data_kit_message(&kit, "csv"));
    EXPECT_INT(2, source_of(0)->rows_read);
    EXPECT_INT(2, source_of(0)->rows_aside);
    data_kit_clear(&kit);

    open_shop("date,\"person\n2026-10-01,a\n");
    data_kit_load(&kit);
    EXPECT_STR(S("the head of this file cannot be read"), data_kit_message(&kit, "csv"));
    EXPECT_INT(source_of(0)->rows_aside, source_of(0)->rows_read);
    data_kit_clear(&kit);
}

TEST(cells_below_no_name_are_not_dropped_in_silence)
{
    open_shop("date,person,\n2026-10-01,a,\n2026-10-02,b,zzz\n2026-10-03,c,y\n");
    data_kit_load(&kit);
    EXPECT_STR(S("sales.csv:3:0 column-unknown"), data_kit_complaints(&kit));
    EXPECT_INT(3, source_of(0)->rows_used);
    data_kit_clear(&kit);
}

TEST(a_first_line_that_says_the_delimiter_is_no_head)
{
    open_shop("sep=|\r\ndate|person\r\n2026-10-01|a\r\n2026-13-77|b\r\n");
    data_kit_load(&kit);
    EXPECT_STR(S("sales.csv:4:1 type"), data_kit_complaints(&kit));
    EXPECT_INT('|', source_of(0)->delimiter);
    data_kit_clear(&kit);
}

TEST(a_share_stops_from_ten_rows_on_or_where_most_are_set_aside)
{
    static const struct {
        size_t good, bad, nerrors;
    } cases[] = {{2, 1, 0},   {11, 9, 0},   {9, 9, 0},    {8, 9, 1},   {0, 1, 1},
                 {500, 9, 0}, {500, 10, 1}, {990, 10, 0}, {989, 10, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf csv = {0};
        data_kit_init(&kit);
        data_kit_file(&kit, "systems/shop/tables.yaml",
                      "tables: {a: {error_if: 1%, fields: {x: integer}}}");
        buf_add(&csv, S("x\n"));
        for (size_t r = 0; r < cases[i].good + cases[i].bad; r++)
            buf_addf(&csv, "%s\n", r < cases[i].bad ? "x" : "1");
        data_kit_bytes(&kit, "book/a.csv", buf_str(&csv));
        buf_clear(&csv);
        data_kit_load(&kit);
        EXPECT_INT(cases[i].nerrors, kit.diags.nerrors);
        data_kit_clear(&kit);
    }
}

TEST(money_in_another_currency_than_the_books_sets_its_row_aside)
{
    open_shop("date,amount\n2026-10-01,$12.50\n2026-10-02,12 EUR\n2026-10-03,12.50 usd\n");
    kit.options.lang.currency = S("USD");
    data_kit_load(&kit);
    EXPECT_STR(S("2026-10-01|-|-|-|open|1250 2026-10-03|-|-|-|open|1250"),
               data_kit_rows(&kit, "sales"));
    EXPECT_STR(S("sales.csv:3:12 currency"), data_kit_complaints(&kit));
    EXPECT_STR(S("amount: 12 EUR is in EUR, this book counts in USD"),
               data_kit_message(&kit, "currency"));
    data_kit_clear(&kit);
}

TEST(by_default_more_than_half_of_the_rows_set_aside_stops_the_build)
{
    data_kit_init(&kit);
    data_kit_file(&kit, "systems/shop/tables.yaml", "tables: {a: {fields: {x: integer}}}");
    data_kit_file(&kit, "book/a.csv", "x\n1\ntwo\nthree\n");
    data_kit_load(&kit);
    EXPECT_INT(1, kit.diags.nerrors);
    data_kit_clear(&kit);
}

/* ---- keys ---- */

TEST(a_key_that_stands_twice_sets_aside_the_later_row)
{
    open_shop("date,order_id,line,amount\n2026-10-01,A,1,1\n2026-10-01,A,2,2\n2026-10-02,A,1,3\n");
    data_kit_load(&kit);
    EXPECT_STR(S("2026-10-01|A|1|-|open|100 2026-10-01|A|2|-|open|200"),
               data_kit_rows(&kit, "sales"));
    EXPECT_STR(S("sales.csv:4:12 row-key-twice"), data_kit_complaints(&kit));
    EXPECT_STR(S("order_id: A, 1 stands in book/sales.csv:2 already"),
               data_kit_message(&kit, "row-key-twice"));
    EXPECT_INT(1, source_of(0)->rows_aside);
    data_kit_clear(&kit);
}

TEST(a_key_of_several_columns_may_lack_one_and_is_then_not_compared)
{
    expect_sales("date,order_id,line\n2026-10-01,A,\n2026-10-01,A,\n",
                 "2026-10-01|A|-|-|open|- 2026-10-01|A|-|-|open|-", "");
}

TEST(keys_in_any_order_are_compared)
{
    struct buf b = {0};
    open_shop(NULL);
    buf_add(&b, S("date,order_id,line\n"));
    for (int i = 0; i < 5000; i++)
        buf_addf(&b, "2026-10-01,%d,%d\n", i * 7919 % 5003, i % 3);
    buf_add(&b, S("2026-10-01,7919,1\n")); /* 7919 mod 5003 = 2916: this one is new */
    buf_add(&b, S("2026-10-01,2916,1\n")); /* i = 1 */
    data_kit_bytes(&kit, "book/sales.csv", buf_str(&b));
    data_kit_load(&kit);
    EXPECT_STR(S("sales.csv:5003:12 row-key-twice"), data_kit_complaints(&kit));
    EXPECT_INT(5001, dataset_table(kit.data, S("sales"))->nrows);
    buf_clear(&b);
    data_kit_clear(&kit);
}

TEST(a_unique_column_may_be_empty_often_but_hold_a_value_once)
{
    data_kit_init(&kit);
    data_kit_file(&kit, "systems/shop/tables.yaml",
                  "tables: {a: {fields: {n: integer, mail: {type: string, unique: yes}}}}");
    data_kit_file(&kit, "book/a.csv", "n,mail\n1,\n2,\n3,x@y\n4,x@y\n");
    data_kit_load(&kit);
    EXPECT_STR(S("1|- 2|- 3|x@y"), data_kit_rows(&kit, "a"));
    EXPECT_STR(S("a.csv:5:3 unique"), data_kit_complaints(&kit));
    data_kit_clear(&kit);
}

TEST(the_same_row_in_two_files_is_a_double_if_it_has_no_key)
{
    open_shop(NULL);
    data_kit_file(&kit, "book/sales-1.csv",
                  "date,order_id,amount\n2026-10-01,A,1\n2026-10-01,A,1\n");
    data_kit_file(&kit, "book/sales-2.csv",
                  "order_id,date,amount\nA,2026-10-01,1.00\nA,2026-10-02,1\n");
    data_kit_load(&kit);
    /* Twice in one file it may be meant; in the second it is an export that overlaps. */
    EXPECT_STR(S("2026-10-01|A|-|-|open|100 2026-10-01|A|-|-|open|100 2026-10-02|A|-|-|open|100"),
               data_kit_rows(&kit, "sales"));
    EXPECT_STR(S("sales-2.csv:2:0 double"), data_kit_complaints(&kit));
    EXPECT_STR(S("the same row stands in book/sales-1.csv:2 already"),
               data_kit_message(&kit, "double"));
    data_kit_clear(&kit);
}

/* ---- references ---- */

TEST(a_reference_to_nobody_sets_its_row_aside_and_names_the_nearest)
{
    open_shop("date,person,amount\n2026-10-01,li.wei,1\n2026-10-02,li.wie,2\n2026-10-03,zhou,"
              "3\n2026-10-04,,4\n");
    data_kit_file(&kit, "book/people.csv", "person,name\nli.wei,Li Wei\n");
    data_kit_load(&kit);
    EXPECT_STR(S("2026-10-01|-|-|li.wei|open|100 2026-10-04|-|-|-|open|400"),
               data_kit_rows(&kit, "sales"));
    EXPECT_STR(S("sales.csv:3:12 reference; sales.csv:4:12 reference"), data_kit_complaints(&kit));
    EXPECT_STR(S("2026-10-02,li.wei,2"), data_kit_fix(&kit, "reference"));
    data_kit_clear(&kit);
}

TEST(a_reference_to_a_row_set_aside_is_no_second_defect)
{
    open_shop("date,person\n2026-10-01,li.wei\n2026-10-02,zhou\n");
    data_kit_file(&kit, "book/people.csv", "person,hired\nli.wei,soon\nzhou,2020-01-01\n");
    data_kit_load(&kit);
    EXPECT_STR(S("2026-10-01|-|-|li.wei|open|- 2026-10-02|-|-|zhou|open|-"),
               data_kit_rows(&kit, "sales"));
    EXPECT_STR(S("people.csv:2:8 type"), data_kit_complaints(&kit));
    data_kit_clear(&kit);
}

TEST(a_key_may_refer_to_its_own_table)
{
    data_kit_init(&kit);
    data_kit_file(&kit, "systems/shop/tables.yaml",
                  "tables: {p: {primaryKey: id, foreignKeys: {boss: p}, fields: {id: string, boss: "
                  "string}}}");
    data_kit_file(&kit, "book/p.csv", "id,boss\na,b\nb,\nc,nobody\n");
    data_kit_load(&kit);
    EXPECT_STR(S("a|b b|-"), data_kit_rows(&kit, "p"));
    data_kit_clear(&kit);
}

TEST(references_may_be_numbers)
{
    data_kit_init(&kit);
    data_kit_file(&kit, "systems/shop/tables.yaml",
                  "tables:\n  a: {foreignKeys: {b: b}, fields: {b: integer}}\n"
                  "  b: {primaryKey: id, fields: {id: integer}}\n");
    data_kit_file(&kit, "book/a.csv", "b\n7\n8\n\n");
    data_kit_file(&kit, "book/b.csv", "id\n007\n");
    data_kit_load(&kit);
    EXPECT_STR(S("7"), data_kit_rows(&kit, "a"));
    EXPECT_STR(S("a.csv:3:1 reference"), data_kit_complaints(&kit));
    data_kit_clear(&kit);
}

TEST(a_dimension_that_the_book_lacks_is_made_from_what_refers_to_it)
{
    open_shop("date,person\n2026-10-01,zhou\n2026-10-02,li.wei\n2026-10-03,zhou\n2026-10-04,\n");
    data_kit_load(&kit);
    const struct table *t = dataset_table(kit.data, S("people"));
    EXPECT(t->present && t->made);
    EXPECT_STR(S("li.wei|li.wei|- zhou|zhou|-"), data_kit_rows(&kit, "people"));
    EXPECT_INT(0, table_place(t, 0).line);
    EXPECT_STR(S(""), data_kit_complaints(&kit));
    EXPECT_STR(S("made"), str_of(diag_code(diags_last(&kit.diags))));
    data_kit_clear(&kit);
}

/* ---- the as-of date ---- */

TEST(the_as_of_date_is_the_latest_fact)
{
    open_shop("date\n2026-10-01\n2026-10-30\n2026-10-02\n");
    data_kit_file(&kit, "book/people.csv", "person,hired\nx,2027-01-01\n");
    data_kit_load(&kit);
    EXPECT_INT(day_of(2026, 10, 30), kit.data->as_of);
    EXPECT_INT(day_of(2026, 10, 30), dataset_table(kit.data, S("people"))->as_of);
    data_kit_clear(&kit);
}

TEST(rows_after_a_given_as_of_date_are_there_but_not_seen)
{
    open_shop("date\n2026-10-01\n2026-10-30\n");
    kit.options.as_of = day_of(2026, 10, 29);
    data_kit_load(&kit);
    const struct table *t = dataset_table(kit.data, S("sales"));
    EXPECT_INT(2, t->nrows);
    EXPECT(table_seen(t, 0));
    EXPECT(!table_seen(t, 1));
    data_kit_clear(&kit);
}

TEST(a_moment_is_a_fact_of_its_day)
{
    data_kit_init(&kit);
    data_kit_file(&kit, "systems/own/tables.yaml",
                  "tables: {sheets: {fact: at, fields: {at: {type: datetime}}}}");
    data_kit_file(&kit, "book/sheets.csv",
                  "at\n2026-10-29 23:59\n2026-10-30 00:00\n2026-10-30 18:05\n2062-10-30 09:00\n");
    data_kit_load(&kit);
    const struct table *t = dataset_table(kit.data, S("sheets"));
    EXPECT_INT(day_of(2026, 10, 30), kit.data->as_of);
    EXPECT_STR(S("sheets.csv:5:1 date-far"), data_kit_complaints(&kit));
    EXPECT(table_seen(t, 2));
    data_kit_clear(&kit);
}

TEST(a_row_far_after_all_others_is_set_aside_and_named)
{
    open_shop("date\n2026-09-01\n2026-09-20\n2026-10-01\n2062-10-02\n2026-10-03\n");
    data_kit_load(&kit);
    EXPECT_INT(day_of(2026, 10, 3), kit.data->as_of);
    EXPECT_STR(S("sales.csv:5:1 date-far"), data_kit_complaints(&kit));
    EXPECT_INT(4, dataset_table(kit.data, S("sales"))->nrows);
    EXPECT_INT(1, source_of(0)->rows_aside);
    data_kit_clear(&kit);
}

TEST(a_leap_of_31_days_is_none_and_two_far_rows_are_both_named)
{
    expect_sales("date\n2026-09-01\n2026-09-10\n2026-10-11\n",
                 "2026-09-01|-|-|-|open|- 2026-09-10|-|-|-|open|- 2026-10-11|-|-|-|open|-", "");
    expect_sales("date\n2026-09-01\n2026-09-10\n2026-10-12\n",
                 "2026-09-01|-|-|-|open|- 2026-09-10|-|-|-|open|-", "sales.csv:4:1 date-far");
}

TEST(a_sparse_book_and_several_rows_of_one_day_are_not_doubted)
{
    expect_sales("date\n2026-01-01\n2026-04-01\n2026-07-01\n2026-10-01\n",
                 "2026-01-01|-|-|-|open|- 2026-04-01|-|-|-|open|- 2026-07-01|-|-|-|open|- "
                 "2026-10-01|-|-|-|open|-",
                 "");
    expect_sales("date\n2026-01-01\n2026-01-02\n2026-10-01\n2026-10-01\n",
                 "2026-01-01|-|-|-|open|- 2026-01-02|-|-|-|open|- 2026-10-01|-|-|-|open|- "
                 "2026-10-01|-|-|-|open|-",
                 "");
    expect_sales("date\n2026-01-01\n2026-10-01\n",
                 "2026-01-01|-|-|-|open|- 2026-10-01|-|-|-|open|-", "");
}

TEST(a_given_as_of_date_doubts_no_date)
{
    open_shop("date\n2026-09-01\n2026-09-02\n2026-12-01\n");
    kit.options.as_of = day_of(2026, 12, 1);
    expect_load("2026-09-01|-|-|-|open|- 2026-09-02|-|-|-|open|- 2026-12-01|-|-|-|open|-", "");
}

/* ---- restrictions, hashes ---- */

/* The text with each path cut to its last part. */
static str without_folders(str text)
{
    struct buf b = {0};
    while (str_is_set(text)) {
        str line = str_cut(&text, '\n');
        size_t comma = str_find(line, S(","), 0);
        buf_add(&b, path_base(str_sub(line, 0, comma)));
        buf_add(&b, str_sub(line, comma, line.n));
        buf_add(&b, text.n ? S("\n") : S(""));
    }
    buf_addc(&b, '\n');
    str out = arena_str(kit.mem, buf_str(&b));
    buf_clear(&b);
    return out;
}

TEST(a_row_whose_cells_cannot_be_told_apart_is_restricted_whole)
{
    data_kit_init(&kit);
    data_kit_file(&kit, "systems/shop/tables.yaml",
                  "tables: {pay: {fields: {day: date, base: {type: money, audience: managers}}}}");
    data_kit_file(&kit, "book/pay.csv",
                  "day,base\n2026-10-01,5000,x\n2026-10-01,\"60\"00\n"
                  "2026-10-02,1234.567\n");
    data_kit_load(&kit);
    const struct table *t = dataset_table(kit.data, S("pay"));
    EXPECT_INT(2, t->rejects.n);
    EXPECT_STR(S("restricted"), t->rejects.at[0].raw);
    EXPECT_STR(S("restricted"), t->rejects.at[1].raw);
    EXPECT_STR(S("2026-10-01,5000,x"), t->rejects.at[0].full_raw);
    for (size_t i = 0; i < kit.diags.list.n; i++) {
        struct diag hidden = diag_hidden(&kit.diags.list.at[i]);
        str message = diag_message(kit.mem, &hidden);
        EXPECT_INT(message.n, str_find(message, S("1234.567"), 0)); /* rounded */
    }
    data_kit_clear(&kit);
}

TEST(a_head_that_may_be_a_restricted_one_misspelt_is_masked)
{
    data_kit_init(&kit);
    data_kit_file(&kit, "systems/shop/tables.yaml",
                  "tables: {pay: {fields: {day: date, base: {type: money, audience: managers}}}}");
    data_kit_file(&kit, "book/pay.csv", "day,bsae\nnever,5000\n");
    data_kit_load(&kit);
    EXPECT_STR(S("never,restricted"), dataset_table(kit.data, S("pay"))->rejects.at[0].raw);
    data_kit_clear(&kit);
}

TEST(a_restriction_goes_with_diagnostics_and_rejected_rows)
{
    data_kit_init(&kit);
    data_kit_file(&kit, "systems/shop/tables.yaml",
                  "tables: {pay: {fields: {day: date, base: {type: money, audience: managers}}}}");
    data_kit_file(&kit, "book/pay.csv", "day,base\n2026-10-01,lots\n2026-99-01,1\n2026-13-05,2\n");
    data_kit_load(&kit);
    const struct table *t = dataset_table(kit.data, S("pay"));
    EXPECT_STR(S("managers"), kit.diags.list.at[0].audience);
    EXPECT(!str_is_set(kit.diags.list.at[1].audience)); /* an open column, without the line */
    EXPECT(
        !str_is_set(kit.diags.list.at[2].audience)); /* nor with it: the other cells are masked */
    EXPECT_STR(S("2026-13-05,restricted"), kit.diags.list.at[2].line_was);
    EXPECT_STR(S("2026-05-13,restricted"), kit.diags.list.at[2].line_fixed);
    EXPECT_STR(S("managers"), t->rejects.at[1].audience);
    EXPECT_STR(
        S("file,line,reason,row\n"
          "pay.csv,2,base: restricted is not an amount like 1234.50,\"2026-10-01,restricted\"\n"
          "pay.csv,3,day: 2026-99-01 is not a date like 2026-10-30,\"2026-99-01,restricted\"\n"
          "pay.csv,4,day: 2026-13-05 is not a date like 2026-10-30,\"2026-13-05,restricted\"\n"),
        without_folders(rejects_csv(kit.mem, t, false)));
    str full = rejects_csv(kit.mem, t, true);
    EXPECT(str_find(full, S("base: lots is not an amount like 1234.50,\"2026-10-01,lots\""), 0) <
           full.n);
    data_kit_clear(&kit);
}

TEST(a_key_with_a_restricted_column_is_restricted_whole)
{
    data_kit_init(&kit);
    data_kit_file(&kit, "systems/shop/tables.yaml",
                  "tables: {pay: {primaryKey: [day, base], fields: {day: date, base: {type: "
                  "money, audience: managers}}}}");
    data_kit_file(&kit, "book/pay.csv", "day,base\n2026-10-01,5\n2026-10-01,5\n");
    data_kit_load(&kit);
    EXPECT_STR(S("pay.csv:3:1 row-key-twice"), data_kit_complaints(&kit));
    EXPECT_STR(S("managers"), kit.diags.list.at[0].audience);
    data_kit_clear(&kit);
}

static str hash_of_sales(const char *sales, const char *as_of)
{
    static char hex[40];
    open_shop(sales);
    kit.options.as_of = day_parse(str_of(as_of));
    data_kit_load(&kit);
    str h = hash128_hex(kit.mem, table_hash(kit.mem, dataset_table(kit.data, S("sales"))));
    memcpy(hex, h.p, h.n);
    data_kit_clear(&kit);
    return (str){hex, 32};
}

TEST(the_hash_of_a_table_is_that_of_the_rows_that_are_seen)
{
    struct arena *mem = arena_new();
    str one = arena_str(mem, hash_of_sales("date,order_id\n2026-10-01,A\n", "2026-10-15"));
    EXPECT_STR(one, hash_of_sales("order_id;date\nA;2026-10-01\n", "2026-10-15"));
    EXPECT_STR(one, hash_of_sales("date,order_id\n2026-10-01,A\n2026-10-16,B\n", "2026-10-15"));
    EXPECT(
        !str_eq(one, hash_of_sales("date,order_id\n2026-10-01,A\n2026-10-15,B\n", "2026-10-15")));
    EXPECT(!str_eq(one, hash_of_sales("date,person\n2026-10-01,A\n", "2026-10-15")));
    arena_free(mem);
}

/* ---- hostile files ---- */

static uint32_t next_random(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)*seed * below) >> 32);
}

/* The text with some bytes replaced by what breaks CSV, numbers, dates and encodings. */
static void mutate(struct buf *b, uint32_t *seed)
{
    static const str bits[] = {
        S("\""),   S("\n"), S("\r"), S(","),        S(";"),          S("\0"),
        S("\xFF"), S("é"),  S("中"), S("-"),        S("\"\"\""),     S("li.wei"),
        S("\t"),   S(" "),  S("%"),  S("\xFF\xFE"), S("2026-10-01"), S("99999999999999999999")};
    for (uint32_t n = next_random(seed, 12); n > 0; n--) {
        struct buf changed = {0};
        size_t at = next_random(seed, (uint32_t)b->n + 1);
        size_t gone = next_random(seed, 4) ? next_random(seed, 3) : next_random(seed, 40);
        buf_add(&changed, str_sub(buf_str(b), 0, at));
        buf_add(&changed, bits[next_random(seed, sizeof bits / sizeof *bits)]);
        buf_add(&changed, str_sub(buf_str(b), at + gone, b->n));
        buf_clear(b);
        *b = changed;
    }
}

static void expect_all_counted(const struct table *t)
{
    size_t used = 0, aside = 0;
    for (size_t i = 0; i < t->sources.n; i++) {
        const struct source *s = &t->sources.at[i];
        EXPECT_INT(s->rows_read, s->rows_used + s->rows_aside);
        used += s->rows_used;
        aside += s->rows_aside;
    }
    if (!t->made)
        EXPECT_INT(used, t->nrows);
    EXPECT_INT(aside, t->rejects.n);
    EXPECT(utf8_valid(rejects_csv(kit.mem, t, false), NULL));
    for (size_t row = 0; row < t->nrows; row++)
        for (size_t f = 0; f < t->schema->nfields; f++) {
            struct value v = table_value(t, f, row);
            EXPECT(v.kind != VALUE_TEXT || utf8_valid(v.s, NULL));
        }
}

TEST(whatever_stands_in_a_file_every_row_is_used_or_set_aside)
{
    uint32_t seed = 11;
    for (int round = 0; round < 300; round++) {
        struct buf sales = {0}, people = {0};
        buf_add(&sales,
                S("date,order_id,line,person,state,amount\n2026-10-01,A1,1,li.wei,won,1.50\n"
                  "2026-10-02,\"A\"\"2\",1,zhou,open,\"2\"\n2026-10-03,A3,1,li.wei,,3\n"));
        buf_add(&people, S("person;name;hired\nli.wei;Li Wei;2020-01-01\nzhou;\"Zhou\";\n"));
        mutate(&sales, &seed);
        mutate(&people, &seed);
        open_shop(NULL);
        data_kit_bytes(&kit, "book/sales-1.csv", buf_str(&sales));
        data_kit_bytes(&kit, "book/people.csv", buf_str(&people));
        if (round % 3 == 0)
            data_kit_bytes(&kit, "book/sales-2.csv", buf_str(&sales));
        data_kit_load(&kit);
        for (size_t i = 0; i < kit.data->tables.n; i++)
            expect_all_counted(kit.data->tables.at[i]);
        data_kit_clear(&kit);
        buf_clear(&sales);
        buf_clear(&people);
    }
}
