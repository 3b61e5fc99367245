/* A book of a few files for tests of data: tables in words, diagnostics as one line each. */
#ifndef SALESBOOK_DATA_KIT_H
#define SALESBOOK_DATA_KIT_H

#include "../../gen/data/data.h"

struct data_kit {
    struct arena *mem;
    struct diags diags;
    str dir;
    struct model model;
    struct load_options options;
    LIST(struct mapping) mappings;
    struct dataset *data;
};

void data_kit_init(struct data_kit *k);
void data_kit_clear(struct data_kit *k);
/* A file below the kit's folder: systems/shop/tables.yaml, or book/sales.csv. */
void data_kit_file(struct data_kit *k, const char *path, const char *text);
void data_kit_bytes(struct data_kit *k, const char *path, str bytes);
/* Reads systems/, then book/. */
bool data_kit_model(struct data_kit *k);
void data_kit_load(struct data_kit *k);

/* The rows of a table as "a|b c|d", NULL as "-". */
str data_kit_rows(struct data_kit *k, const char *table);
/* The diagnostics as "file:line:col code" parted by "; ", notes left out. */
str data_kit_complaints(struct data_kit *k);
/* The message of the first diagnostic with this code, its remedy, and its corrected line. */
str data_kit_message(struct data_kit *k, const char *code);
str data_kit_remedy(struct data_kit *k, const char *code);
str data_kit_fix(struct data_kit *k, const char *code);

#endif
