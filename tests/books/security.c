/* The book "security": a vendor of network-security products to public bodies. */
#include "book.h"

#include <string.h>

/* Provinces are real, their figures about those of 2023. Cities are invented. */
static const struct region regions[] = {
    {"cn", "China", "country", "", 1409670000, 1260582, 2},
    {"north", "North", "region", "cn", 196760000, 179772, 0},
    {"east", "East", "region", "cn", 176390000, 257994, 0},
    {"south", "South", "region", "cn", 219150000, 217230, 0},
    {"west", "West", "region", "cn", 155130000, 124065, 0},
    {"beijing", "Beijing", "province", "north", 21860000, 43761, 13},
    {"hebei", "Hebei", "province", "north", 73930000, 43944, 12},
    {"shandong", "Shandong", "province", "north", 100970000, 92067, 3},
    {"shanghai", "Shanghai", "province", "east", 24870000, 47219, 11},
    {"jiangsu", "Jiangsu", "province", "east", 85260000, 128222, 2},
    {"zhejiang", "Zhejiang", "province", "east", 66270000, 82553, 4},
    {"guangdong", "Guangdong", "province", "south", 127060000, 135673, 1},
    {"fujian", "Fujian", "province", "south", 41830000, 54355, 8},
    {"guangxi", "Guangxi", "province", "south", 50270000, 27202, 19},
    {"sichuan", "Sichuan", "province", "west", 83680000, 60133, 5},
    {"shaanxi", "Shaanxi", "province", "west", 39520000, 33786, 14},
    {"chongqing", "Chongqing", "province", "west", 31910000, 30146, 17},
    {"xijiao", "Xijiao", "city", "beijing", 2130000, 3120, 0},
    {"linhe", "Linhe", "city", "hebei", 4410000, 2680, 0},
    {"baisha", "Baisha", "city", "shandong", 6380000, 5240, 0},
    {"guanlan", "Guanlan", "city", "shandong", 3520000, 2950, 0},
    {"dongtan", "Dongtan", "city", "shanghai", 1940000, 3860, 0},
    {"linjiang", "Linjiang", "city", "jiangsu", 5270000, 7410, 0},
    {"jinghu", "Jinghu", "city", "jiangsu", 3120000, 3990, 0},
    {"yuyao-xin", "Yuyao Xin", "city", "zhejiang", 2870000, 3540, 0},
    {"nanwan", "Nanwan", "city", "guangdong", 7150000, 9820, 0},
    {"meizhou-bei", "Meizhou Bei", "city", "fujian", 2660000, 1870, 0},
    {"liuhe", "Liuhe", "city", "guangxi", 3340000, 1650, 0},
    {"jinsha", "Jinsha", "city", "sichuan", 5940000, 4130, 0},
    {"weinan-xi", "Weinan Xi", "city", "shaanxi", 3080000, 1720, 0},
    {"shuangqiao", "Shuangqiao", "city", "chongqing", 2450000, 2010, 0},
};

struct city {
    const char *region, *chinese, *latin;
};

static const struct city cities[] = {
    {"xijiao", "西郊市", "Xijiao"},         {"linhe", "临河市", "Linhe"},
    {"baisha", "白沙市", "Baisha"},         {"guanlan", "观澜市", "Guanlan"},
    {"dongtan", "东滩市", "Dongtan"},       {"linjiang", "临江市", "Linjiang"},
    {"jinghu", "镜湖市", "Jinghu"},         {"yuyao-xin", "余姚新市", "Yuyao Xin"},
    {"nanwan", "南湾市", "Nanwan"},         {"meizhou-bei", "梅洲北市", "Meizhou Bei"},
    {"liuhe", "柳河市", "Liuhe"},           {"jinsha", "金沙市", "Jinsha"},
    {"weinan-xi", "渭南西市", "Weinan Xi"}, {"shuangqiao", "双桥市", "Shuangqiao"},
};

/* A customer in each city but where another list says otherwise. */
struct body {
    const char *chinese, *latin, *industry;
    int weight;
};

static const struct body bodies[] = {
    {"公安局", "Public Security Bureau", "public security", 6},
    {"大数据局", "Data Bureau", "government", 5},
    {"政务服务中心", "Government Service Centre", "government", 4},
    {"税务局", "Tax Office", "government", 4},
    {"第一中级法院", "Court", "legal", 4},
    {"人民检察院", "Procuratorate", "legal", 3},
    {"军分区", "Garrison", "military", 4},
};

struct special {
    const char *name, *kind, *industry, *region, *country;
    int weight;
};

