/* A book in a few lines, for tests of query: files are written to a folder of its own and read by
 * the real module data; answers come back as one line of text. */
#ifndef SALESBOOK_QUERY_KIT_H
#define SALESBOOK_QUERY_KIT_H

#include "../../gen/query/query.h"

struct query_kit {
    struct arena *mem;
    struct diags diags;
    struct language lang;
    int fiscal_start;  /* 0: January */
    const char *as_of; /* NULL: from the facts */
    bool as_asked;     /* views are evaluated when a query reads them */
    const char *asks;  /* NULL: all is wanted; else what present systems and this text name */
    bool unwants;      /* kept rows, though what is made from them is wanted */
    bool keeps;        /* an image is kept for kit_again */
    uint64_t key;      /* of it */
    str image;
    str dir;
    struct model model;
    struct dataset *data;
    struct store *store;
};

void kit_init(struct query_kit *k);
/* Adds a file, such as systems/shop/tables.yaml, systems/shop/model.sql or book/sales.csv. */
void kit_file(struct query_kit *k, const char *path, const char *text);
/* Reads all of it; false if the store could not be loaded. Pages have the kinds person and
 * region. */
bool kit_load(struct query_kit *k);
bool kit_load_from(struct query_kit *k, str image);
/* The same once more, from the image that the store before leaves behind. */
bool kit_again(struct query_kit *k);
void kit_clear(struct query_kit *k);

/* The rows of a query as "a|b c|d" with NULL as "-", or "!code" of the first diagnostic that it
 * gave. Parameters: :person is "li.wei". */
str kit_ask(struct query_kit *k, const char *sql);
str kit_ask_as(struct query_kit *k, const char *audience, const char *sql);
/* The names and types of the columns: "name:type …". */
str kit_types(struct query_kit *k, const char *sql);
/* The first diagnostic: "file:line:col code", and its message; or "none". */
str kit_complaint(struct query_kit *k);
str kit_message(struct query_kit *k);

#endif
