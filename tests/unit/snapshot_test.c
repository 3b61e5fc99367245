#include "test.h"

#include "../../gen/book/changes.h"

/* Two builds of a small book, as they were published. */
static const char BEFORE[] =
    "salesbook snapshot,1,shop,everyone,2026-10-30,en,EUR,2,0123\n"
    "source,targets company,sales\n"
    "source,targets company,people\n"
    "figure,company,,,targets,revenue,Revenue,,,index,,money,10000\n"
    "figure,company,,,targets,attainment,Attainment,,percent1,index,,rate,0.5\n"
    "figure,person,a,Ann,targets,revenue,Revenue,,,person,a,money,4000\n"
    "table,people,One person,3,rows\n"
    "column,person,string,key\n"
    "column,name,string,cell\n"
    "column,since,date,cell\n"
    "row,people.csv,2,a,\"Ann, \"\"A\"\"\",2020-01-31\n"
    "row,,3,b,Bob,\n"
    "row,,4,c,Cem,\n"
    "table,sales,One line of an order,5,groups\n"
    "column,date,date,key\n"
    "column,person,string,key\n"
    "column,rows,integer,rows\n"
    "column,amount,money,cell\n"
    "column,print,integer,print\n"
    "group,2026-09-01,a,1,1000,5\n"
    "group,2026-09-02,a,1,1000,6\n"
    "group,2026-10-29,a,2,3000,7\n"
    "group,2026-10-30,b,1,5000,8\n";
/* A month later: September has become one group; b's row is another one, c is gone, Bob has a new
 * name. */
static const char NOW[] =
    "salesbook snapshot,1,shop,everyone,2026-11-02,en,EUR,2,0123\n"
    "source,targets company,sales\n"
    "figure,company,,,targets,revenue,Revenue,,,index,,money,12550\n"
    "figure,company,,,targets,attainment,Attainment,,percent1,index,,rate,0.5\n"
    "figure,person,a,Ann,targets,revenue,Revenue,,,person,a,money,6550\n"
    "table,people,One person,2,rows\n"
    "column,person,string,key\n"
    "column,name,string,cell\n"
    "column,since,date,cell\n"
    "row,staff.csv,2,b,Robert,\n"
    "row,,3,a,\"Ann, \"\"A\"\"\",2020-01-31\n"
    "table,sales,One line of an order,6,groups\n"
    "column,date,date,key\n"
    "column,person,string,key\n"
    "column,rows,integer,rows\n"
    "column,amount,money,cell\n"
    "column,print,integer,print\n"
    "group,2026-09,a,2,2000,11\n"
    "group,2026-10-29,a,3,5550,9\n"
    "group,2026-10-30,b,1,5000,10\n";

static str with_digest(struct arena *mem, str text)
{
    str digest = hash128_hex(mem, hash128_of(text));
    return arena_printf(mem, STR_FMT "end," STR_FMT "\n", STR_ARG(text), STR_ARG(digest));
}

static bool reads(struct arena *mem, struct snapshot *s, str text, struct diags *diags)
{
    diags_init(diags, mem);
    return snapshot_read(s, mem, S("x/snapshot.csv"), text, diags);
}

static str replaced(struct arena *mem, str text, const char *from, const char *to)
{
    size_t at = str_find(text, str_of(from), 0);
    return arena_printf(mem, STR_FMT "%s" STR_FMT, (int)at, text.p, to,
                        STR_ARG(str_sub(text, at + str_of(from).n, text.n)));
}

/* What changed between two such texts, as salesbook diff says it. */
static str changed(struct arena *mem, str before, str now)
{
    struct snapshot was, is;
    struct changes c = {.mem = mem};
    struct diags diags;
    struct buf out = {0};

    EXPECT(reads(mem, &was, with_digest(mem, before), &diags));
    EXPECT(reads(mem, &is, with_digest(mem, now), &diags));
    c.as_of_before = was.as_of;
    c.as_of_now = is.as_of;
    compare_tables(&c, &was, &is);
    compare_figures(&c, &was, &is);
    changes_text(&out, &c, S("old"), S("new"));
    str text = arena_str(mem, buf_str(&out));
    buf_clear(&out);
    return text;
}

TEST(two_builds_tell_rows_groups_and_figures)
{
    struct arena *mem = arena_new();
    EXPECT_STR(S("old (as of 2026-10-30) → new (as of 2026-11-02)\n"
                 "Tables\n"
                 "  people                  1 removed, 1 edited\n"
                 "      − people.csv:4  person c, name Cem\n"
                 "      ~ staff.csv:2  person b, name Bob → Robert\n"
                 "  sales                   1 added, 1 group of rows edited\n"
                 "      ~ sales  date 29 Oct 2026, person a, rows 2 → 3, amount 30.00 → 55.50\n"
                 "      ~ sales  date 30 Oct 2026, person b, other rows\n"
                 "Key figures\n"
                 "  Revenue                                 100 EUR → 126 EUR  +26 (+25.5\u202f%)\n"
                 "      ~ sales  date 29 Oct 2026, person a, rows 2 → 3, amount 30.00 → 55.50\n"
                 "      ~ sales  date 30 Oct 2026, person b, other rows\n"
                 "  Revenue, Ann                            40 EUR → 66 EUR  +26 (+63.8\u202f%)\n"
                 "  1 other did not move\n"),
               changed(mem, str_of(BEFORE), str_of(NOW)));
    EXPECT_STR(S("old (as of 2026-10-30) → new (as of 2026-10-30)\nNothing has changed.\n"),
               changed(mem, str_of(BEFORE), str_of(BEFORE)));
    arena_free(mem);
}