/* Names that a page, a CSV file or a query must survive. */
static const struct special specials[] = {
    {"Müller & Söhne \"Sicherheit\" <GmbH>", "integrator", "integration", "dongtan", "DE", 4},
    {"O'Neill Networks, Ltd.", "integrator", "integration", "nanwan", "IE", 3},
    {"Łódź Integracja, S.A.", "integrator", "integration", "linjiang", "PL", 2},
    {"=SUM Secure Systems", "integrator", "integration", "baisha", "CN", 2},
    {"西部战区某部 (Western Unit 7)", "end user", "military", "jinsha", "CN", 4},
    {"金沙市消防支队", "end user", "public security", "jinsha", "CN", 3},
    {"渭南西市司法局", "end user", "legal", "weinan-xi", "CN", 2},
    {"Nanwan Port Authority", "end user", "government", "nanwan", "CN", 4},
    {"Baisha Armed Forces Department", "end user", "military", "baisha", "CN", 3},
    {"镜湖市网络安全保卫支队", "end user", "public security", "jinghu", "CN", 4},
    {"Dongtan Customs", "end user", "government", "dongtan", "CN", 4},
    {"Liuhe \"Safe City\" Office", "end user", "public security", "liuhe", "CN", 2},
};

enum {
    NORTH_LEAD,
    NORTH_SUN,
    NORTH_GUO,
    EAST_LEAD,
    EAST_LI,
    EAST_ZOE,
    SOUTH_LEAD,
    SOUTH_JOSE,
    SOUTH_LIN,
    WEST_LEAD,
    WEST_LUO,
    WEST_LUKASZ,
};

static const struct seat seats[] = {
    [NORTH_LEAD] = {"north", {5600, 6000, 6500}, 1, 16},
    [NORTH_SUN] = {"north", {5200, 5800, 6400}, 1, 24},
    [NORTH_GUO] = {"north", {4600, 5000, 5500}, 1, 24},
    [EAST_LEAD] = {"east", {5400, 5800, 6300}, 1, 16},
    [EAST_LI] = {"east", {5000, 5500, 6100}, 1, 24},
    [EAST_ZOE] = {"east", {4200, 4700, 5200}, 1, 22},
    [SOUTH_LEAD] = {"south", {4400, 4700, 5100}, 1, 16},
    [SOUTH_JOSE] = {"south", {4200, 4500, 4900}, 1, 24},
    [SOUTH_LIN] = {"south", {3600, 3900, 4200}, 2, 26},
    [WEST_LEAD] = {"west", {3500, 3800, 4200}, 1, 16},
    [WEST_LUO] = {"west", {3300, 3600, 4000}, 1, 24},
    [WEST_LUKASZ] = {"west", {3000, 3300, 3600}, 1, 24},
};

static const struct person people[] = {
    {"chen.guohua", "Chen Guohua", "head", "cn", "Head office", "", NO_SEAT, "2012-03-01", ""},
    {"fu.yan", "Fu Yan", "operations", "cn", "Head office", "chen.guohua", NO_SEAT, "2019-05-06",
     "2025-12-31"},
    {"wang.fang", "王芳", "operations", "cn", "Head office", "chen.guohua", NO_SEAT, "2025-12-01",
     ""},
    {"li.wei", "Li Wei", "regional manager", "north", "North group", "chen.guohua", NORTH_LEAD,
     "2014-07-01", ""},
    {"sun.lei", "Sun Lei", "sales", "north", "North group", "li.wei", NORTH_SUN, "2017-04-10", ""},
    {"guo.jing", "Guo Jing", "sales", "north", "North group", "li.wei", NORTH_GUO, "2020-09-01",
     ""},
    {"xu.hong", "Xu Hong", "regional manager", "east", "East group", "chen.guohua", EAST_LEAD,
     "2013-02-18", ""},
    {"li.wei.2", "Li Wei", "sales", "east", "East group", "xu.hong", EAST_LI, "2018-06-04", ""},
    {"zoe.mueller", "Zoë Müller", "sales", "east", "East group", "xu.hong", EAST_ZOE, "2021-03-15",
     ""},
    {"he.jun", "何军", "regional manager", "south", "South group", "chen.guohua", SOUTH_LEAD,
     "2015-10-12", ""},
    {"jose.nunez", "José Núñez", "sales", "south", "South group", "he.jun", SOUTH_JOSE,
     "2019-11-01", ""},
    {"ma.chao", "Ma Chao", "sales", "south", "South group", "he.jun", SOUTH_LIN, "2016-08-22",
     "2025-06-30"},
    {"lin.na", "Lin Na", "sales", "south", "South group", "he.jun", SOUTH_LIN, "2025-06-16", ""},
    {"tang.yong", "Tang Yong", "regional manager", "west", "West group", "chen.guohua", WEST_LEAD,
     "2016-01-04", ""},
    {"luo.dan", "罗丹", "sales", "west", "West group", "tang.yong", WEST_LUO, "2018-03-19", ""},
    {"lukasz.wojcik", "Łukasz Wójcik", "sales", "west", "West group", "tang.yong", WEST_LUKASZ,
     "2022-05-09", ""},
};

