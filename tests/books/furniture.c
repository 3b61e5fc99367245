/* The book "furniture": a maker of furniture on its way from bulk sales to exclusive dealers. */
#include "book.h"

#include <string.h>

/* Figures about those of 2023. */
static const struct region regions[] = {
    {"cn", "China", "country", "", 1409670000, 1260582, 2},
    {"east", "East China", "region", "cn", 151530000, 210775, 0},
    {"south", "South China", "region", "cn", 168890000, 190028, 0},
    {"central", "Central China", "region", "cn", 124060000, 105817, 0},
    {"west", "West China", "region", "cn", 123200000, 93919, 0},
    {"export", "Export", "region", "", 0, 0, 0},
    {"zhejiang", "Zhejiang", "province", "east", 66270000, 82553, 4},
    {"jiangsu", "Jiangsu", "province", "east", 85260000, 128222, 2},
    {"guangdong", "Guangdong", "province", "south", 127060000, 135673, 1},
    {"fujian", "Fujian", "province", "south", 41830000, 54355, 8},
    {"hubei", "Hubei", "province", "central", 58380000, 55804, 7},
    {"hunan", "Hunan", "province", "central", 65680000, 50013, 9},
    {"sichuan", "Sichuan", "province", "west", 83680000, 60133, 5},
    {"shaanxi", "Shaanxi", "province", "west", 39520000, 33786, 14},
    {"hangzhou", "Hangzhou", "city", "zhejiang", 12522000, 20059, 8},
    {"ningbo", "Ningbo", "city", "zhejiang", 9697000, 16453, 11},
    {"wenzhou", "Wenzhou", "city", "zhejiang", 9761000, 8731, 28},
    {"suzhou", "Suzhou", "city", "jiangsu", 12958000, 24653, 6},
    {"nanjing", "Nanjing", "city", "jiangsu", 9547000, 17421, 10},
    {"wuxi", "Wuxi", "city", "jiangsu", 7495000, 15456, 14},
    {"guangzhou", "Guangzhou", "city", "guangdong", 18827000, 30356, 4},
    {"shenzhen", "Shenzhen", "city", "guangdong", 17790000, 34606, 3},
    {"foshan", "Foshan", "city", "guangdong", 9615000, 13276, 17},
    {"fuzhou", "Fuzhou", "city", "fujian", 8469000, 12928, 18},
    {"xiamen", "Xiamen", "city", "fujian", 5327000, 8066, 31},
    {"quanzhou", "Quanzhou", "city", "fujian", 8882000, 12172, 20},
    {"wuhan", "Wuhan", "city", "hubei", 13774000, 20012, 9},
    {"xiangyang", "Xiangyang", "city", "hubei", 5275000, 5843, 48},
    {"yichang", "Yichang", "city", "hubei", 3924000, 5756, 50},
    {"changsha", "Changsha", "city", "hunan", 10513000, 14332, 15},
    {"yueyang", "Yueyang", "city", "hunan", 5014000, 4842, 60},
    {"hengyang", "Hengyang", "city", "hunan", 6590000, 4190, 75},
    {"chengdu", "Chengdu", "city", "sichuan", 21403000, 22075, 7},
    {"mianyang", "Mianyang", "city", "sichuan", 4913000, 4039, 80},
    {"yibin", "Yibin", "city", "sichuan", 4628000, 3807, 87},
    {"xian", "Xi'an", "city", "shaanxi", 13078000, 12011, 22},
    {"baoji", "Baoji", "city", "shaanxi", 3266000, 2743, 120},
    {"xianyang", "Xianyang", "city", "shaanxi", 4168000, 2818, 116},
    /* The north, where nobody of the department works, and counties. */
    {"north", "North China", "region", "cn", 175160000, 136013, 0},
    {"shandong", "Shandong", "province", "north", 101230000, 92069, 3},
    {"hebei", "Hebei", "province", "north", 73930000, 43944, 12},
    {"qingdao", "Qingdao", "city", "shandong", 10371700, 15760, 13},
    {"jinan", "Jinan", "city", "shandong", 9437000, 12757, 19},
    {"yantai", "Yantai", "city", "shandong", 7032000, 10162, 26},
    {"kunshan", "Kunshan", "county", "suzhou", 2140000, 5140, 1},
    {"jiangyin", "Jiangyin", "county", "wuxi", 1780000, 4961, 2},
    {"zhangjiagang", "Zhangjiagang", "county", "suzhou", 1440000, 3365, 3},
    {"jinjiang", "Jinjiang", "county", "quanzhou", 2070000, 3363, 4},
    {"changshu", "Changshu", "county", "suzhou", 1680000, 2859, 5},
    {"cixi", "Cixi", "county", "ningbo", 1860000, 2640, 6},
    {"yixing", "Yixing", "county", "wuxi", 1290000, 2325, 7},
    {"changsha-county", "Changsha County", "county", "changsha", 1390000, 2210, 8},
    {"yiwu", "Yiwu", "county", "zhejiang", 1890000, 2056, 9},
    {"zhuji", "Zhuji", "county", "zhejiang", 1220000, 1755, 10},
    {"liuyang", "Liuyang", "county", "changsha", 1430000, 1740, 11},
    {"taicang", "Taicang", "county", "suzhou", 840000, 1735, 12},
    {"fuqing", "Fuqing", "county", "fuzhou", 1400000, 1720, 13},
    {"nanan", "Nan'an", "county", "quanzhou", 1520000, 1711, 14},
    {"yueqing", "Yueqing", "county", "wenzhou", 1470000, 1652, 15},
    {"jiaozhou", "Jiaozhou", "county", "qingdao", 990000, 1590, 16},
    {"yuyao", "Yuyao", "county", "ningbo", 1260000, 1580, 17},
    {"huian", "Hui'an", "county", "quanzhou", 1030000, 1500, 18},
    {"longkou", "Longkou", "county", "shandong", 710000, 1480, 19},
    {"qidong-js", "Qidong (Jiangsu)", "county", "jiangsu", 950000, 1480, 20},
    {"rugao", "Rugao", "county", "jiangsu", 1220000, 1470, 21},
    {"liyang", "Liyang", "county", "jiangsu", 790000, 1460, 22},
    {"haian", "Hai'an", "county", "jiangsu", 860000, 1450, 23},
    {"danyang", "Danyang", "county", "jiangsu", 980000, 1445, 24},
    {"wenling", "Wenling", "county", "zhejiang", 1420000, 1430, 25},
    {"taixing", "Taixing", "county", "jiangsu", 980000, 1406, 26},
    {"rudong", "Rudong", "county", "jiangsu", 870000, 1390, 27},
    {"ruian", "Rui'an", "county", "wenzhou", 1530000, 1350, 28},
    {"shuyang", "Shuyang", "county", "jiangsu", 1660000, 1340, 29},
    {"haining", "Haining", "county", "zhejiang", 1100000, 1300, 30},
    {"jingjiang", "Jingjiang", "county", "jiangsu", 660000, 1270, 31},
    {"ningxiang", "Ningxiang", "county", "changsha", 1260000, 1250, 32},
    {"qianan", "Qian'an", "county", "hebei", 770000, 1250, 33},
    {"tongxiang", "Tongxiang", "county", "zhejiang", 1030000, 1250, 34},
    {"pizhou", "Pizhou", "county", "jiangsu", 1460000, 1180, 35},
    {"zhangqiu", "Zhangqiu", "county", "jinan", 1100000, 1180, 36},
    {"shishi", "Shishi", "county", "quanzhou", 690000, 1140, 37},
    {"rongcheng", "Rongcheng", "county", "shandong", 710000, 1110, 38},
    {"xinghua", "Xinghua", "county", "jiangsu", 1120000, 1100, 39},
    {"dongtai", "Dongtai", "county", "jiangsu", 880000, 1090, 40},
    {"shouguang", "Shouguang", "county", "shandong", 1160000, 1060, 41},
    {"yizheng", "Yizheng", "county", "jiangsu", 530000, 1020, 42},
    {"gaoyou", "Gaoyou", "county", "jiangsu", 710000, 1010, 43},
    {"minhou", "Minhou", "county", "fuzhou", 990000, 1000, 44},
    {"pinghu", "Pinghu", "county", "zhejiang", 680000, 1000, 45},
    {"tengzhou", "Tengzhou", "county", "shandong", 1570000, 980, 46},
    {"zoucheng", "Zoucheng", "county", "shandong", 1110000, 960, 47},
    {"anxi", "Anxi", "county", "quanzhou", 1000000, 930, 48},
    {"ninghai", "Ninghai", "county", "ningbo", 700000, 930, 49},
    {"jiashan", "Jiashan", "county", "zhejiang", 660000, 920, 50},
    {"changxing", "Changxing", "county", "zhejiang", 680000, 900, 51},
    {"linhai", "Linhai", "county", "zhejiang", 1120000, 900, 52},
    {"peixian", "Pei County", "county", "jiangsu", 1040000, 900, 53},
    {"yidu", "Yidu", "county", "yichang", 360000, 900, 54},
    {"baoying", "Baoying", "county", "jiangsu", 680000, 880, 55},
    {"feicheng", "Feicheng", "county", "shandong", 880000, 860, 56},
    {"xinyi", "Xinyi", "county", "jiangsu", 970000, 860, 57},
    {"lianjiang", "Lianjiang", "county", "fuzhou", 640000, 850, 58},
    {"zhaoyuan", "Zhaoyuan", "county", "yantai", 560000, 850, 59},
    {"zhijiang", "Zhijiang", "county", "yichang", 430000, 840, 60},
    {"zaoyang", "Zaoyang", "county", "xiangyang", 880000, 830, 61},
    {"dongyang", "Dongyang", "county", "zhejiang", 1090000, 820, 62},
    {"laizhou", "Laizhou", "county", "yantai", 820000, 810, 63},
    {"zhucheng", "Zhucheng", "county", "shandong", 1070000, 800, 64},
    {"pingdu", "Pingdu", "county", "qingdao", 1180000, 790, 65},
    {"jurong", "Jurong", "county", "jiangsu", 640000, 780, 66},
    {"xiangshan", "Xiangshan", "county", "ningbo", 570000, 780, 67},
    {"yongkang", "Yongkang", "county", "zhejiang", 970000, 780, 68},
    {"guangrao", "Guangrao", "county", "shandong", 500000, 760, 69},
    {"yuhuan", "Yuhuan", "county", "zhejiang", 640000, 760, 70},
    {"shengzhou", "Shengzhou", "county", "zhejiang", 670000, 740, 71},
    {"dangyang", "Dangyang", "county", "yichang", 420000, 720, 72},
    {"wuan", "Wu'an", "county", "hebei", 820000, 720, 73},
    {"jianyang", "Jianyang", "county", "chengdu", 1120000, 710, 74},
    {"jianhu", "Jianhu", "county", "jiangsu", 610000, 700, 75},
    {"pingyang", "Pingyang", "county", "wenzhou", 870000, 700, 76},
    {"deqing", "Deqing", "county", "zhejiang", 560000, 690, 77},
    {"haiyan", "Haiyan", "county", "zhejiang", 460000, 680, 78},
    {"zunhua", "Zunhua", "county", "hebei", 700000, 680, 79},
    {"laixi", "Laixi", "county", "qingdao", 720000, 660, 80},
    {"pengzhou", "Pengzhou", "county", "chengdu", 780000, 650, 81},
    {"zouping", "Zouping", "county", "shandong", 770000, 650, 82},
    {"renqiu", "Renqiu", "county", "hebei", 820000, 640, 83},
    {"xintai", "Xintai", "county", "shandong", 1190000, 640, 84},
    {"anji", "Anji", "county", "zhejiang", 600000, 600, 85},
    {"jintang", "Jintang", "county", "chengdu", 800000, 600, 86},
    {"sanhe", "Sanhe", "county", "hebei", 960000, 600, 87},
    {"yangzhong", "Yangzhong", "county", "jiangsu", 320000, 600, 88},
    {"jiangyou", "Jiangyou", "county", "mianyang", 730000, 590, 89},
    {"yongchun", "Yongchun", "county", "quanzhou", 420000, 570, 90},
    {"penglai", "Penglai", "county", "yantai", 410000, 560, 91},
    {"xinji", "Xinji", "county", "hebei", 590000, 560, 92},
    {"yongjia", "Yongjia", "county", "wenzhou", 870000, 560, 93},
    {"dujiangyan", "Dujiangyan", "county", "chengdu", 710000, 510, 94},
    {"chongzhou", "Chongzhou", "county", "chengdu", 740000, 500, 95},
    {"gucheng", "Gucheng", "county", "xiangyang", 470000, 500, 96},
    {"cangnan", "Cangnan", "county", "wenzhou", 840000, 480, 97},
    {"leiyang", "Leiyang", "county", "hengyang", 1120000, 480, 98},
    {"miluo", "Miluo", "county", "yueyang", 630000, 480, 99},
    {"laohekou", "Laohekou", "county", "xiangyang", 410000, 470, 100},
    {"santai", "Santai", "county", "mianyang", 950000, 470, 101},
    {"yicheng", "Yicheng", "county", "xiangyang", 450000, 470, 102},
    {"changning", "Changning", "county", "hengyang", 780000, 450, 103},
    {"hengnan", "Hengnan", "county", "hengyang", 790000, 430, 104},
    {"huarong", "Huarong", "county", "yueyang", 600000, 430, 105},
    {"qionglai", "Qionglai", "county", "chengdu", 600000, 420, 106},
    {"pingjiang", "Pingjiang", "county", "yueyang", 950000, 400, 107},
    {"xiangyin", "Xiangyin", "county", "yueyang", 580000, 390, 108},
    {"qidong-hn", "Qidong (Hunan)", "county", "hengyang", 740000, 370, 109},
    {"dayi", "Dayi", "county", "chengdu", 510000, 360, 110},
    {"hengdong", "Hengdong", "county", "hengyang", 580000, 330, 111},
    {"binzhou", "Binzhou", "county", "xianyang", 310000, 250, 112},
    {"xingping", "Xingping", "county", "xianyang", 480000, 250, 113},
    {"jiangan", "Jiang'an", "county", "yibin", 420000, 240, 114},
    {"gaoxian", "Gao County", "county", "yibin", 380000, 230, 115},
    {"liquan", "Liquan", "county", "xianyang", 380000, 200, 116},
    {"qishan", "Qishan", "county", "baoji", 360000, 200, 117},
    {"zhouzhi", "Zhouzhi", "county", "xian", 490000, 200, 118},
    {"lantian", "Lantian", "county", "xian", 490000, 190, 119},
    {"meixian", "Mei County", "county", "baoji", 260000, 180, 120},
    {"fufeng", "Fufeng", "county", "baoji", 330000, 170, 121},
};

