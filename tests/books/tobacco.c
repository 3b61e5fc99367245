/* The book "tobacco": a county marketing office and its licensed retailers. */
#include "book.h"

#include <string.h>

/* The county and its towns are invented. Towns stand on the lowest level that there is. */
static const struct region regions[] = {
    {"cn", "China", "country", "", 1409670000, 1260582, 2},
    {"anhui", "Anhui", "province", "cn", 61210000, 47051, 11},
    {"linjiang", "Linjiang City", "city", "anhui", 4120000, 2760, 0},
    {"qinghe", "Qinghe County", "county", "linjiang", 623000, 318, 0},
    {"chengguan", "Chengguan Town", "county", "qinghe", 214000, 142, 0},
    {"baisha", "Baisha Town", "county", "qinghe", 121000, 58, 0},
    {"shuangta", "Shuangta Town", "county", "qinghe", 78000, 36, 0},
    {"longtan", "Longtan Township", "county", "qinghe", 74000, 31, 0},
    {"heshan", "Heshan Township", "county", "qinghe", 71000, 28, 0},
    {"xinqiao", "Xinqiao Township", "county", "qinghe", 65000, 23, 0},
};

enum {
    CHENGGUAN_LI,
    CHENGGUAN_QIN,
    CHENGGUAN_BAI,
    BAISHA_LI,
    BAISHA_DU,
    SHUANGTA,
    LONGTAN,
    HESHAN,
    XINQIAO,
    NSEATS,
};

static const struct seat seats[NSEATS] = {
    [CHENGGUAN_LI] = {"chengguan", {6100, 6300, 6500}, 8, 140},
    [CHENGGUAN_QIN] = {"chengguan", {5900, 6100, 6300}, 8, 140},
    [CHENGGUAN_BAI] = {"chengguan", {5800, 6000, 6200}, 8, 140},
    [BAISHA_LI] = {"baisha", {4900, 5050, 5200}, 6, 130},
    [BAISHA_DU] = {"baisha", {4700, 4850, 5000}, 6, 130},
    [SHUANGTA] = {"shuangta", {4600, 4750, 4900}, 6, 130},
    [LONGTAN] = {"longtan", {4400, 4500, 4650}, 5, 120},
    [HESHAN] = {"heshan", {4200, 4300, 4450}, 5, 120},
    [XINQIAO] = {"xinqiao", {3900, 4000, 4150}, 5, 120},
};

/* How many retailers a seat looks after. */
static const int nretailers[NSEATS] = {236, 232, 232, 196, 190, 206, 206, 206, 196};

static const struct person people[] = {
    {"gao.jianguo", "Gao Jianguo", "head", "qinghe", "Office", "", NO_SEAT, "2008-08-01", ""},
    {"sun.li", "孙丽", "deputy", "qinghe", "Office", "gao.jianguo", NO_SEAT, "2012-03-12", ""},
    {"li.wei", "Li Wei", "account manager", "chengguan", "Town group", "sun.li", CHENGGUAN_LI,
     "2013-07-01", ""},
    {"qin.yu", "Qin Yu", "account manager", "chengguan", "Town group", "sun.li", CHENGGUAN_QIN,
     "2016-07-01", ""},
    {"bai.xue", "Bai Xue", "account manager", "chengguan", "Town group", "sun.li", CHENGGUAN_BAI,
     "2019-07-01", ""},
    {"li.wei.2", "Li Wei", "account manager", "baisha", "Town group", "sun.li", BAISHA_LI,
     "2015-07-01", ""},
    {"du.peng", "Du Peng", "account manager", "baisha", "Town group", "sun.li", BAISHA_DU,
     "2020-07-01", ""},
    {"wang.fang", "王芳", "account manager", "shuangta", "Country group", "sun.li", SHUANGTA,
     "2014-07-01", ""},
    {"lu.bin", "Lü Bin", "account manager", "longtan", "Country group", "sun.li", LONGTAN,
     "2011-07-01", ""},
    {"jiang.tao", "Jiang Tao", "account manager", "heshan", "Country group", "sun.li", HESHAN,
     "2017-07-01", "2025-09-30"},
    {"cui.ying", "Cui Ying", "account manager", "heshan", "Country group", "sun.li", HESHAN,
     "2025-09-15", ""},
    {"he.siyuan", "何思远", "account manager", "xinqiao", "Country group", "sun.li", XINQIAO,
     "2022-07-01", ""},
};