static const struct speciality specialities[] = {
    {"li.wei", "public security"}, {"sun.lei", "military"},
    {"guo.jing", "government"},    {"xu.hong", "legal"},
    {"li.wei.2", "military"},      {"zoe.mueller", "public security"},
    {"he.jun", "government"},      {"jose.nunez", "government"},
    {"lin.na", "legal"},           {"tang.yong", "military"},
    {"luo.dan", "legal"},          {"lukasz.wojcik", "public security"},
};

static const struct product products[] = {
    {"FW-S", "Tieguan Firewall S", "Firewall", "Tieguan", "hardware", "piece", 12800, false,
     "2021-03-01"},
    {"FW-M", "Tieguan Firewall M", "Firewall", "Tieguan", "hardware", "piece", 36800, true,
     "2021-03-01"},
    {"FW-L", "Tieguan Firewall L", "Firewall", "Tieguan", "hardware", "piece", 98000, true,
     "2022-09-01"},
    {"FW-LIC", "Firewall signature licence", "Firewall", "Tieguan", "licence", "year", 9600, true,
     "2021-03-01"},
    {"FW-EXT", "Firewall warranty extension", "Firewall", "Tieguan", "licence", "year", 5200, false,
     "2021-03-01"},
    {"IDS-1", "Hawkeye Sensor", "Detection", "Hawkeye", "hardware", "piece", 42000, true,
     "2022-01-10"},
    {"IDS-C", "Hawkeye Console", "Detection", "Hawkeye", "software", "set", 86000, true,
     "2022-01-10"},
    {"IDS-LIC", "Hawkeye threat feed", "Detection", "Hawkeye", "licence", "year", 14400, true,
     "2022-01-10"},
    {"IDS-AI", "Hawkeye Insight", "Detection", "Hawkeye", "software", "set", 118000, true,
     "2025-09-15"},
    {"AUD-DB", "Database audit", "Audit", "Mingjing", "software", "set", 56000, false,
     "2020-06-01"},
    {"AUD-LOG", "Log audit", "Audit", "Mingjing", "software", "set", 38000, false, "2020-06-01"},
    {"AUD-OPS", "Operations audit (bastion)", "Audit", "Mingjing", "hardware", "piece", 47000, true,
     "2023-04-01"},
    {"AUD-LIC", "Audit licence renewal", "Audit", "Mingjing", "licence", "year", 11200, false,
     "2020-06-01"},
    {"VPN-G", "Silk VPN gateway", "Encryption", "Silk", "hardware", "piece", 29800, false,
     "2019-09-01"},
    {"VPN-C", "Silk client, 50 users", "Encryption", "Silk", "licence", "year", 7400, false,
     "2019-09-01"},
    {"ENC-D", "Disk encryption, 100 seats", "Encryption", "Silk", "licence", "year", 16800, false,
     "2021-11-01"},
    {"ENC-M", "Classified mail encryption", "Encryption", "Silk", "software", "set", 64000, true,
     "2023-10-01"},
    {"SRV-INS", "Installation day", "Services", "Service", "service", "day", 2400, false,
     "2015-01-01"},
    {"SRV-PEN", "Penetration test", "Services", "Service", "service", "piece", 32000, false,
     "2018-01-01"},
    {"SRV-MON", "Monitoring service, month", "Services", "Service", "service", "month", 8800, true,
     "2023-01-01"},
    {"SRV-TRN", "Training, class", "Services", "Service", "service", "class", 12000, false,
     "2018-01-01"},
    {"SRV-EME", "Emergency response, retainer", "Services", "Service", "service", "month", 6500,
     false, "2024-12-01"},
};

static const int season[12] = {62, 48, 78, 76, 80, 96, 74, 76, 92, 90, 104, 124};

/* October 2024 first. October 2026 is a little behind. */
static const int mood[NMONTHS] = {1000, 960,  1030, 920, 985,  1015, 995, 955, 1030,
                                  965,  980,  1010, 970, 1020, 1035, 935, 990, 1015,
                                  985,  1000, 1020, 955, 980,  1005, 935};

