/* The contact list of the furniture maker, a part of furniture: people at companies that could
 * become dealers or have, 1,310 at home and 852 abroad, collected over years at fairs, from the
 * newspaper, the site and the telephone. Nobody has looked after most of them since.
 *
 * Dealers of dealers.csv have contacts of state dealer. One contact in fifty stands twice, written
 * in another way: a telephone number with another prefix, an e-mail address in capitals, a company
 * with its legal form.
 *
 * Planted:
 * - K0111 and K0112 are one: same telephone with and without +86, same company with and without its
 *   legal form, and looked after by two people.
 * - K1999, Berg & Fjord Interiors in Sweden, wants exclusive and was never answered. Everybody else
 *   abroad who wants exclusive was contacted.
 */
#include "book.h"

#include <string.h>

enum {
    NHOME = 1290,
    NFOREIGN = 850,
    TWIN = 112, /* is the one before it */
    NEVER_ANSWERED = 1999,
    ONE_IN = 50, /* stands twice */
};

struct contact {
    char key[16], name[80], company[120], phone[40], email[120];
    const char *kind, *country, *region, *owner, *state;
    day last_contact;
    bool wants_exclusive;
};

struct contacts {
    const struct book *book;
    struct rng rng;
    struct csv csv;
    int n;
};

static const char *const surnames[] = {"Wang", "Li",   "Zhang", "Liu", "Chen", "Yang", "Zhao",
                                       "Wu",   "Zhou", "Xu",    "Sun", "Ma",   "Zhu",  "Hu",
                                       "Guo",  "He",   "Lin",   "Gao", "Luo",  "Zheng"};
static const char *const given[] = {"Wei",  "Fang", "Na",   "Min",  "Jing", "Lei", "Jun",
                                    "Yang", "Yong", "Yan",  "Jie",  "Juan", "Tao", "Ming",
                                    "Chao", "Xia",  "Ping", "Gang", "Hua",  "Fei"};
static const char *const houses[] = {
    "Jinhe",     "Fenglin", "Aijia",     "Baili",   "Chengxin", "Dingsheng", "Enze",    "Fuhai",
    "Guoxin",    "Hengtai", "Jiayuan",   "Kaixuan", "Longteng", "Meijia",    "Nanfang", "Oubai",
    "Pengcheng", "Qifu",    "Rongsheng", "Senlin",  "Tongda",   "Weiye",     "Xinhe",   "Yongxing",
    "Zhengda",   "Anxin",   "Bohai",     "Chunlan", "Donghai",  "Hongda"};
static const char *const trades[] = {"Furniture", "Home",           "Home Mall",
                                     "Interiors", "Furniture City", "Wood"};
static const char *const endings[] = {"",     "an",  "bao", "da",   "fa",   "gang", "hua", "jia",
                                      "kang", "le",  "ma",  "ning", "peng", "qiao", "rui", "sha",
                                      "tai",  "wan", "xin", "ya",   "ze",   "zhou"};
static const char *const kinds[] = {"dealer", "furniture store", "mall", "decorator", "developer"};
static const char *const states[] = {"new", "contacted", "negotiating", "dealer", "refused"};

struct country {
    const char *code, *prefix, *domain;
    int weight;
    const char *first[4], *last[4], *company[4], *form;
};