/* Two seats a province, in the order of provinces, and one for export. */
enum {
    ZHEJIANG_LI = 0,
    HUNAN_DENG = 10,
    HUNAN_TAN = 11,
    SICHUAN_LUO = 12,
    SHAANXI_AN = 15,
    EXPORT = 16,
    CITIES_FROM = 14, /* in regions */
    NCITIES = 24,
};

static const struct seat seats[] = {
    {"east", {5600, 6000, 6700}, 3, 0},    {"east", {5000, 5500, 6100}, 2, 0},
    {"east", {5800, 6300, 6900}, 2, 0},    {"east", {5200, 5600, 6200}, 2, 0},
    {"south", {6400, 6900, 7500}, 2, 0},   {"south", {6000, 6400, 7000}, 2, 0},
    {"south", {4400, 4800, 5300}, 2, 0},   {"south", {3900, 4200, 4700}, 2, 0},
    {"central", {4300, 4700, 5200}, 2, 0}, {"central", {3800, 4100, 4500}, 1, 0},
    {"central", {4100, 4500, 5000}, 2, 0}, {"central", {3600, 3900, 4300}, 1, 0},
    {"west", {4600, 5100, 5800}, 3, 0},    {"west", {3900, 4300, 4800}, 2, 0},
    {"west", {2800, 3100, 3500}, 1, 0},    {"west", {2500, 2800, 3100}, 1, 0},
    {"export", {6800, 7300, 7800}, 2, 0},
};

