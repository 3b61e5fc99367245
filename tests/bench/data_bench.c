/* How fast a CSV file is read, typed and checked, against what bare libcsv reaches on the same
 * bytes:
 *
 *     gen/build/data_bench FOLDER [MEGABYTES]
 *
 * writes a sales file and its dimension tables into FOLDER (50 MB, always the same), reads it five
 * times in each way, and prints the best of each and the ratio: bare, typed and checked, and loaded
 * into SQLite too. Exit status 1 below a half, or with loading below a twelfth. */
#include <csv.h>

#include "../../gen/query/query.h"

/* ---- a file that is always the same ---- */

/* Numerical Recipes' quick generator: plausible data, not cryptography. */
static uint32_t next(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)*seed * below) >> 32);
}

static void write_dimension(str folder, const char *table, const char *prefix, int n)
{
    struct arena *mem = arena_new();
    struct buf b = {0};
    struct diags diags;
    diags_init(&diags, mem);
    buf_addf(&b, "%s,name,region\n", table);
    for (int i = 0; i < n; i++)
        buf_addf(&b, "%s%d,Name of %s %d,r%d\n", prefix, i, table, i, i % 30);
    const char *plural = str_eq(str_of(table), S("person")) ? "people" : NULL;
    str file = plural ? arena_printf(mem, "%s.csv", plural) : arena_printf(mem, "%ss.csv", table);
    if (!file_write(path_join(mem, folder, file), buf_str(&b), &diags))
        die("cannot write into " STR_FMT, STR_ARG(folder));
    buf_clear(&b);
    arena_free(mem);
}

/* An order of one to three lines. */
static void add_order(struct buf *b, uint32_t *seed, day date, uint32_t number)
{
    static const char *const channels[] = {"direct", "dealer", "online", "phone"};
    uint32_t person = next(seed, 200), customer = next(seed, 2000), channel = next(seed, 4);
    uint32_t nlines = 1 + next(seed, 3);
    int year, month, dom;
    day_split(date, &year, &month, &dom);
    for (uint32_t line = 1; line <= nlines; line++)
        buf_addf(b, "%04d-%02d-%02d,SO-%07u,%u,p%u,c%u,x%u,%s,%u,%u.%02u\n", year, month, dom,
                 number, line, person, customer, next(seed, 400), channels[channel],
                 1 + next(seed, 40), 10 + next(seed, 9000), next(seed, 100));
}

static void write_sales(str folder, size_t bytes)
{
    struct arena *mem = arena_new();
    struct buf b = {0};
    struct diags diags;
    uint32_t seed = 42, order = 0;
    diags_init(&diags, mem);
    buf_add(&b, S("date,order_id,line,person,customer,product,channel,quantity,amount\n"));
    size_t orders = bytes / 112 + 1;
    while (b.n < bytes) {
        day date = day_of(2024, 1, 1) + (day)(order * (uint64_t)1000 / orders);
        add_order(&b, &seed, date, order++);
    }
    if (!file_write(path_join(mem, folder, S("sales.csv")), buf_str(&b), &diags))
        die("cannot write into " STR_FMT, STR_ARG(folder));
    buf_clear(&b);
    arena_free(mem);
}

static const char tables[] =
    "tables:\n"
    "  people: {dimension: yes, primaryKey: person, fields: {person: string, name: string, region: "
    "string}}\n"
    "  customers: {dimension: yes, primaryKey: customer, fields: {customer: string, name: string, "
    "region: string}}\n"
    "  products: {dimension: yes, primaryKey: product, fields: {product: string, name: string, "
    "region: string}}\n"
    "  sales:\n"
    "    fact: date\n"
    "    primaryKey: [order_id, line]\n"
    "    foreignKeys: {person: people, customer: customers, product: products}\n"
    "    fields:\n"
    "      date: {type: date, required: yes}\n"
    "      order_id: {type: string, required: yes}\n"
    "      line: {type: integer, minimum: 1}\n"
    "      person: {type: string}\n"
    "      customer: {type: string}\n"
    "      product: {type: string}\n"
    "      channel: {type: string, enum: [direct, dealer, online, phone]}\n"
    "      quantity: {type: integer, minimum: 0}\n"
    "      amount: {type: money, required: yes}\n";