static const struct country countries[] = {
    {"DE",
     "+49",
     "de",
     14,
     {"Anke", "Jörg", "Sabine", "Uwe"},
     {"Müller", "Schäfer", "Krüger", "Weiß"},
     {"Wohnwelt", "Möbelhof", "Küchen", "Einrichtungen"},
     "GmbH"},
    {"FR",
     "+33",
     "fr",
     10,
     {"Élise", "Jean", "Chloé", "Rémi"},
     {"Lefèvre", "Moreau", "Garnier", "Petit"},
     {"Maison", "Meubles", "Ateliers", "Décor"},
     "SARL"},
    {"ES",
     "+34",
     "es",
     8,
     {"José", "Lucía", "Íñigo", "Ana"},
     {"Núñez", "García", "Ibáñez", "Soler"},
     {"Muebles", "Casa", "Hogar", "Salones"},
     "S.L."},
    {"PL",
     "+48",
     "pl",
     9,
     {"Łukasz", "Agnieszka", "Paweł", "Zofia"},
     {"Wójcik", "Żak", "Kowalska", "Dąbrowski"},
     {"Meble", "Dom", "Wnętrza", "Salon"},
     "Sp. z o.o."},
    {"GB",
     "+44",
     "co.uk",
     10,
     {"Emma", "Oliver", "Grace", "Harry"},
     {"O'Neill", "Taylor", "Hughes", "Clarke"},
     {"Living", "Hearth", "Oak Rooms", "Interiors"},
     "Ltd"},
    {"US",
     "+1",
     "com",
     16,
     {"Mary", "James", "Linda", "Robert"},
     {"Smith", "Garcia", "Nguyen", "Miller"},
     {"Imports", "Home Goods", "Furnishings", "Outlet"},
     "Inc."},
    {"AE",
     "+971",
     "ae",
     9,
     {"Omar", "Fatima", "Khalid", "Mariam"},
     {"Al Nahyan", "Haddad", "Saleh", "Aziz"},
     {"Majlis", "Dar", "Souk", "Villa"},
     "LLC"},
    {"VN",
     "+84",
     "vn",
     8,
     {"Anh", "Minh", "Thảo", "Dũng"},
     {"Nguyễn", "Trần", "Lê", "Phạm"},
     {"Nội Thất", "Nhà Đẹp", "Gỗ", "Phòng"},
     "Co., Ltd"},
    {"RU",
     "+7",
     "ru",
     8,
     {"Ольга", "Иван", "Анна", "Пётр"},
     {"Смирнова", "Иванов", "Кузнецова", "Попов"},
     {"Мебель", "Дом", "Салон", "Уют"},
     "OOO"},
    {"AU",
     "+61",
     "com.au",
     8,
     {"Chloe", "Jack", "Mia", "Noah"},
     {"Brown", "Wilson", "Martin", "White"},
     {"Harbour", "Coast", "Outback", "Verandah"},
     "Pty Ltd"},
};

/* ---- one contact ---- */

static const char *pick(struct contacts *c, const char *const *list, int n)
{
    return list[rng_below(&c->rng, n)];
}

static const struct country *draw_country(struct contacts *c)
{
    int weights[COUNT(countries)];
    for (int i = 0; i < COUNT(countries); i++)
        weights[i] = countries[i].weight;
    return &countries[rng_weighted(&c->rng, weights, COUNT(countries))];
}

/* A city of the department, one time in three a county of it or of its province. */
static const char *draw_region(struct contacts *c)
{
    const struct book *book = c->book;
    for (;;) {
        const struct region *r = &book->regions[rng_below(&c->rng, book->nregions)];
        bool is_city = strcmp(r->level, "city") == 0;
        bool is_county = strcmp(r->level, "county") == 0;
        if (is_city || (is_county && rng_chance(&c->rng, 12)))
            return r->key;
    }
}

/* Whoever looks after customers in the area; nobody in two cases of three. */
static const char *draw_owner(struct contacts *c, const char *region)
{
    const struct book *book = c->book;
    if (!rng_chance(&c->rng, 34))
        return "";
    const char *area = *region ? area_of(book, region) : NULL;
    int seats[MAX_SEATS], n = 0;
    for (int i = 0; i < book->nseats; i++)
        if (area && strcmp(book->seats[i].area, area) == 0)
            seats[n++] = i;
    if (n == 0)
        return "";
    return book->people[holder(book, seats[rng_below(&c->rng, n)], LAST_MONTH)].key;
}

/* Owned ones were talked with; of the others a few, by people who have not told who. */
static void draw_state(struct contacts *c, struct contact *k)
{
    static const int owned[] = {8, 44, 22, 12, 14}, open[] = {76, 17, 2, 1, 4};
    k->state = states[rng_weighted(&c->rng, *k->owner ? owned : open, COUNT(states))];
    if (strcmp(k->state, "new") != 0)
        k->last_contact = LAST_DAY - rng_below(&c->rng, 900);
    bool is_home = strcmp(k->country, "CN") == 0;
    k->wants_exclusive =
        rng_chance(&c->rng, 15) && (k->last_contact || (is_home && rng_chance(&c->rng, 5)));
}

