#include "kit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void fail(const char *what)
{
    fprintf(stderr, "books: %s: %s\n", what, strerror(errno));
    exit(1);
}

/* ---- chance ---- */

static uint64_t rng_next(struct rng *rng)
{
    uint64_t z = rng->state += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

/* FNV-1a (Fowler, Noll & Vo) over "book/table". */
struct rng rng_of(const char *book, const char *table)
{
    const char *part[] = {book, "/", table};
    struct rng rng = {0xcbf29ce484222325};
    for (int i = 0; i < 3; i++)
        for (const char *p = part[i]; *p; p++)
            rng.state = (rng.state ^ (unsigned char)*p) * 0x100000001b3;
    return rng;
}

int rng_below(struct rng *rng, int n)
{
    return (int)(rng_next(rng) % (uint64_t)n);
}

int rng_range(struct rng *rng, int lo, int hi)
{
    return lo + rng_below(rng, hi - lo + 1);
}

bool rng_chance(struct rng *rng, int percent)
{
    return rng_below(rng, 100) < percent;
}

int rng_day(struct rng *rng, int from, int to)
{
    return rng_range(rng, day_of(from, 1, 1), day_of(to, 12, 31));
}

int rng_weighted(struct rng *rng, const int *weight, int n)
{
    int sum = 0;
    for (int i = 0; i < n; i++)
        sum += weight[i];
    if (sum == 0)
        return -1;

    int left = rng_below(rng, sum);
    int i = 0;
    while (left >= weight[i])
        left -= weight[i++];
    return i;
}

/* Gives one more to the part with the largest remainder, which is then used up. */
static void raise_one(int64_t *remainder, int64_t *part, int n)
{
    int largest = 0;
    for (int i = 1; i < n; i++)
        if (remainder[i] > remainder[largest])
            largest = i;
    part[largest]++;
    remainder[largest] = -1;
}

void share_out(int64_t total, const int64_t *weight, int n, int64_t *part)
{
    int64_t sum = 0;
    for (int i = 0; i < n; i++)
        sum += weight[i];

    int64_t *remainder = items_resize(NULL, (size_t)n, sizeof *remainder);
    int64_t left = total;
    for (int i = 0; i < n; i++) {
        part[i] = total * weight[i] / sum;
        remainder[i] = total * weight[i] % sum;
        left -= part[i];
    }
    while (left-- > 0)
        raise_one(remainder, part, n);
    free(remainder);
}

/* ---- calendar ---- */

/* Howard Hinnant, chrono-compatible low-level date algorithms; years after 0. */
day day_of(int year, int of_year, int of_month)
{
    int y = of_year > 2 ? year : year - 1;
    int era = y / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (of_year > 2 ? of_year - 3 : of_year + 9) + 2) / 5 + of_month - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

day day_parse(const char *iso)
{
    int year = (int)strtol(iso, NULL, 10);
    int of_year = (int)strtol(iso + 5, NULL, 10);
    int of_month = (int)strtol(iso + 8, NULL, 10);
    return day_of(year, of_year, of_month);
}

day month_first(month m)
{
    return day_of(m / 12, m % 12 + 1, 1);
}

day month_last(month m)
{
    return month_first(m + 1) - 1;
}

month month_of(day date)
{
    month m = MONTH(1970, 1) + date / 31;
    while (month_last(m) < date)
        m++;
    return m;
}

int weekday(day date)
{
    return (date + 3) % 7;
}

struct iso month_iso(month m)
{
    struct iso iso;
    snprintf(iso.text, sizeof iso.text, "%04d-%02d", m / 12, m % 12 + 1);
    return iso;
}

struct iso day_iso(day date)
{
    month m = month_of(date);
    struct iso iso = month_iso(m);
    snprintf(iso.text + 7, sizeof iso.text - 7, "-%02d", date - month_first(m) + 1);
    return iso;
}

/* ---- CSV ---- */

struct csv csv_open(const char *dir, const char *name, const char *header)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s.csv", dir, name);
    struct csv csv = {.file = fopen(path, "wb"), .path = name};
    if (!csv.file)
        fail(path);
    fprintf(csv.file, "%s\n", header);
    return csv;
}

static void next_cell(struct csv *csv)
{
    if (csv->in_row)
        putc(',', csv->file);
    csv->in_row = true;
}

void csv_text(struct csv *csv, const char *text)
{
    next_cell(csv);
    if (!strpbrk(text, ",\"\r\n")) {
        fputs(text, csv->file);
        return;
    }
    putc('"', csv->file);
    for (; *text; text++) {
        if (*text == '"')
            putc('"', csv->file);
        putc(*text, csv->file);
    }
    putc('"', csv->file);
}

void csv_whole(struct csv *csv, int64_t number)
{
    next_cell(csv);
    fprintf(csv->file, "%lld", (long long)number);
}

void csv_known(struct csv *csv, int64_t number)
{
    if (number)
        csv_whole(csv, number);
    else
        csv_text(csv, "");
}

void csv_money(struct csv *csv, int64_t cents)
{
    next_cell(csv);
    long long size = llabs((long long)cents);
    fprintf(csv->file, "%s%lld.%02lld", cents < 0 ? "-" : "", size / 100, size % 100);
}

void csv_day(struct csv *csv, day date)
{
    csv_text(csv, date ? day_iso(date).text : "");
}

void csv_bool(struct csv *csv, bool yes)
{
    csv_text(csv, yes ? "yes" : "no");
}

void csv_end(struct csv *csv)
{
    putc('\n', csv->file);
    csv->in_row = false;
}

void csv_close(struct csv *csv)
{
    bool written = !ferror(csv->file);
    if (fclose(csv->file) != 0 || !written)
        fail(csv->path);
}

/* ---- memory ---- */

void *items_resize(void *items, size_t n, size_t size)
{
    void *resized = realloc(items, n * size);
    if (!resized)
        fail("memory");
    return resized;
}