/* Brands are invented; the price is that of a carton to the retailer. */
static const struct product products[] = {
    {"T01", "Yunding (Gold)", "Class I", "Yunding", "premium", "carton", 780, true, "2012-01-01"},
    {"T02", "Yunding (Slim)", "Class I", "Yunding", "premium", "carton", 640, true, "2019-05-01"},
    {"T03", "Yunding (Soft)", "Class I", "Yunding", "premium", "carton", 520, true, "2010-01-01"},
    {"T04", "Yunding (Blue)", "Class II", "Yunding", "upper", "carton", 320, true, "2014-01-01"},
    {"T05", "青松 (硬)", "Class I", "Qingsong", "premium", "carton", 460, true, "2011-01-01"},
    {"T06", "青松 (软)", "Class I", "Qingsong", "premium", "carton", 590, true, "2011-01-01"},
    {"T07", "青松 (细支)", "Class II", "Qingsong", "upper", "carton", 345, true, "2020-03-01"},
    {"T08", "Qingsong (Classic)", "Class III", "Qingsong", "middle", "carton", 210, true,
     "2005-01-01"},
    {"T09", "Longtan Spring", "Class III", "Longtan", "middle", "carton", 185, true, "2008-01-01"},
    {"T10", "Longtan Spring (Slim)", "Class II", "Longtan", "upper", "carton", 290, true,
     "2021-09-01"},
    {"T11", "Longtan Red", "Class III", "Longtan", "middle", "carton", 165, false, "2002-01-01"},
    {"T12", "Hongyan", "Class III", "Hongyan", "middle", "carton", 195, true, "2006-01-01"},
    {"T13", "Hongyan (Soft)", "Class III", "Hongyan", "middle", "carton", 175, true, "2006-01-01"},
    {"T14", "Hongyan (Slim)", "Class II", "Hongyan", "upper", "carton", 265, true, "2022-04-01"},
    {"T15", "Hongyan 100", "Class IV", "Hongyan", "lower", "carton", 110, false, "2001-01-01"},
    {"T16", "玉兰 (双喜)", "Class II", "Yulan", "upper", "carton", 310, true, "2013-01-01"},
    {"T17", "玉兰", "Class III", "Yulan", "middle", "carton", 220, true, "2009-01-01"},
    {"T18", "Yulan (White)", "Class III", "Yulan", "middle", "carton", 190, false, "2016-01-01"},
    {"T19", "Jiangfeng", "Class III", "Jiangfeng", "middle", "carton", 160, true, "2004-01-01"},
    {"T20", "Jiangfeng (Slim)", "Class II", "Jiangfeng", "upper", "carton", 275, true,
     "2025-03-01"},
    {"T21", "Jiangfeng (Red)", "Class IV", "Jiangfeng", "lower", "carton", 98, false, "2001-01-01"},
    {"T22", "Baihe", "Class III", "Baihe", "middle", "carton", 170, true, "2007-01-01"},
    {"T23", "Baihe (Mint)", "Class II", "Baihe", "upper", "carton", 255, true, "2023-06-01"},
    {"T24", "Baihe (Soft)", "Class IV", "Baihe", "lower", "carton", 125, false, "2003-01-01"},
    {"T25", "Tianhu", "Class IV", "Tianhu", "lower", "carton", 105, false, "2000-01-01"},
    {"T26", "Tianhu (Gold)", "Class III", "Tianhu", "middle", "carton", 155, true, "2015-01-01"},
    {"T27", "Changlang", "Class IV", "Changlang", "lower", "carton", 92, false, "2000-01-01"},
    {"T28", "Changlang (Soft)", "Class IV", "Changlang", "lower", "carton", 118, false,
     "2004-01-01"},
    {"T29", "Fuxing", "Class IV", "Fuxing", "lower", "carton", 88, false, "2000-01-01"},
    {"T30", "Fuxing (Double Joy)", "Class III", "Fuxing", "middle", "carton", 180, false,
     "2012-01-01"},
    {"T31", "Dongshan", "Class V", "Dongshan", "economy", "carton", 65, false, "2000-01-01"},
    {"T32", "Dongshan (Red)", "Class V", "Dongshan", "economy", "carton", 58, false, "2000-01-01"},
    {"T33", "Laojie", "Class V", "Laojie", "economy", "carton", 52, false, "2000-01-01"},
    {"T34", "Laojie (Filter)", "Class IV", "Laojie", "lower", "carton", 85, false, "2006-01-01"},
    {"T35", "Zhuying", "Class III", "Zhuying", "middle", "carton", 168, false, "2011-01-01"},
    {"T36", "Zhuying (Slim)", "Class II", "Zhuying", "upper", "carton", 285, false, "2024-11-01"},
    {"T37", "Meihua", "Class IV", "Meihua", "lower", "carton", 115, false, "2002-01-01"},
    {"T38", "Meihua (\"Winter\")", "Class III", "Meihua", "middle", "carton", 205, false,
     "2018-01-01"},
    {"T39", "Haitang", "Class II", "Haitang", "upper", "carton", 330, true, "2026-03-01"},
    {"T40", "Haitang (Soft)", "Class III", "Haitang", "middle", "carton", 188, false, "2026-03-01"},
};

