/* How SQLite keeps the pages of databases that are in memory as a whole. */
#ifndef SALESBOOK_QUERY_CACHE_H
#define SALESBOOK_QUERY_CACHE_H

struct sqlite3_pcache_methods2;

/* What SQLite calls, for tests. */
const struct sqlite3_pcache_methods2 *cache_methods(void);
/* From now on all databases of this process, which must have no file. Of no effect once SQLite is
 * awake. */
void cache_in_memory(void);

#endif
