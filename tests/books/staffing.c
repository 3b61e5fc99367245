/* positions.csv and duties.csv of security and furniture: units are teams, positions are roles.
 *
 * Planted, each vacant for more than 90 days: in security a third salesperson of the West group,
 * planned from 2026-06-01 on; in furniture the third of Hunan, who was there for two weeks only,
 * until 2026-03-31. A younger one: the third of Shaanxi, from 2026-09-01 on. */
#include "book.h"

#include <string.h>

struct place {
    const char *unit, *position;
    int planned;
    const char *starts, *ends;
};

static const struct place security[] = {
    {"Head office", "head", 1, "2012-03-01", ""},
    {"Head office", "operations", 1, "2019-05-01", ""},
    {"North group", "regional manager", 1, "2013-01-01", ""},
    {"North group", "sales", 2, "2017-01-01", ""},
    {"East group", "regional manager", 1, "2013-01-01", ""},
    {"East group", "sales", 2, "2018-01-01", ""},
    {"South group", "regional manager", 1, "2015-01-01", ""},
    {"South group", "sales", 2, "2016-01-01", ""},
    {"West group", "regional manager", 1, "2016-01-01", ""},
    {"West group", "sales", 2, "2018-01-01", "2026-05-31"},
    {"West group", "sales", 3, "2026-06-01", ""},
};

static const struct place furniture[] = {
    {"Head office", "head", 1, "2010-01-01", ""},
    {"East management", "regional manager", 1, "2013-01-01", ""},
    {"South management", "regional manager", 1, "2011-01-01", ""},
    {"Central management", "regional manager", 1, "2016-01-01", ""},
    {"West management", "regional manager", 1, "2017-01-01", ""},
    {"Zhejiang", "sales", 2, "2015-01-01", ""},
    {"Jiangsu", "sales", 2, "2014-01-01", ""},
    {"Guangdong", "sales", 2, "2012-01-01", ""},
    {"Fujian", "sales", 2, "2017-01-01", ""},
    {"Hubei", "sales", 2, "2016-01-01", ""},
    {"Hunan", "sales", 2, "2018-01-01", "2025-12-31"},
    {"Hunan", "sales", 3, "2026-01-01", ""},
    {"Sichuan", "sales", 2, "2015-01-01", ""},
    {"Shaanxi", "sales", 2, "2019-01-01", "2026-08-31"},
    {"Shaanxi", "sales", 3, "2026-09-01", ""},
    {"Export", "export sales", 1, "2016-01-01", ""},
};

/* The parts of each position in a duty: R does it, A answers for it, C is asked, I is told. */
static const struct {
    const char *duty, *head, *operations, *manager, *sales;
} duties[] = {
    {"Targets of the year", "A", "C", "R", "C"}, {"Visits to customers", "I", "", "A", "R"},
    {"Offers and prices", "C", "", "A", "R"},    {"Approval of discounts", "A", "", "R", "I"},
    {"Files of customers", "", "R", "A", "R"},   {"Collection of receivables", "I", "R", "A", "R"},
    {"Monthly report", "A", "R", "C", "I"},      {"Assessment of people", "A", "C", "R", "I"},
};

static void duty_row(struct csv *csv, const char *duty, const char *position, const char *part)
{
    if (!*part)
        return;
    csv_text(csv, duty);
    csv_text(csv, position);
    csv_text(csv, part);
    csv_end(csv);
}

static void write_places(const struct book *book, const struct place *place, int n)
{
    struct csv csv = csv_open(book->dir, "positions", "unit,position,planned,starts,ends");
    for (int i = 0; i < n; i++) {
        csv_text(&csv, place[i].unit);
        csv_text(&csv, place[i].position);
        csv_whole(&csv, place[i].planned);
        csv_text(&csv, place[i].starts);
        csv_text(&csv, place[i].ends);
        csv_end(&csv);
    }
    csv_close(&csv);
}

/* Furniture has no operations. */
static void write_duties(const struct book *book, bool operations)
{
    struct csv csv = csv_open(book->dir, "duties", "duty,position,part");
    for (int i = 0; i < COUNT(duties); i++) {
        duty_row(&csv, duties[i].duty, "head", duties[i].head);
        if (operations)
            duty_row(&csv, duties[i].duty, "operations", duties[i].operations);
        duty_row(&csv, duties[i].duty, "regional manager", duties[i].manager);
        duty_row(&csv, duties[i].duty, "sales", duties[i].sales);
    }
    csv_close(&csv);
}

void write_staffing(const struct book *book)
{
    bool is_security = strcmp(book->name, "security") == 0;
    if (is_security)
        write_places(book, security, COUNT(security));
    else
        write_places(book, furniture, COUNT(furniture));
    write_duties(book, is_security);
}
