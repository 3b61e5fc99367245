/* A model.sql, cut into its views. */
#include "store.h"

struct reader {
    struct arena *mem;
    const struct model_file *file;
    struct tokens t;
    struct place known; /* of offset known_at: places are asked for one behind the other */
    size_t known_at;
};

static struct place token_place(struct reader *r, size_t i)
{
    size_t at = i < r->t.list.n ? r->t.list.at[i].at : 0;
    if (at < r->known_at) {
        r->known = (struct place){r->file->path, 1, 1};
        r->known_at = 0;
    }
    r->known = place_within(r->known, str_sub(r->file->text, r->known_at, r->file->text.n),
                            at - r->known_at);
    r->known_at = at;
    return r->known;
}

static bool is_at(const struct reader *r, size_t i, const char *word)
{
    return i < r->t.list.n && token_is(&r->t.list.at[i], word);
}

static size_t statement_end(const struct reader *r, size_t i)
{
    while (i < r->t.list.n && !is_at(r, i, ";"))
        i++;
    return i;
}

/* The text of the file from token `first` to the end of token `last`. */
static str text_between(const struct reader *r, size_t first, size_t last)
{
    const struct token *at = r->t.list.at;
    return str_sub(r->file->text, at[first].at, at[last].at + at[last].text.n);
}

/* The same as tokens, with offsets in that text. */
static struct tokens tokens_between(const struct reader *r, size_t first, size_t last)
{
    struct token *at = r->t.list.at + first;
    size_t n = last - first + 1, start = at->at;
    for (size_t i = 0; i < n; i++)
        at[i].at -= start;
    return (struct tokens){{at, n, n}};
}

/* `(a, b)` behind the name of a view. Returns the index behind it. */
static size_t read_names(const struct reader *r, size_t open, struct statement_text *text)
{
    size_t close = token_closing(&r->t, open);
    text->name = NEW_ARRAY(r->mem, close - open, str);
    for (size_t i = open + 1; i < close; i++)
        if (!is_at(r, i, ","))
            text->name[text->nnames++] = token_name(r->mem, &r->t.list.at[i]);
    return close + 1;
}

/* CREATE VIEW name [(columns)] AS body, from token `from` to `end`. */
static bool read_view(struct reader *r, size_t from, size_t end, struct view_text *view,
                      struct diags *diags)
{
    size_t name = from + 2, body = name + 1;
    bool is_view = is_at(r, from, "create") && is_at(r, from + 1, "view") && body < end;
    if (is_view && is_at(r, body, "("))
        body = read_names(r, body, &view->text);
    if (!is_view || !is_at(r, body, "as") || body + 1 >= end) {
        str words = text_between(r, from, from + 1 < end ? from + 1 : from);
        return diags_add(diags, DIAG_MODEL_STATEMENT, token_place(r, from), words);
    }
    view->name = token_name(r->mem, &r->t.list.at[name]);
    view->at = token_place(r, name);
    view->text.query.at = token_place(r, body + 1);
    view->text.query.sql = text_between(r, body + 1, end - 1);
    view->text.tokens = tokens_between(r, body + 1, end - 1);
    return true;
}

bool view_texts_read(struct arena *mem, const struct model_file *file, struct view_texts *views,
                     struct diags *diags)
{
    struct reader r = {mem, file, sql_tokens(mem, file->text), {file->path, 1, 1}, 0};
    bool ok = true;
    for (size_t i = 0; i < r.t.list.n;) {
        size_t end = statement_end(&r, i);
        struct view_text view = {0};
        if (end > i && read_view(&r, i, end, &view, diags))
            PUSH(mem, &views->list, view);
        else
            ok = ok && end == i;
        i = end + 1;
    }
    return ok;
}
