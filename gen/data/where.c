#include "fold.h"

/* `where:` of a rollup: which of the rows that are seen it counts. */

struct test {
    const struct condition *of;
    int field;
    bool dated;    /* how the column reads depends on the row's own day */
    bool *of_text; /* of a column of texts: whether each meets it */
};
struct where {
    struct folder *folder;
    const struct table *table;
    struct test *test;
    size_t n;
};

static bool sign_meets(const struct condition *c, bool more, bool less)
{
    return c->signs >> (more - less + 1) & 1;
}

static bool meets(const struct condition *c, struct value v)
{
    int sign = value_compare(v, c->value);
    return v.kind != VALUE_NULL && sign_meets(c, sign > 0, sign < 0);
}

static struct test test_of(struct arena *mem, const struct table *t, const struct condition *c)
{
    int field = schema_field(t->schema, c->column);
    const struct column *column = &t->columns->at[field];
    struct test test = {.of = c, .field = field};
    test.dated = t->schema->field[field].known_at >= 0 && t->as_of != DAY_NONE;
    if (column->packing != PACKED_TEXT || test.dated)
        return test;
    test.of_text = NEW_ARRAY(mem, column->ntexts, bool);
    for (size_t i = 1; i < column->ntexts; i++)
        test.of_text[i] =
            meets(c, (struct value){.kind = VALUE_TEXT, .s = text_at(column, (int64_t)i)});
    return test;
}

static bool cell_meets(const struct test *test, union cell x)
{
    const struct value *than = &test->of->value;
    if (test->of_text)
        return test->of_text[x.i];
    if (than->kind == VALUE_REAL)
        return x.r == x.r && sign_meets(test->of, x.r > than->r, x.r < than->r);
    return x.i != CELL_NULL_INT && sign_meets(test->of, x.i > than->i, x.i < than->i);
}

static size_t test_rows(const struct where *w, const struct test *test, size_t chunk, uint16_t *row,
                        size_t n)
{
    const union cell *cell = folder_cells(w->folder, w->table, test->field, chunk);
    size_t met = 0;
    for (size_t i = 0; i < n; i++) {
        bool ok = test->dated ? meets(test->of, table_value_as_of(w->table, (size_t)test->field,
                                                                  chunk * CHUNK_ROWS + row[i]))
                              : cell_meets(test, cell[row[i]]);
        row[met] = row[i];
        met += ok;
    }
    return met;
}

size_t where_rows(const struct where *w, size_t chunk, uint16_t *row, size_t n)
{
    for (size_t i = 0; i < w->n && n; i++)
        n = test_rows(w, &w->test[i], chunk, row, n);
    return n;
}

static bool all_meet(const struct where *w)
{
    uint16_t row[CHUNK_ROWS];
    size_t left = w->table->nrows, n;
    for (size_t chunk = 0; left; chunk++, left -= n) {
        n = left < CHUNK_ROWS ? left : CHUNK_ROWS;
        for (size_t i = 0; i < n; i++)
            row[i] = (uint16_t)i;
        if (where_rows(w, chunk, row, n) < n)
            return false;
    }
    return true;
}

struct where *where_new(struct arena *mem, struct folder *f, const struct table *t,
                        const struct rollup *r)
{
    struct where *w = NEW(mem, struct where);
    *w = (struct where){.folder = f, .table = t, .n = r->nwhere};
    w->test = NEW_ARRAY(mem, w->n + 1, struct test);
    for (size_t i = 0; i < w->n; i++)
        w->test[i] = test_of(mem, t, &r->where[i]);
    return w->n && !all_meet(w) ? w : NULL;
}

bool same_conditions(const struct rollup *a, const struct rollup *b)
{
    bool same = a->nwhere == b->nwhere;
    for (size_t i = 0; i < a->nwhere && same; i++)
        same = str_eq(a->where[i].column, b->where[i].column) &&
               str_eq(a->where[i].way, b->where[i].way) &&
               value_compare(a->where[i].value, b->where[i].value) == 0;
    return same;
}