static const struct person people[] = {
    {"zhou.ting", "Zhou Ting", "head", "cn", "Head office", "", NO_SEAT, "2010-05-04", ""},
    {"fang.min", "Fang Min", "regional manager", "east", "East management", "zhou.ting", NO_SEAT,
     "2013-04-01", ""},
    {"huang.zhiqiang", "黄志强", "regional manager", "south", "South management", "zhou.ting",
     NO_SEAT, "2011-09-05", ""},
    {"peng.xue", "Peng Xue", "regional manager", "central", "Central management", "zhou.ting",
     NO_SEAT, "2016-02-22", ""},
    {"ren.jie", "Ren Jie", "regional manager", "west", "West management", "zhou.ting", NO_SEAT,
     "2017-07-10", ""},
    {"li.wei", "Li Wei", "sales", "east", "Zhejiang", "fang.min", 0, "2015-03-16", ""},
    {"shen.yue", "Shen Yue", "sales", "east", "Zhejiang", "fang.min", 1, "2019-08-01", ""},
    {"gu.ming", "Gu Ming", "sales", "east", "Jiangsu", "fang.min", 2, "2014-11-03", ""},
    {"lu.ting", "陆婷", "sales", "east", "Jiangsu", "fang.min", 3, "2020-06-15", ""},
    {"liang.hao", "Liang Hao", "sales", "south", "Guangdong", "huang.zhiqiang", 4, "2012-10-08",
     ""},
    {"chan.ka-yan", "Chan Ka-yan", "sales", "south", "Guangdong", "huang.zhiqiang", 5, "2018-01-15",
     ""},
    {"li.wei.2", "Li Wei", "sales", "south", "Fujian", "huang.zhiqiang", 6, "2021-09-01", ""},
    {"zheng.qi", "Zheng Qi", "sales", "south", "Fujian", "huang.zhiqiang", 7, "2017-05-02", ""},
    {"hu.bo", "Hu Bo", "sales", "central", "Hubei", "peng.xue", 8, "2016-12-01", ""},
    {"xie.lin", "谢琳", "sales", "central", "Hubei", "peng.xue", 9, "2022-02-14", ""},
    {"deng.kai", "Deng Kai", "sales", "central", "Hunan", "peng.xue", 10, "2018-09-10", ""},
    {"tan.rui", "Tan Rui", "sales", "central", "Hunan", "peng.xue", 11, "2020-03-02", "2026-03-31"},
    {"yi.shan", "Yi Shan", "sales", "central", "Hunan", "peng.xue", 11, "2026-03-16", ""},
    {"luo.min", "Luo Min", "sales", "west", "Sichuan", "ren.jie", 12, "2015-06-08", ""},
    {"wu.xiaoyu", "吴小雨", "sales", "west", "Sichuan", "ren.jie", 13, "2021-04-19", ""},
    {"ma.jun", "Ma Jun", "sales", "west", "Shaanxi", "ren.jie", 14, "2019-10-14", ""},
    {"an.qi", "An Qi", "sales", "west", "Shaanxi", "ren.jie", 15, "2023-05-08", ""},
    {"kasia.zak", "Katarzyna Żak", "export sales", "export", "Export", "zhou.ting", EXPORT,
     "2016-03-01", ""},
};