/* Much is bought for Spring Festival and for the feasts of autumn. */
static const int season[12] = {128, 84, 92, 92, 98, 94, 96, 98, 112, 104, 98, 104};

/* July 2026 was missed by the whole office. */
static const int mood[NMONTHS] = {1000, 985,  1010, 1030, 945, 975,  995,  1015, 985,
                                  1000, 965,  1020, 1000, 980, 1010, 1040, 940,  985,
                                  1005, 1015, 1000, 880,  985, 1020, 1005};

static const struct bend bends[] = {
    {CHENGGUAN_QIN, MONTH(2026, 1), MONTH(2026, 10), 1190},
    {CHENGGUAN_BAI, MONTH(2026, 5), MONTH(2026, 10), 880},
    {BAISHA_LI, MONTH(2026, 1), MONTH(2026, 10), 910},
    {BAISHA_DU, MONTH(2026, 1), MONTH(2026, 10), 900},
};

/* ---- retailers ---- */

static const char *const surnames[] = {
    "Wang", "Li",  "Zhang", "Liu", "Chen", "Yang", "Huang", "Zhao", "Wu",   "Zhou",
    "Xu",   "Sun", "Ma",    "Zhu", "Hu",   "Guo",  "He",    "Lin",  "Gao",  "Luo",
    "Lü",   "Nie", "Xie",   "Han", "Tang", "Feng", "Yu",    "Dong", "Xiao",
};
static const char *const surnames_chinese[] = {"王", "李", "张", "刘", "陈", "杨", "黄", "赵",
                                               "吴", "周", "徐", "孙", "马", "朱", "吕", "聂"};
static const char *const words[] = {
    "Hongxing", "Fuxing",  "Wanjia", "Yimin",   "Shunfeng", "Daxin",      "Jixiang",   "Ruyi",
    "Minle",    "Heping",  "Xinxin", "Yuelai",  "Baida",    "Changsheng", "Guangming", "Hexie",
    "Jinqiao",  "Laodian", "Nanmen", "Qiaotou", "Sanhe",    "Tongda",     "Wangjiang", "Yongle",
};
static const char *const words_chinese[] = {"红星", "福兴", "万家", "益民", "顺风", "大新", "吉祥",
                                            "如意", "民乐", "和平", "欣欣", "金桥", "三合", "通达"};

