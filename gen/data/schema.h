/* Inside of data, for its own files only: how tables.yaml becomes a model. */
#ifndef SALESBOOK_DATA_SCHEMA_H
#define SALESBOOK_DATA_SCHEMA_H

#include "reading.h"

struct schema_reader {
    struct arena *mem;
    struct model *model;
    struct diags *diags;
    str system;     /* whose tables.yaml is read */
    bool from_book; /* it stands in the book's own systems/ */
};

/* ---- schema.c: systems, tables, fields, meanings ---- */

bool schema_is_name(str s); /* a lower case letter, then letters, digits, '_'; at most 64 */
bool schema_check_name(struct schema_reader *r, const struct yaml *node);
bool schema_expect_map(struct schema_reader *r, const struct yaml *node);
/* The one value of a key, or an unset str. */
str schema_scalar(struct schema_reader *r, const struct yaml *map, str key);
/* The value or list of values of a key. */
size_t schema_names(struct schema_reader *r, const struct yaml *map, str key, str **names);
/* What `raw` says as a value of a column of `f`'s type; NULL with a diagnostic that names `key`.
 * Money stays a real number of whole units until data_load knows how many decimals it has. */
struct value schema_value(struct schema_reader *r, const struct field *f, str raw, str key,
                          struct place at);
/* The index of a column, or -1 with a diagnostic that names the nearest one. */
int schema_column(struct schema_reader *r, const struct schema *s, str column, struct place at);
/* The table of this name, or NULL with a diagnostic that names the nearest one. */
const struct schema *schema_table(struct schema_reader *r, str name, struct place at);
/* Adds what one tables.yaml says to the model and to its system. */
void schema_read(struct schema_reader *r, struct system *system, const struct yaml *root);

/* ---- rollup.c: rollups and kept rows ---- */

void rollups_read(struct schema_reader *r, const struct yaml *rollups, const struct yaml *rows);
/* Checks the rollups' tables and columns, once all systems are read. */
void rollups_check(struct schema_reader *r);

#endif