/* Peaks in May and October, the trough at Spring Festival. */
static const int season[12] = {86, 52, 98, 104, 132, 96, 88, 94, 110, 136, 108, 96};

static const int mood[NMONTHS] = {1005, 975,  1010, 965, 930, 1015, 990, 1035, 980,
                                  950,  1000, 1010, 985, 995, 1030, 970, 925,  1025,
                                  1010, 1045, 970,  940, 985, 1025, 1015};

static const struct bend bends[] = {
    {ZHEJIANG_LI, MONTH(2026, 1), MONTH(2026, 10), 1160},
    {HUNAN_DENG, MONTH(2026, 1), MONTH(2026, 10), 850},
    {HUNAN_TAN, MONTH(2026, 1), MONTH(2026, 10), 810},
    {SICHUAN_LUO, MONTH(2026, 4), MONTH(2026, 10), 1110},
};

/* ---- products: six lines of ten models in three brands ---- */

struct line {
    const char *key, *name, *category, *items[5];
    int price; /* of the smallest model */
};

static const struct line lines[] = {
    {"SO",
     "Sofas",
     "living room",
     {"two-seat sofa", "three-seat sofa", "corner sofa", "armchair", "sofa bed"},
     2180},
    {"BE",
     "Beds",
     "bedroom",
     {"single bed", "double bed", "storage bed", "bunk bed", "daybed"},
     1680},
    {"TA",
     "Tables and chairs",
     "dining room",
     {"dining table", "round table", "dining chair (pair)", "bench", "side table"},
     880},
    {"WA",
     "Wardrobes",
     "bedroom",
     {"sliding wardrobe", "corner wardrobe", "chest of drawers", "shoe cabinet", "bookcase"},
     1580},
    {"OF",
     "Office",
     "office",
     {"desk", "standing desk", "conference table", "filing cabinet", "task chair"},
     980},
    {"OU",
     "Outdoor",
     "garden",
     {"garden set", "sun lounger", "balcony table", "rattan chair", "swing seat"},
     760},
};