struct category {
    const char *name, *sign, *sign_chinese;
    int share;
};

static const struct category categories[] = {
    {"grocery", "Grocery", "副食店", 42},
    {"convenience store", "Mini Mart", "便利店", 22},
    {"tobacco and liquor shop", "Tobacco & Liquor", "烟酒店", 14},
    {"supermarket", "Supermarket", "超市", 10},
    {"restaurant", "Restaurant", "饭店", 8},
    {"entertainment", "Tea House, Karaoke", "茶楼", 4},
};

static const char *const circles_town[] = {"commercial street", "residential area", "market",
                                           "bus and rail", "hotel and leisure"};
static const char *const circles_country[] = {"village", "township centre", "market", "roadside",
                                              "scenic spot"};
static const char *const sales_states[] = {"brisk", "steady", "slow"};

/* A few with names that must survive. */
static const char *const special_names[] = {
    "O'Neill's Bar & Grill",        "Café \"Zum Löwen\"", "<b>Best</b> Mini Mart",
    "Nationalités, Tabac & Presse", "=1+1 Mini Mart",     "王记 \"老字号\" 烟酒, 城关店",
};

static void name_retailer(struct book *book, struct customer *c, const struct category *category)
{
    const char *surname = surnames[rng_below(&book->rng, COUNT(surnames))];
    const char *word = words[rng_below(&book->rng, COUNT(words))];
    const char *surname_chinese = surnames_chinese[rng_below(&book->rng, COUNT(surnames_chinese))];
    const char *word_chinese = words_chinese[rng_below(&book->rng, COUNT(words_chinese))];

    if (rng_chance(&book->rng, 30))
        snprintf(c->name, sizeof c->name, "%s记%s%s", surname_chinese, word_chinese,
                 category->sign_chinese);
    else
        snprintf(c->name, sizeof c->name, "%s %s %s", surname, word, category->sign);
}

static const struct category *draw_category(struct book *book)
{
    int weights[COUNT(categories)];
    for (int i = 0; i < COUNT(categories); i++)
        weights[i] = categories[i].share;
    return &categories[rng_weighted(&book->rng, weights, COUNT(categories))];
}

/* How often a tier orders, and how many cartons of a brand at most. */
static const int tier_share[] = {9, 24, 41, 26};
static const int tier_weight[] = {40, 24, 13, 6};
static const int tier_cartons[] = {44, 27, 17, 9};

static void draw_tier(struct book *book, struct customer *c)
{
    int tier = rng_weighted(&book->rng, tier_share, COUNT(tier_share));
    c->tier[0] = "ABCD"[tier];
    c->weight[0] = c->weight[1] = tier_weight[tier];
    int brisk = tier < 2 ? 50 : 15;
    c->sales_status = sales_states[rng_chance(&book->rng, brisk) ? 0 : rng_range(&book->rng, 1, 2)];
}

static void give_life(struct book *book, struct customer *c, int n)
{
    c->since = rng_day(&book->rng, 2008, 2023);
    if (n % 17 == 4) {
        c->since = any_working_day(book, FIRST_MONTH + 1 + n * 11 % (NMONTHS - 1));
    } else if (n % 61 == 9) {
        c->status = "dormant";
        c->until = month_last(MONTH(2026, 2) + n % 5);
    } else if (n % 53 == 11) {
        c->status = "lost";
        c->until = month_last(MONTH(2025, 2) + n % 12);
    }
}

