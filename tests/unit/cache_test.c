#include "../../gen/query/cache.h"

#include <sqlite3.h>

#include "test.h"

/* A cache of n pages, each with its number in it and in what is noted of it. */
static sqlite3_pcache *cache_of(unsigned n)
{
    const sqlite3_pcache_methods2 *m = cache_methods();
    sqlite3_pcache *c = m->xCreate(512, 100, 0);
    for (unsigned i = 1; i <= n; i++) {
        sqlite3_pcache_page *p = m->xFetch(c, i, 2);
        *(unsigned *)p->pBuf = *(unsigned *)p->pExtra = i;
    }
    return c;
}

/* What is in page `number`, or 0 if there is none. */
static unsigned held(sqlite3_pcache *c, unsigned number)
{
    const sqlite3_pcache_page *p = cache_methods()->xFetch(c, number, 0);
    return p && *(unsigned *)p->pBuf == *(unsigned *)p->pExtra ? *(unsigned *)p->pBuf : 0;
}

TEST(a_page_keeps_its_place_until_it_is_dropped)
{
    const sqlite3_pcache_methods2 *m = cache_methods();
    sqlite3_pcache *c = cache_of(1000);
    m->xUnpin(c, m->xFetch(c, 500, 0), 0);
    m->xUnpin(c, m->xFetch(c, 501, 0), 1);
    EXPECT_INT(500, held(c, 500));
    EXPECT_INT(0, held(c, 501));
    EXPECT_INT(999, m->xPagecount(c));
    EXPECT_INT(0,
               *(unsigned *)m->xFetch(c, 501, 2)->pExtra); /* how SQLite tells a page that is new */
    EXPECT_INT(1000, m->xPagecount(c));
    EXPECT(!m->xFetch(c, 1001, 0));
    m->xDestroy(c);
}

TEST(a_page_that_takes_another_number_replaces_the_page_there)
{
    const sqlite3_pcache_methods2 *m = cache_methods();
    sqlite3_pcache *c = cache_of(100);
    m->xRekey(c, m->xFetch(c, 7, 0), 7, 9);
    EXPECT_INT(0, held(c, 7));
    EXPECT_INT(7, held(c, 9));
    EXPECT_INT(99, m->xPagecount(c));

    /* Two pages change places over a number far away, as SQLite does it. */
    m->xRekey(c, m->xFetch(c, 20, 0), 20, 1 << 21);
    m->xRekey(c, m->xFetch(c, 30, 0), 30, 20);
    EXPECT_INT(20, held(c, 1 << 21));
    m->xRekey(c, m->xFetch(c, 1 << 21, 0), 1 << 21, 30);
    EXPECT_INT(30, held(c, 20));
    EXPECT_INT(20, held(c, 30));
    EXPECT_INT(0, held(c, 1 << 21));
    EXPECT_INT(99, m->xPagecount(c));
    m->xDestroy(c);
}

TEST(what_is_cut_off_is_gone_and_far_pages_are_found_when_the_others_reach_them)
{
    const sqlite3_pcache_methods2 *m = cache_methods();
    sqlite3_pcache *c = cache_of(100);
    for (unsigned far = 300; far <= 5000; far += 4700) {
        sqlite3_pcache_page *p = m->xFetch(c, far, 2);
        *(unsigned *)p->pBuf = *(unsigned *)p->pExtra = far;
    }
    for (unsigned i = 101; i < 300; i++)
        m->xFetch(c, i, 2);
    EXPECT_INT(300, held(c, 300));
    EXPECT_INT(5000, held(c, 5000));
    EXPECT_INT(301, m->xPagecount(c));

    m->xTruncate(c, 299);
    EXPECT_INT(298, m->xPagecount(c));
    EXPECT(!m->xFetch(c, 5000, 0) && !m->xFetch(c, 300, 0) && !m->xFetch(c, 299, 0));
    EXPECT_INT(100, held(c, 100));
    m->xDestroy(c);
}

/* The one value of a query, as a number; -1 with a failure of the test if there is none. */
static int64_t number(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    bool ok = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK &&
              sqlite3_step(stmt) == SQLITE_ROW;
    int64_t n = ok ? sqlite3_column_int64(stmt, 0) : -1;
    if (!ok)
        test_fail(__FILE__, __LINE__, "%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_finalize(stmt);
    return n;
}

static void run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        test_fail(__FILE__, __LINE__, "%s: %s", sql, sqlite3_errmsg(db));
}

static void expect_whole(sqlite3 *db)
{
    EXPECT_INT(
        1,
        number(db,
               "SELECT count(*) = 1 AND min(integrity_check) = 'ok' FROM pragma_integrity_check"));
}

/* 30,000 rows whose texts come in no order, so that pages of the index part everywhere. */
static sqlite3 *database_of_rows(void)
{
    sqlite3 *db = NULL;
    cache_in_memory();
    EXPECT_INT(SQLITE_OK, sqlite3_open(":memory:", &db));
    run(db,
        "PRAGMA temp_store = MEMORY; PRAGMA auto_vacuum = FULL; CREATE TABLE t(n INTEGER, s TEXT); "
        "CREATE INDEX by_s ON t(s, n); "
        "WITH c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 30000) "
        "INSERT INTO t SELECT n, (n * 7919) % 30011 || substr('................................', "
        "n % 32) FROM c");
    return db;
}

TEST(pages_of_a_database_stay_while_it_grows_and_shrinks)
{
    sqlite3 *db = database_of_rows();
    int64_t pages = number(db, "PRAGMA page_count");
    EXPECT_INT(450015000, number(db, "SELECT sum(n) FROM t INDEXED BY by_s"));
    expect_whole(db);

    run(db, "BEGIN; DELETE FROM t WHERE n % 3; UPDATE t SET s = 'x' || s; ROLLBACK");
    EXPECT_INT(450015000, number(db, "SELECT sum(n) FROM t INDEXED BY by_s"));
    EXPECT_INT(pages, number(db, "PRAGMA page_count"));

    /* With auto_vacuum pages take the places of those that are gone, and the end is cut off. */
    run(db, "DELETE FROM t WHERE n % 10");
    EXPECT(number(db, "PRAGMA page_count") < pages / 4);
    EXPECT_INT(45015000, number(db, "SELECT sum(n) FROM t INDEXED BY by_s"));
    expect_whole(db);
    sqlite3_close(db);
}

TEST(pages_of_what_queries_put_aside_do_not_mix)
{
    sqlite3 *db = database_of_rows();
    EXPECT_INT(30000,
               number(db, "WITH a AS MATERIALIZED (SELECT n, s FROM t), "
                          "b AS MATERIALIZED (SELECT DISTINCT s || n AS both, n FROM t) "
                          "SELECT count(*) FROM a JOIN b ON b.both = a.s || a.n AND b.n = a.n"));
    EXPECT_INT(30000,
               number(db, "SELECT count(*) FROM (SELECT s, n FROM t UNION SELECT s, n FROM t)"));
    run(db, "CREATE TABLE u AS SELECT s, n FROM t ORDER BY s; DROP TABLE t");
    EXPECT_INT(450015000, number(db, "SELECT sum(n) FROM u"));
    expect_whole(db);
    sqlite3_close(db);
}