static const char *const series[] = {"Suzhou", "Fjell"};
static const char *const brands[] = {"Qingsong", "Nordhus", "Mulan Home"};

enum { NMODELS = 10, NPRODUCTS = COUNT(lines) * NMODELS };

static const char *launched(int model)
{
    return model == 9 ? "2026-04-15" : model == 4 ? "2025-03-01" : "2021-01-01";
}

static struct product make_product(const struct line *line, int model)
{
    int brand = model * 7 % 10 / 4;
    struct product product = {
        .line = line->name,
        .brand = brands[brand],
        .category = line->category,
        .unit = "piece",
        .price = line->price + line->price * model / 100 * 22 / 10 * 10,
        .key_brand = brand == 0,
        .launched = launched(model),
    };
    snprintf(product.key, sizeof product.key, "%s-%02d", line->key, model + 1);
    snprintf(product.name, sizeof product.name, "%s %s", series[model / 5], line->items[model % 5]);
    return product;
}

static void make_products(struct product *products)
{
    for (int i = 0; i < COUNT(lines); i++)
        for (int model = 0; model < NMODELS; model++)
            products[i * NMODELS + model] = make_product(&lines[i], model);
}

/* ---- customers ---- */

enum { NAT_HOME = 240, NFOREIGN = 20 };