static const char *region_name(const struct book *book, const char *key)
{
    int i = 0;
    while (strcmp(book->regions[i].key, key) != 0)
        i++;
    return book->regions[i].name;
}

static void name_home(struct contacts *c, struct contact *k)
{
    const char *surname = pick(c, surnames, COUNT(surnames));
    const char *name = pick(c, given, COUNT(given));
    /* A name of its own: houses and endings in turn, and another trade once they are through. */
    int n = c->n, round = n / (COUNT(houses) * COUNT(endings));
    const char *house = houses[n % COUNT(houses)];
    const char *ending = endings[n / COUNT(houses) % COUNT(endings)];
    const char *trade = trades[(n + round) % COUNT(trades)];
    int number = rng_below(&c->rng, 100000000);
    int second = 30 + rng_below(&c->rng, 60);
    snprintf(k->name, sizeof k->name, "%s %s", surname, name);
    snprintf(k->company, sizeof k->company, "%s%s %s, %s", house, ending, trade,
             *k->region ? region_name(c->book, k->region) : "China");
    snprintf(k->phone, sizeof k->phone, "1%d %04d %04d", second, number / 10000, number % 10000);
    snprintf(k->email, sizeof k->email, "%s.%s%d@mail.example.cn", surname, name, c->n);
}

static void name_foreign(struct contacts *c, struct contact *k, const struct country *country)
{
    const char *first = pick(c, country->first, 4);
    const char *last = pick(c, country->last, 4);
    const char *company = pick(c, country->company, 4);
    int number = 100000000 + rng_below(&c->rng, 900000000);
    snprintf(k->name, sizeof k->name, "%s %s", first, last);
    snprintf(k->company, sizeof k->company, "%s %s %d", company, last, c->n);
    snprintf(k->phone, sizeof k->phone, "%s %03d %03d %03d", country->prefix, number / 1000000,
             number / 1000 % 1000, number % 1000);
    snprintf(k->email, sizeof k->email, "info%d@%d.example.%s", c->n, c->n, country->domain);
}

static void write_contact(struct contacts *c, const struct contact *k)
{
    csv_text(&c->csv, k->key);
    csv_text(&c->csv, k->name);
    csv_text(&c->csv, k->company);
    csv_text(&c->csv, k->kind);
    csv_text(&c->csv, k->country);
    csv_text(&c->csv, k->region);
    csv_text(&c->csv, k->phone);
    csv_text(&c->csv, k->email);
    csv_text(&c->csv, k->owner);
    csv_day(&c->csv, k->last_contact);
    csv_text(&c->csv, k->state);
    csv_bool(&c->csv, k->wants_exclusive);
    csv_end(&c->csv);
}

static void number_contact(struct contacts *c, struct contact *k)
{
    c->n++;
    snprintf(k->key, sizeof k->key, "K%04d", c->n);
}

/* One time in six telephone or e-mail are not known. */
static void forget(struct contacts *c, struct contact *k)
{
    int what = rng_below(&c->rng, 12);
    if (what == 0)
        k->phone[0] = '\0';
    else if (what == 1)
        k->email[0] = '\0';
}

/* ---- the same one again ---- */

static void upper(char *text)
{
    for (; *text; text++)
        if (*text >= 'a' && *text <= 'z')
            *text -= 'a' - 'A';
}

/* Written in another way; what was not known stays so, and what is left is enough to tell. */
static void write_again(struct contacts *c, struct contact k, const char *prefix, const char *form)
{
    char text[300];
    int how = rng_below(&c->rng, 3);
    number_contact(c, &k);
    if (how == 0 && k.phone[0]) {
        snprintf(text, sizeof text, "%s (0)%s", prefix, k.phone[0] == '+' ? k.phone + 3 : k.phone);
        snprintf(k.phone, sizeof k.phone, "%.39s", text);
        k.email[0] = '\0';
    } else if (how == 1 && k.email[0]) {
        upper(k.email);
        k.phone[0] = '\0';
    } else {
        k.phone[0] = k.email[0] = '\0';
    }
    if (how == 2 || rng_chance(&c->rng, 50)) {
        snprintf(text, sizeof text, "%s %s", k.company, form);
        snprintf(k.company, sizeof k.company, "%.119s", text);
    }
    k.owner = "";
    k.state = "new";
    k.last_contact = 0;
    k.wants_exclusive = false;
    write_contact(c, &k);
}

