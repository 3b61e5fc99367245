/* A thousand messages: each with pages of its own, and of the pages of twenty regions. */
#include "../../gen/book/mail.h"

#include <unistd.h>

enum { PEOPLE = 1000, REGIONS = 20, MONTHS = 10 };

static bool write_table(str dir, const char *name, const struct buf *text, struct diags *diags)
{
    return file_write(path_join(diags->mem, dir, str_of(name)), buf_str(text), diags);
}

/* A book of people, what they sold each month, and what they were to sell. */
static bool write_book(str dir, struct diags *diags)
{
    struct buf book = {0}, people = {0}, sales = {0}, targets = {0}, card = {0};

    buf_add(&book,
            S("title: A thousand\ncurrency: CNY\naudiences: [everyone, managers]\n"
              "mail:\n  from: Sales <sales@acme.example>\n  reports:\n    monthly:\n"
              "      to: SELECT region AS of, email, name, person FROM people ORDER BY person\n"));
    buf_add(&people, S("person,name,role,region,email\n"));
    buf_add(&sales, S("date,order_id,person,amount\n"));
    buf_add(&targets, S("period,scope,of,kind,amount,state\n"));
    buf_add(&card,
            S("role,region,measure,weight,floor,full,cap\nsales,,attainment,100,0.5,1,1.5\n"));
    for (int i = 0; i < PEOPLE; i++) {
        buf_addf(&people, "p%d,Person %d,sales,r%d,p%d@acme.example\n", i, i, i % REGIONS, i);
        for (int m = 1; m <= MONTHS; m++) {
            buf_addf(&sales, "2026-%02d-%02d,S%d-%d,p%d,%d\n", m, 10 + i % 9, i, m, i,
                     1000 + (i * 7919 + m * 104729) % 9000);
            buf_addf(&targets, "2026-%02d,person,p%d,revenue,%d,agreed\n", m, i,
                     5000 + (i * 37 + m) % 3000);
        }
    }
    bool ok = write_table(dir, "book.yaml", &book, diags) &&
              write_table(dir, "people.csv", &people, diags) &&
              write_table(dir, "sales.csv", &sales, diags) &&
              write_table(dir, "targets.csv", &targets, diags) &&
              write_table(dir, "scorecard.csv", &card, diags);
    buf_clear(&book);
    buf_clear(&people);
    buf_clear(&sales);
    buf_clear(&targets);
    buf_clear(&card);
    return ok;
}

/* One line: how long the book took, and how long the messages. */
static bool measure(str dir, str output, const char *report)
{
    struct arena *mem = arena_new();
    struct book book;
    struct mailing m = {0};
    struct diags diags;
    struct mail_options options = {.report = str_of(report),
                                   .output = output,
                                   .open = {.as_of = DAY_NONE, .report = str_of(report)},
                                   .jobs = (int)sysconf(_SC_NPROCESSORS_ONLN)};
    diags_init(&diags, mem);
    double start = clock_ms();
    bool ok = book_read(mem, dir, templates_dir(mem), &book, &diags) &&
              mail_prepare(mem, &book, &options, &m, &diags);
    double ready = clock_ms();
    ok = ok && mail_make(&m, NULL, &diags);
    double made = clock_ms();
    printf("mail: %zu messages, %s: %.0f ms, and %.0f ms before for reading and models\n", m.list.n,
           report, made - ready, ready - start);
    if (!ok)
        diags_print(&diags, DIAG_TEXT, stderr, false, true);
    mailing_close(&m);
    arena_free(mem);
    return ok;
}

int main(int argc, char **argv)
{
    struct arena *mem = arena_new();
    struct diags diags;
    diags_init(&diags, mem);
    str bench = str_of(argc > 1 ? argv[1] : "output/bench");
    str dir = path_join(mem, bench, S("mail")), output = path_join(mem, bench, S("mail-output"));

    bool ok = write_book(dir, &diags) && measure(dir, output, "scorecard") &&
              measure(dir, output, "monthly");
    diags_print(&diags, DIAG_TEXT, stderr, false, true);
    arena_free(mem);
    return ok ? 0 : 1;
}