struct kind {
    const char *name, *channel, *industry;
    int share;
    int first, last; /* weight in the first and in the last month: the reform */
};

static const struct kind kinds[] = {
    {"dealer", "exclusive", "furniture dealer", 46, 9, 22},
    {"shop", "bulk", "furniture store", 28, 10, 7},
    {"bulk", "bulk", "wholesale", 18, 30, 16},
    {"online", "online", "online shop", 8, 8, 15},
};

static const char *const given[] = {
    "Hongyun", "Jinding",  "Fulin",    "Yijia", "Meilun",   "Shunda",  "Tianyi", "Xingfu",
    "Anju",    "Baixiang", "Chunhe",   "Dexin", "Guanghui", "Haiyue",  "Jiahe",  "Kangle",
    "Lanting", "Mingshi",  "Ningyuan", "Ouya",  "Pinxiang", "Qianxi",  "Ruixue", "Shengshi",
    "Taihe",   "Wanjia",   "Xinyuan",  "Yaju",  "Zhiyuan",  "Zhonghe",
};
static const char *const given_chinese[] = {"鸿运", "金鼎", "福林", "宜家居", "美伦",
                                            "顺达", "天意", "幸福", "安居",   "百祥"};
static const char *const forms[] = {"Home", "Furniture", "Furniture City", "Interiors",
                                    "Home Mall"};

struct foreign {
    const char *name, *country;
};