/* The first that fits holds: in October 2026 North sells more than its largest deal. */
static const struct bend bends[] = {
    {NORTH_LEAD, MONTH(2026, 10), MONTH(2026, 10), 1300},
    {NORTH_GUO, MONTH(2026, 10), MONTH(2026, 10), 1350},
    {NORTH_SUN, MONTH(2026, 1), MONTH(2026, 10), 1110},
    {EAST_LI, MONTH(2026, 1), MONTH(2026, 10), 1160},
    {NORTH_GUO, MONTH(2026, 1), MONTH(2026, 10), 1080},
    {SOUTH_JOSE, MONTH(2026, 1), MONTH(2026, 10), 740},
    {SOUTH_LIN, MONTH(2026, 1), MONTH(2026, 10), 1030},
    {WEST_LEAD, MONTH(2026, 1), MONTH(2026, 10), 880},
    {WEST_LUO, MONTH(2026, 1), MONTH(2026, 10), 650},
    {WEST_LUKASZ, MONTH(2026, 1), MONTH(2026, 10), 840},
};

/* East's own target of the fourth quarter is 300,000 above its persons' together. */
static const struct gap gaps[] = {{"east", MONTH(2026, 10), MONTH(2026, 12), 100}};

/* ---- customers ---- */

static const char *const sources[] = {"tender", "referral", "exhibition", "own visit", "partner"};

static const char *tier_of(int weight)
{
    static const char *const tiers[] = {"D", "D", "C", "C", "B", "A", "A"};
    return tiers[weight];
}

/* Seats of an area serve its customers in turn. */
static int seat_of(const struct book *book, const char *region, int n)
{
    const char *area = area_of(book, region);
    int first = 0;
    while (strcmp(book->seats[first].area, area) != 0)
        first++;
    return first + n % 3;
}

/* Some are new since the history began, some do not buy any more, some have never bought. */
static void give_life(struct book *book, struct customer *c, int n)
{
    c->since = rng_day(&book->rng, 2014, 2023);
    if (n % 7 == 3) {
        c->status = "potential";
        c->since = 0;
    } else if (n % 4 == 1) {
        c->since = any_working_day(book, FIRST_MONTH + 1 + n * 7 % (NMONTHS - 1));
    } else if (n % 13 == 6) {
        c->status = "dormant";
        c->until = month_last(MONTH(2026, 3) + n % 4);
    } else if (n % 29 == 9) {
        c->status = "lost";
        c->until = month_last(MONTH(2025, 8));
    }
}

static struct customer *add_body(struct book *book, const char *region, const char *industry,
                                 int weight)
{
    int n = book->ncustomers;
    struct customer *c = customer_add(book, "C");
    c->kind = "end user";
    c->region = region;
    c->industry = industry;
    c->source = sources[rng_below(&book->rng, COUNT(sources))];
    c->channel = "direct";
    c->tier[0] = tier_of(weight)[0];
    c->seat = seat_of(book, region, n);
    c->credit_thousands = weight * 200;
    c->payment_days = rng_chance(&book->rng, 60) ? 60 : 90;
    c->weight[0] = c->weight[1] = weight;
    give_life(book, c, n);
    return c;
}

static void name_body(struct customer *c, const struct city *city, const struct body *body, int n)
{
    if (n % 3 == 0)
        snprintf(c->name, sizeof c->name, "%s%s (%s %s)", city->chinese, body->chinese, city->latin,
                 body->latin);
    else if (n % 3 == 1)
        snprintf(c->name, sizeof c->name, "%s %s", city->latin, body->latin);
    else
        snprintf(c->name, sizeof c->name, "%s%s", city->chinese, body->chinese);
}

static void make_customers(struct book *book)
{
    for (int i = 0; i < COUNT(cities); i++) {
        for (int j = 0; j < COUNT(bodies); j++) {
            struct customer *c =
                add_body(book, cities[i].region, bodies[j].industry, bodies[j].weight);
            name_body(c, &cities[i], &bodies[j], i + j);
        }
    }
    for (int i = 0; i < COUNT(specials); i++) {
        struct customer *c =
            add_body(book, specials[i].region, specials[i].industry, specials[i].weight);
        snprintf(c->name, sizeof c->name, "%s", specials[i].name);
        c->kind = specials[i].kind;
        c->country = specials[i].country;
        c->channel = strcmp(c->kind, "integrator") == 0 ? "partner" : "direct";
    }
}