/* A column that only one build is grouped by is given up; a table that only one has in groups is
 * counted. */
TEST(tables_that_two_builds_tell_otherwise_are_compared_as_far_as_both_tell)
{
    struct arena *mem = arena_new();
    str text = str_of(NOW), plain = str_sub(text, 0, str_find(text, S("table,sales"), 0));
    str by_date = arena_printf(mem,
                               STR_FMT "table,sales,One line of an order,6,groups\n"
                                       "column,date,date,key\ncolumn,rows,integer,rows\n"
                                       "group,2026-09,2\ngroup,2026-10-29,2\ngroup,2026-10-30,2\n",
                               STR_ARG(plain));
    str by_row = arena_printf(mem,
                              STR_FMT "table,sales,One line of an order,2,rows\n"
                                      "column,date,date,cell\nrow,sales.csv,2,2026-10-29\n"
                                      "row,,3,2026-10-30\n",
                              STR_ARG(plain));
    str told = changed(mem, text, by_date);
    EXPECT(str_find(told, S("sales                   1 added, 1 removed\n"), 0) < told.n);
    EXPECT(str_find(told, S("~ sales  date 29 Oct 2026, rows 3 → 2\n"), 0) < told.n);
    told = changed(mem, text, by_row);
    EXPECT(str_find(told, S("sales                   4 removed\nKey"), 0) < told.n ||
           str_ends(told, S("sales                   4 removed\n")));
    told = changed(mem, text, plain);
    EXPECT(str_find(told, S("sales                   6 removed\n"), 0) < told.n);
    arena_free(mem);
}

TEST(a_snapshot_that_is_cut_or_edited_is_not_read)
{
    struct arena *mem = arena_new();
    struct snapshot s;
    struct diags diags;
    str whole = with_digest(mem, str_of(BEFORE));

    for (size_t n = 0; n < whole.n; n++) {
        EXPECT(!reads(mem, &s, arena_str(mem, str_sub(whole, 0, n)), &diags));
        EXPECT_INT(DIAG_SNAPSHOT_CUT, diags.list.at[0].id);
    }
    EXPECT(!reads(mem, &s, replaced(mem, whole, "money,10000", "money,10001"), &diags));
    EXPECT_INT(DIAG_SNAPSHOT_EDITED, diags.list.at[0].id);
    EXPECT(!reads(mem, &s, replaced(mem, whole, "Bob", "B\xff"), &diags));
    EXPECT_INT(DIAG_SNAPSHOT_EDITED, diags.list.at[0].id);
    EXPECT(!reads(mem, &s, replaced(mem, whole, "snapshot,1,", "snapshot,2,"), &diags));
    EXPECT_INT(DIAG_SNAPSHOT_VERSION, diags.list.at[0].id);
    EXPECT(reads(mem, &s, whole, &diags));
    arena_free(mem);
}

/* Whoever can reckon a digest can write anything: it is told by its line, and nothing is read
 * beyond its end. */
TEST(a_line_that_no_build_writes_is_told)
{
    static const struct {
        const char *from, *to;
        int line;
    } made[] = {
        {"EUR,2,", "EUR,9,", 1},
        {"source,targets company,sales", "source,targets company", 2},
        {"rate,0.5", "rate,half", 5},
        {"rate,0.5", "ratio,0.5", 5},
        {"rate,0.5", "rate,0.5,1", 5},
        {"One person,3", "One person,-3", 7},
        {"column,person,string,key", "column,person,string,lock", 8},
        {"column,person,string,key", "row,,3,b", 8},
        {"row,,3,b,Bob,", "row,,3,b,Bob", 12},
        {"row,,3,b,Bob,", "row,,x,b,Bob,", 12},
        {"row,,3,b,Bob,", "row", 12},
        {"row,,3,b,Bob,", "column,more,string,cell", 12},
        {"table,sales,", "table,people,", 14},
        {"2026-09-01,a,1,1000,5", "2026-09-01,a,one,1000,5", 20},
        {"2026-09-01,a,1,1000,5", "2026-09-01,a,1,1000", 20},
        {"2026-09-01,a,1,1000,5", "2026-09-01,a,1,\"1000,5", 20},
        {"2026-09-01,a,1,1000,5", "2026-09-01,a,,1000,5", 20},
        {"2026-09-01,a,1,1000,5", "2026-09-01,a,1.5,1000,5", 20},
        {"column,rows,integer,rows", "column,rows,string,rows", 17},
        {"figure,company", "figures,company", 4},
    };
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        struct arena *mem = arena_new();
        struct snapshot s;
        struct diags diags;
        str text = replaced(mem, str_of(BEFORE), made[i].from, made[i].to);
        EXPECT(!reads(mem, &s, with_digest(mem, text), &diags));
        if (diags.list.n)
            EXPECT_INT(made[i].line, diags.list.at[0].at.line);
        EXPECT(diags.nerrors > 0);
        arena_free(mem);
    }
}
