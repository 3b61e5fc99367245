/* Writes a seeded book of any size: big_book DIR LINES. 36 months up to 2026-10; 174 people in 6
 * regions, 30,000 customers, 2,000 products in 12 lines: a group's sales, not a shop's. An order
 * has three lines. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A customer buys from a basket of products. */
enum {
    BASKET = 25,
    PEOPLE = 174,
    REGIONS = 6,
    CUSTOMERS = 30000,
    PRODUCTS = 2000,
    LINES = 12,
    DAYS = 1096
};

static uint64_t state = 20261031;

/* xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift generators", 2016. */
static uint32_t draw(uint32_t below)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (uint32_t)((state * 2685821657736338717u) >> 33) % below;
}

/* In large pieces, as a file that is copied or read from a disk comes: Linux keeps what is written
 * in pieces of 4 KB in as many pages, and reads them from there at a fourth of the speed. */
static FILE *begin(const char *dir, const char *name, const char *head)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *out = fopen(path, "w");
    if (!out) {
        perror(path);
        exit(3);
    }
    setvbuf(out, NULL, _IOFBF, 1 << 20);
    fprintf(out, "%s\n", head);
    return out;
}

static void end(FILE *out)
{
    if (fclose(out) != 0) {
        perror("writing");
        exit(3);
    }
}

static void write_dimensions(const char *dir)
{
    FILE *out = begin(dir, "regions.csv", "region,name,level");
    for (int i = 0; i < REGIONS; i++)
        fprintf(out, "r%02d,Region %d,region\n", i, i);
    end(out);
    out = begin(dir, "people.csv", "person,name,role,region");
    for (int i = 0; i < PEOPLE; i++)
        fprintf(out, "p%03d,Person %d,sales,r%02d\n", i, i, i % REGIONS);
    end(out);
    out = begin(dir, "customers.csv", "customer,name,tier,status,region,owner");
    for (int i = 0; i < CUSTOMERS; i++)
        fprintf(out, "c%05d,Customer %d,%c,active,r%02d,p%03d\n", i, i, i < 20 ? 'A' : 'B' + i % 3,
                i % PEOPLE % REGIONS, i % PEOPLE);
    end(out);
    out = begin(dir, "products.csv", "product,name,line,list_price");
    for (int i = 0; i < PRODUCTS; i++)
        fprintf(out, "a%04d,Article %d,Line %d,%d.00\n", i, i, i % LINES, 10 + i % 90);
    end(out);
    out = begin(dir, "targets.csv", "period,scope,of,kind,amount");
    for (int month = 1; month <= 12; month++)
        for (int i = 0; i < PEOPLE; i++)
            fprintf(out, "2026-%02d,person,p%03d,revenue,%d.00\n", month, i, 100000 + i * 100);
    end(out);
}

/* Day d of the 1,096 from 2023-11-01 on. */
static void print_day(FILE *out, int d)
{
    static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = 2023, month = 10;
    for (;;) {
        int days = length[month] + (month == 1 && year % 4 == 0);
        if (d < days)
            break;
        d -= days;
        month++;
        year += month / 12;
        month %= 12;
    }
    fprintf(out, "%d-%02d-%02d", year, month + 1, d + 1);
}

static void write_sales(const char *dir, long lines)
{
    FILE *out = begin(dir, "sales.csv",
                      "date,order_id,line,person,customer,product,channel,quantity,amount");
    uint32_t customer = 0;
    for (long i = 0; i < lines; i++) {
        uint32_t quantity = 1 + draw(9);
        if (i % 3 == 0)
            customer = draw(CUSTOMERS);
        print_day(out, (int)(i * DAYS / lines));
        fprintf(out, ",o%ld,%ld,p%03u,c%05u,a%04u,direct,%u,%u.%02u\n", i / 3, i % 3 + 1,
                customer % PEOPLE, customer, (customer * BASKET + draw(BASKET)) % PRODUCTS,
                quantity, quantity * (10 + draw(90)), draw(100));
    }
    end(out);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("big_book DIR LINES\n", stderr);
        return 2;
    }
    mkdir(argv[1], 0755);
    write_dimensions(argv[1]);
    write_sales(argv[1], strtol(argv[2], NULL, 10));
    return 0;
}