static void add_retailer(struct book *book, int seat)
{
    int n = book->ncustomers;
    bool town = seat <= BAISHA_DU;
    const struct category *category = draw_category(book);
    struct customer *c = customer_add(book, "R");
    c->kind = "retailer";
    c->industry = "tobacco retail";
    c->region = seats[seat].area;
    c->seat = seat;
    c->category = category->name;
    c->business_circle = (town ? circles_town : circles_country)[rng_below(&book->rng, 5)];
    c->source = "licence";
    c->channel = rng_chance(&book->rng, 80) ? "online order" : "telephone order";
    name_retailer(book, c, category);
    draw_tier(book, c);
    give_life(book, c, n);
}

static void make_customers(struct book *book)
{
    for (int seat = 0; seat < NSEATS; seat++)
        for (int i = 0; i < nretailers[seat]; i++)
            add_retailer(book, seat);
    for (int i = 0; i < COUNT(special_names); i++) {
        struct customer *c = &book->customers[60 + 300 * i];
        snprintf(c->name, sizeof c->name, "%s", special_names[i]);
    }
}

/* ---- orders ---- */

/* Each retailer has its weekday; one that falls on a holiday moves to the next working day. */
static day order_day(struct book *book, int customer, month m)
{
    day date;
    do
        date = rng_range(&book->rng, month_first(m), month_last(m));
    while (weekday(date) != customer % 5);
    day moved = next_working_day(date);
    return month_of(moved) == m ? moved : any_working_day(book, m);
}

/* What sells most lies in the middle; the town smokes dearer brands than the country. */
static int brand_weight(const struct product *product, bool town, day date)
{
    if (strcmp(product->launched, day_iso(date).text) > 0)
        return 0;
    int weight = product->key_brand ? 12 : 7;
    if (product->price > 400)
        return town ? weight / 2 : weight / 4;
    if (product->price < 100)
        return town ? weight / 2 : weight * 2;
    return weight * 2;
}

static int draw_brand(struct book *book, bool town, day date)
{
    int weights[COUNT(products)];
    for (int i = 0; i < COUNT(products); i++)
        weights[i] = brand_weight(&products[i], town, date);
    return rng_weighted(&book->rng, weights, COUNT(products));
}

/* Prices are the state's: nobody gets a discount. */
static void order(struct book *book, int customer, day date)
{
    static const int nlines[] = {0, 66, 25, 9};
    const struct customer *c = &book->customers[customer];
    int most = tier_cartons[c->tier[0] - 'A'];
    int n = rng_weighted(&book->rng, nlines, COUNT(nlines));
    int number = order_start(book);
    for (int line = 1; line <= n; line++) {
        int product = draw_brand(book, c->seat <= BAISHA_DU, date);
        int quantity = rng_range(&book->rng, 2, most);
        sale_add(book, (struct sale){.date = date,
                                     .order = number,
                                     .line = line,
                                     .customer = customer,
                                     .product = product,
                                     .channel = c->channel,
                                     .quantity = quantity,
                                     .amount = products[product].price * INT64_C(100) * quantity});
    }
}

/* ---- the book ---- */

void make_tobacco(const char *dir)
{
    struct book book = {
        .name = "tobacco",
        .mail_domain = "qinghe.example",
        .rng = {20241003},
        .regions = regions,
        .nregions = COUNT(regions),
        .people = people,
        .npeople = COUNT(people),
        .seats = seats,
        .nseats = COUNT(seats),
        .bends = bends,
        .nbends = COUNT(bends),
        .products = products,
        .nproducts = COUNT(products),
        .season = season,
        .mood = mood,
        .noise = 25,
        .order_day = order_day,
        .order = order,
    };
    snprintf(book.dir, sizeof book.dir, "%s/%s", dir, book.name);

    make_customers(&book);
    book_plan(&book);
    book_trade(&book);
    sales_number(&book);

    write_shared(&book);
    write_targets(&book, false, false);
    write_results(&book);
    write_appraisal(&book);
    write_supply(&book);
    write_forms(&book);
    write_research(&book);
    write_training(&book);
    write_visits(&book);
    write_demand(&book);
    write_observation(&book);
    book_clear(&book);
}