static const struct foreign foreign[NFOREIGN] = {
    {"Möbelhaus Grünwald & Söhne", "DE"},
    {"Müller & Söhne \"Wohnen\" <GmbH>", "DE"},
    {"O'Neill Interiors, Ltd.", "IE"},
    {"Muebles Núñez, S.L.", "ES"},
    {"Meble Łódź Sp. z o.o.", "PL"},
    {"Żak i Wspólnicy", "PL"},
    {"Ateliér Dvořák, s.r.o.", "CZ"},
    {"Maison Élise", "FR"},
    {"Bjørn & Åse Møbler", "NO"},
    {"Casa São Vicente", "PT"},
    {"Türk Mobilya A.Ş.", "TR"},
    {"Nguyễn Nội Thất", "VN"},
    {"木の家株式会社 (Kinoie)", "JP"},
    {"서울가구 (Seoul Gagu)", "KR"},
    {"Мебель Север", "KZ"},
    {"Karachi Home, Pvt. Ltd.", "PK"},
    {"Harbour Furniture Pty", "AU"},
    {"Great Lakes Imports, Inc.", "US"},
    {"Maple & Pine", "CA"},
    {"دار الأثاث (Dar Al Athath)", "AE"},
};

static const char *const sources[] = {"fair", "newspaper", "own site", "blog", "referral", "visit"};

static void draw_tier(struct book *book, struct customer *c)
{
    static const int weights[] = {10, 25, 40, 25};
    static const int percent[] = {260, 150, 90, 45};
    int tier = rng_weighted(&book->rng, weights, COUNT(weights));
    c->tier[0] = "ABCD"[tier];
    c->weight[0] = c->weight[0] * percent[tier] / 10;
    c->weight[1] = c->weight[1] * percent[tier] / 10;
    c->credit_thousands = percent[tier] * 2;
    c->payment_days = tier < 2 ? 60 : 30;
}

/* One customer in four is new since the history began. */
static void give_life(struct book *book, struct customer *c, int n)
{
    c->since = rng_day(&book->rng, 2012, 2023);
    if (n % 15 == 7) {
        c->status = "potential";
        c->since = 0;
    } else if (n % 4 == 2) {
        c->since = any_working_day(book, FIRST_MONTH + 1 + n * 5 % (NMONTHS - 1));
    } else if (n % 16 == 5) {
        c->status = "dormant";
        c->until = month_last(MONTH(2026, 2) + n % 5);
    } else if (n % 32 == 13) {
        c->status = "lost";
        c->until = month_last(MONTH(2025, 3) + n % 9);
    }
}

static struct customer *add_customer(struct book *book, const struct kind *kind)
{
    int n = book->ncustomers;
    struct customer *c = customer_add(book, "F");
    c->kind = kind->name;
    c->channel = kind->channel;
    c->industry = kind->industry;
    c->source = sources[rng_below(&book->rng, COUNT(sources))];
    c->weight[0] = kind->first;
    c->weight[1] = kind->last;
    draw_tier(book, c);
    give_life(book, c, n);
    return c;
}

static const struct kind *draw_kind(struct book *book)
{
    int weights[COUNT(kinds)];
    for (int i = 0; i < COUNT(kinds); i++)
        weights[i] = kinds[i].share;
    return &kinds[rng_weighted(&book->rng, weights, COUNT(kinds))];
}

static void name_home(struct customer *c, const struct region *city, int n)
{
    int round = n / NCITIES;
    const char *form = forms[(n + round) % COUNT(forms)];
    if (n % 6 == 0)
        snprintf(c->name, sizeof c->name, "%s家居 (%s %s)",
                 given_chinese[(n / 6 + round * 3) % COUNT(given_chinese)], city->name, form);
    else
        snprintf(c->name, sizeof c->name, "%s %s, %s", given[(n * 7 + round * 11) % COUNT(given)],
                 form, city->name);
}

static void make_customers(struct book *book)
{
    for (int n = 0; n < NAT_HOME; n++) {
        int city = n % NCITIES;
        struct customer *c = add_customer(book, draw_kind(book));
        c->region = regions[CITIES_FROM + city].key;
        c->seat = city / 3 * 2 + n / NCITIES % 2;
        /* Planted: An Qi does not write down where customers came from. */
        if (c->seat == SHAANXI_AN)
            c->source = "";
        name_home(c, &regions[CITIES_FROM + city], n);
    }
    for (int n = 0; n < NFOREIGN; n++) {
        struct customer *c = add_customer(book, &kinds[n % 2 * 2]);
        c->region = "export";
        c->seat = EXPORT;
        c->country = foreign[n].country;
        snprintf(c->name, sizeof c->name, "%s", foreign[n].name);
    }
}