/* ---- the missing renewal ----
 * Jinsha's Data Bureau, a customer of West, renewed three licences in May 2025, and not in 2026. */

enum { RENEWAL_CUSTOMER = 78, RENEWAL_SEAT = WEST_LUO };

struct renewal_line {
    const char *product;
    int quantity;
};

static const struct renewal_line renewal[] = {{"IDS-LIC", 40}, {"AUD-LIC", 16}, {"VPN-C", 28}};

static void plant_renewal_customer(struct book *book)
{
    struct customer *c = &book->customers[RENEWAL_CUSTOMER];
    c->status = "dormant";
    c->since = day_of(2018, 5, 21);
    c->until = day_of(2026, 3, 31);
    c->seat = RENEWAL_SEAT;
    c->tier[0] = 'A';
}

static void plant_renewal(struct book *book)
{
    int order = order_start(book);
    for (int i = 0; i < COUNT(renewal); i++) {
        int product = product_index(book, renewal[i].product);
        sale_add(book, (struct sale){.date = day_of(2025, 5, 20),
                                     .order = order,
                                     .line = i + 1,
                                     .customer = RENEWAL_CUSTOMER,
                                     .product = product,
                                     .channel = "direct",
                                     .quantity = renewal[i].quantity,
                                     .amount = book->products[product].price * INT64_C(100) *
                                               renewal[i].quantity});
    }
}

/* ---- the daily trade: renewals, services, small hardware ---- */

/* How often each product is sold outside a project; as in products. */
static const int small_sales[COUNT(products)] = {8, 3,  0, 16, 8, 2, 0,  10, 0,  1, 2,
                                                 1, 12, 2, 9,  5, 0, 12, 3,  10, 4, 4};

static bool is_launched(const struct product *product, day date)
{
    return strcmp(product->launched, day_iso(date).text) <= 0;
}

static int small_quantity(struct book *book, const struct product *product)
{
    if (product->price > 20000)
        return 1;
    return rng_range(&book->rng, 1, 76000 / product->price);
}

static void small_line(struct book *book, int customer, day date, int order, int line)
{
    int product;
    do
        product = rng_weighted(&book->rng, small_sales, book->nproducts);
    while (!is_launched(&book->products[product], date));

    int quantity = small_quantity(book, &book->products[product]);
    int percent = 100 - rng_range(&book->rng, 0, 5) * 3;
    sale_add(book,
             (struct sale){.date = date,
                           .order = order,
                           .line = line,
                           .customer = customer,
                           .product = product,
                           .channel = book->customers[customer].channel,
                           .quantity = quantity,
                           .amount = (int64_t)book->products[product].price * quantity * percent});
}

static void small_order(struct book *book, int customer, day date)
{
    static const int lines[] = {0, 4, 4, 2};
    int n = rng_weighted(&book->rng, lines, COUNT(lines));
    int order = order_start(book);
    for (int line = 1; line <= n; line++)
        small_line(book, customer, date, order, line);
}

static day order_day(struct book *book, int customer, month m)
{
    (void)customer;
    return any_working_day(book, m);
}

/* ---- the book ---- */

void make_security(const char *dir)
{
    struct book book = {
        .name = "security",
        .mail_domain = "tieguan.example",
        .rng = {173},
        .regions = regions,
        .nregions = COUNT(regions),
        .people = people,
        .npeople = COUNT(people),
        .specialities = specialities,
        .nspecialities = COUNT(specialities),
        .seats = seats,
        .nseats = COUNT(seats),
        .bends = bends,
        .nbends = COUNT(bends),
        .gaps = gaps,
        .ngaps = COUNT(gaps),
        .products = products,
        .nproducts = COUNT(products),
        .season = season,
        .mood = mood,
        .noise = 40,
        .collects = true,
        .order_day = order_day,
        .order = small_order,
    };
    snprintf(book.dir, sizeof book.dir, "%s/%s", dir, book.name);

    make_customers(&book);
    plant_renewal_customer(&book);
    book_plan(&book);
    plant_renewal(&book);
    deals_make(&book);
    book_trade(&book);
    sales_number(&book);

    write_shared(&book);
    write_targets(&book, false, false);
    write_results(&book);
    write_deals(&book);
    write_appraisal(&book);
    write_receivables(&book);
    write_deal_notes(&book);
    write_processes(&book);
    write_forecast(&book);
    write_forms(&book);
    write_staffing(&book);
    write_training(&book);
    write_meetings(&book);
    write_visits(&book);
    write_market(&book);
    write_observation(&book);
    write_recruiting(&book);
    book_clear(&book);
}