static void write_book(str folder, size_t bytes)
{
    struct arena *mem = arena_new();
    struct diags diags;
    diags_init(&diags, mem);
    write_sales(folder, bytes);
    write_dimension(folder, "person", "p", 200);
    write_dimension(folder, "customer", "c", 2000);
    write_dimension(folder, "product", "x", 400);
    str path = path_join(mem, folder, S("systems/shared/tables.yaml"));
    if (!file_write(path, str_of(tables), &diags))
        die("cannot write into " STR_FMT, STR_ARG(folder));
    arena_free(mem);
}

/* ---- the two ways ---- */

/* Processor time, so that what else the machine does counts less. */
static double cpu_ms(void)
{
    return (double)clock() * 1000 / CLOCKS_PER_SEC;
}

static void no_field(void *bytes, size_t n, void *arg)
{
    (void)bytes;
    (void)n;
    (void)arg;
}

static void no_row(int terminator, void *arg)
{
    (void)terminator;
    (void)arg;
}

/* Milliseconds to read the file and hand it to libcsv whole. */
static double bare_ms(str folder, size_t *bytes)
{
    struct arena *mem = arena_new();
    struct diags diags;
    struct csv_parser parser;
    str text;
    diags_init(&diags, mem);
    double start = cpu_ms();
    if (!file_read(mem, path_join(mem, folder, S("sales.csv")), &text, &diags))
        die("cannot read the file again");
    csv_init(&parser, CSV_STRICT);
    csv_parse(&parser, text.p, text.n, no_field, no_row, NULL);
    csv_fini(&parser, no_field, no_row, NULL);
    csv_free(&parser);
    double ms = cpu_ms() - start;
    *bytes = text.n;
    arena_free(mem);
    return ms;
}

static void load(struct arena *mem, const struct dataset *d, const struct language *lang,
                 struct diags *diags)
{
    struct store *s = store_new(mem, d, lang, 1, diags);
    if (!s || !store_load(s, NULL, 0, NULL, 0, diags))
        die("the tables of the bench cannot be loaded");
    store_free(s);
}

/* Milliseconds to read it into typed columns, keys and references checked; and, if `loaded`, to
 * write every row into SQLite. */
static double typed_ms(str folder, bool loaded, size_t *rows)
{
    struct arena *mem = arena_new();
    struct diags diags;
    struct model model;
    diags_init(&diags, mem);
    double start = cpu_ms();
    if (!model_read(mem, folder, (str){0}, &model, &diags))
        die("the tables of the bench are broken");
    struct load_options options = {.book = folder, .shown = folder, .as_of = DAY_NONE};
    options.lang.money_decimals = 2;
    struct dataset *d = data_load(mem, &model, &options, &diags);
    *rows = dataset_table(d, S("sales"))->nrows;
    if (loaded)
        load(mem, d, &options.lang, &diags);
    double ms = cpu_ms() - start;
    if (diags.nerrors || diags.nwarnings)
        diags_print(&diags, DIAG_TEXT, stderr, false, true);
    arena_free(mem);
    return ms;
}

int main(int argc, char **argv)
{
    int64_t megabytes = 50;
    if (argc < 2 || (argc > 2 && !parse_integer(str_of(argv[2]), &megabytes)))
        die("usage: data_bench FOLDER [MEGABYTES]");
    str folder = str_of(argv[1]);
    write_book(folder, (size_t)megabytes << 20);

    size_t bytes = 0, rows = 0;
    double bare = 1e9, typed = 1e9, loaded = 1e9;
    for (int i = 0; i < 5; i++) {
        double ms = bare_ms(folder, &bytes);
        bare = ms < bare ? ms : bare;
        ms = typed_ms(folder, false, &rows);
        typed = ms < typed ? ms : typed;
        ms = typed_ms(folder, true, &rows);
        loaded = ms < loaded ? ms : loaded;
    }
    double size = (double)bytes / 1e6;
    printf("%zu rows, %.0f MB: libcsv alone %.0f MB/s, typed and checked %.0f MB/s, ratio %.2f "
           "(at least 0.50)\n",
           rows, size, size / bare * 1000, size / typed * 1000, bare / typed);
    printf("loaded into SQLite %.0f MB/s, ratio 1/%.1f (at least 1/12)\n", size / loaded * 1000,
           loaded / bare);
    return bare / typed < 0.5 || loaded / bare > 12;
}