/* ---- orders ---- */

/* Monday first: written up after the weekend, again before it. */
static const int weekday_weight[7] = {21, 16, 15, 16, 19, 9, 4};

static day order_day(struct book *book, int customer, month m)
{
    (void)customer;
    int weight[31] = {0};
    int n = month_last(m) - month_first(m) + 1;
    for (int i = 0; i < n; i++) {
        day date = month_first(m) + i;
        weight[i] = is_holiday(date) ? 1 : weekday_weight[weekday(date)];
    }
    return month_first(m) + rng_weighted(&book->rng, weight, n);
}

/* Garden furniture sells in spring and summer. */
static const int line_weight[] = {26, 22, 18, 16, 11};
static const int outdoor_weight[12] = {1, 1, 6, 12, 16, 16, 12, 8, 4, 3, 1, 1};

static int draw_product(struct book *book, day date)
{
    int weight[COUNT(lines)];
    memcpy(weight, line_weight, sizeof line_weight);
    weight[COUNT(lines) - 1] = outdoor_weight[month_of(date) % 12];

    int product;
    do {
        product = rng_weighted(&book->rng, weight, COUNT(lines)) * NMODELS;
        product += rng_below(&book->rng, NMODELS);
    } while (strcmp(book->products[product].launched, day_iso(date).text) > 0);
    return product;
}

static int draw_quantity(struct book *book, const struct customer *c)
{
    if (strcmp(c->kind, "bulk") == 0)
        return rng_range(&book->rng, 6, 26);
    if (strcmp(c->kind, "dealer") == 0)
        return rng_range(&book->rng, 2, 10);
    return rng_range(&book->rng, 1, 6);
}

/* Percent of the list price that a channel pays. */
static int percent_paid(struct book *book, const struct customer *c)
{
    int percent = strcmp(c->channel, "online") == 0 ? 88 : strcmp(c->kind, "bulk") == 0 ? 62 : 72;
    return percent + rng_range(&book->rng, -3, 3);
}

static void order(struct book *book, int customer, day date)
{
    static const int nlines[] = {0, 30, 34, 22, 14};
    const struct customer *c = &book->customers[customer];
    int n = rng_weighted(&book->rng, nlines, COUNT(nlines));
    int number = order_start(book);
    for (int line = 1; line <= n; line++) {
        int product = draw_product(book, date);
        int quantity = draw_quantity(book, c);
        sale_add(book, (struct sale){.date = date,
                                     .order = number,
                                     .line = line,
                                     .customer = customer,
                                     .product = product,
                                     .channel = c->channel,
                                     .quantity = quantity,
                                     .amount = (int64_t)book->products[product].price * quantity *
                                               percent_paid(book, c)});
    }
}

/* ---- the book ---- */

void make_furniture(const char *dir)
{
    struct product products[NPRODUCTS];
    make_products(products);
    struct book book = {
        .name = "furniture",
        .mail_domain = "qingsong.example",
        .rng = {20241002},
        .regions = regions,
        .nregions = COUNT(regions),
        .people = people,
        .npeople = COUNT(people),
        .seats = seats,
        .nseats = COUNT(seats),
        .bends = bends,
        .nbends = COUNT(bends),
        .products = products,
        .nproducts = NPRODUCTS,
        .season = season,
        .mood = mood,
        .noise = 50,
        .order_day = order_day,
        .order = order,
    };
    snprintf(book.dir, sizeof book.dir, "%s/%s", dir, book.name);

    make_customers(&book);
    book_plan(&book);
    book_trade(&book);
    sales_number(&book);

    write_shared(&book);
    write_targets(&book, true, true);
    write_traffic(&book);
    write_appraisal(&book);
    write_channel(&book);
    write_contacts(&book);
    write_forecast(&book);
    write_forms(&book);
    write_staffing(&book);
    write_research(&book);
    write_training(&book);
    write_promotion(&book);
    write_visits(&book);
    book_clear(&book);
}