/* ---- home and abroad ---- */

static void add_home(struct contacts *c)
{
    static const int weights[] = {22, 40, 16, 14, 8};
    struct contact k = {.country = "CN"};
    number_contact(c, &k);
    k.kind = kinds[rng_weighted(&c->rng, weights, COUNT(kinds))];
    k.region = rng_chance(&c->rng, 9) ? "" : draw_region(c);
    k.owner = draw_owner(c, k.region);
    name_home(c, &k);
    draw_state(c, &k);
    forget(c, &k);
    write_contact(c, &k);
    if (c->n % ONE_IN == 0)
        write_again(c, k, "+86", "Co., Ltd.");
}

static void add_foreign(struct contacts *c)
{
    static const int weights[] = {46, 30, 12, 8, 4};
    const struct country *country = draw_country(c);
    struct contact k = {.country = country->code};
    number_contact(c, &k);
    k.kind = kinds[rng_weighted(&c->rng, weights, COUNT(kinds))];
    k.region = rng_chance(&c->rng, 30) ? "" : "export";
    k.owner = draw_owner(c, k.region);
    name_foreign(c, &k, country);
    draw_state(c, &k);
    forget(c, &k);
    write_contact(c, &k);
    if (c->n % ONE_IN == 0)
        write_again(c, k, country->prefix, country->form);
}

/* ---- what is planted ---- */

static void add_twins(struct contacts *c)
{
    struct contact k = {.kind = "furniture store",
                        .country = "CN",
                        .region = "wenzhou",
                        .owner = "li.wei",
                        .state = "negotiating",
                        .last_contact = day_of(2026, 9, 18)};
    number_contact(c, &k);
    snprintf(k.name, sizeof k.name, "Pan Xiaoling");
    snprintf(k.company, sizeof k.company, "Yuema Home, Wenzhou");
    snprintf(k.phone, sizeof k.phone, "138 0577 66120");
    snprintf(k.email, sizeof k.email, "pan@yuema.example.cn");
    write_contact(c, &k);
    number_contact(c, &k);
    snprintf(k.name, sizeof k.name, "潘小玲");
    snprintf(k.company, sizeof k.company, "YUEMA HOME WENZHOU CO., LTD.");
    snprintf(k.phone, sizeof k.phone, "+86-138-0577-66120");
    k.email[0] = '\0';
    k.owner = "shen.yue";
    k.state = "contacted";
    k.last_contact = day_of(2026, 3, 5);
    write_contact(c, &k);
}

static void add_never_answered(struct contacts *c)
{
    struct contact k = {.kind = "dealer",
                        .country = "SE",
                        .region = "export",
                        .owner = "",
                        .state = "new",
                        .wants_exclusive = true};
    number_contact(c, &k);
    snprintf(k.name, sizeof k.name, "Åsa Lindqvist");
    snprintf(k.company, sizeof k.company, "Berg & Fjord Interiors");
    snprintf(k.phone, sizeof k.phone, "+46 31 390 06 12");
    snprintf(k.email, sizeof k.email, "asa@bergfjord.example.se");
    write_contact(c, &k);
}

void write_contacts(const struct book *book)
{
    struct contacts c = {.book = book, .rng = rng_of(book->name, "contacts")};
    c.csv = csv_open(book->dir, "contacts",
                     "contact,name,company,kind,country,region,phone,email,owner,last_contact,"
                     "state,wants_exclusive");
    for (int i = 0; i < NHOME; i++)
        if (c.n == TWIN - 2)
            add_twins(&c);
        else
            add_home(&c);
    for (int i = 0; i < NFOREIGN; i++)
        if (c.n == NEVER_ANSWERED - 1)
            add_never_answered(&c);
        else
            add_foreign(&c);
    csv_close(&c.csv);
}
