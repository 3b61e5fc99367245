/* The structure tree. Elements are written by a hook of libharu's dictionaries: a table has one for
 * each of its cells, and as objects of libharu each would cost a kilobyte. */
#include "pdf_private.h"

#include <string.h>

static const char *const name_of_kind[] = {
#define X(name) #name,
    TAGS(X)
#undef X
};

struct kid {
    struct tag *tag;      /* a child, or … */
    HPDF_Dict annotation; /* … an annotation, or … */
    size_t page;          /* … content `mark` of this page */
    int mark;
};
struct tag {
    struct tags *tags;
    enum tag_kind kind;
    bool row_head;
    enum print_field print_field;
    struct tag *parent;
    str alt;
    LIST(struct kid) kid;
    HPDF_Dict object; /* set when written */
};
/* Which element each marked content of a page belongs to, and each annotation. */
typedef LIST(struct tag *) owners;
struct tags {
    struct pdf *pdf;
    struct tag *root;
    LIST(owners) page;
    owners annotation;
    owners note; /* those written, by their ids */
    HPDF_Dict tree;
    struct buf out;
};

struct tags *tags_new(struct pdf *pdf)
{
    struct tags *t = NEW(pdf->mem, struct tags);
    t->pdf = pdf;
    return t;
}

struct tag *tag_new(struct tags *t, struct tag *parent, enum tag_kind kind, str alt)
{
    struct tag *tag = NEW(t->pdf->mem, struct tag);
    *tag = (struct tag){.tags = t, .kind = kind, .parent = parent, .alt = alt};
    if (parent)
        PUSH(t->pdf->mem, &parent->kid, ((struct kid){.tag = tag}));
    else
        t->root = tag;
    return tag;
}

void tag_row_head(struct tag *tag)
{
    tag->row_head = true;
}

void tag_print_field(struct tag *tag, enum print_field kind)
{
    tag->print_field = kind;
}

size_t tag_count(const struct tag *tag)
{
    return tag->kid.n;
}

void tag_cut(struct tag *tag, size_t n)
{
    tag->kid.n = n;
}

const char *tag_name(const struct tag *tag)
{
    return name_of_kind[tag->kind];
}

int tag_mark(struct tags *t, struct tag *tag, size_t page)
{
    while (t->page.n <= page)
        PUSH(t->pdf->mem, &t->page, ((owners){0}));
    owners *o = &t->page.at[page];
    int mark = (int)o->n;
    PUSH(t->pdf->mem, o, tag);
    PUSH(t->pdf->mem, &tag->kid, ((struct kid){.page = page, .mark = mark}));
    return mark;
}

void tag_annotation(struct tags *t, struct tag *tag, size_t page, HPDF_Dict annotation)
{
    PUSH(t->pdf->mem, &tag->kid, ((struct kid){.annotation = annotation, .page = page}));
    /* Their numbers come behind those of the pages. */
    HPDF_Dict_AddNumber(annotation, "StructParent",
                        (HPDF_INT32)(t->pdf->layout->npages + t->annotation.n));
    PUSH(t->pdf->mem, &t->annotation, tag);
}

/* ---- writing ---- */

/* "12 0 R " */
static void put_reference(struct buf *out, const char *key, HPDF_Dict object)
{
    buf_add(out, str_of(key));
    pdf_put_number(out, object->header.obj_id & 0x00FFFFFF);
    buf_add(out, S(" 0 R "));
}

static void put_mark(struct buf *out, const char *key, int mark)
{
    buf_add(out, str_of(key));
    pdf_put_number(out, (size_t)mark);
    buf_addc(out, ' ');
}

static bool is_empty(const struct tag *tag)
{
    if (tag->kind == TAG_TD || tag->kind == TAG_TH || tag->kind == TAG_Document)
        return false;
    for (size_t i = 0; i < tag->kid.n; i++)
        if (!tag->kid.at[i].tag || !is_empty(tag->kid.at[i].tag))
            return false;
    return true;
}

/* Content of `page`, the element's own, needs no more than its number. */
static void put_kid(struct buf *out, const struct tag *tag, const struct kid *k, size_t page)
{
    HPDF_Page there = tag->tags->pdf->layout->page[k->page];
    if (k->tag) {
        put_reference(out, "", k->tag->object);
    } else if (k->annotation) {
        put_reference(out, "<</Type /OBJR /Pg ", there);
        put_reference(out, "/Obj ", k->annotation);
        buf_add(out, S(">> "));
    } else if (k->page == page) {
        put_mark(out, "", k->mark);
    } else {
        put_reference(out, "<</Type /MCR /Pg ", there);
        put_mark(out, "/MCID ", k->mark);
        buf_add(out, S(">> "));
    }
}

static void put_kids(struct buf *out, const struct tag *tag)
{
    size_t page = SIZE_MAX;
    for (size_t i = 0; i < tag->kid.n && page == SIZE_MAX; i++)
        if (!tag->kid.at[i].tag && !tag->kid.at[i].annotation)
            page = tag->kid.at[i].page;
    if (page != SIZE_MAX)
        put_reference(out, "/Pg ", tag->tags->pdf->layout->page[page]);
    bool alone = tag->kid.n == 1 && !tag->kid.at[0].tag;
    buf_add(out, alone ? S("/K ") : S("/K ["));
    for (size_t i = 0; i < tag->kid.n; i++)
        if (!tag->kid.at[i].tag || tag->kid.at[i].tag->object)
            put_kid(out, tag, &tag->kid.at[i], page);
    buf_add(out, alone ? S("\n") : S("]\n"));
}

/* A string may have 32,767 bytes (ISO 19005-2, 6.1.13); a byte of a text becomes two at most. */
static void put_said(struct buf *out, const char *key, str text)
{
    enum { MOST = 16000 };
    buf_add(out, str_of(key));
    buf_add(out, S(" <FEFF"));
    pdf_put_utf16(out, text_head(text, MOST));
    buf_add(out, S(">\n"));
}

static void put_id(struct buf *out, str id)
{
    buf_add(out, S("/ID ("));
    buf_add(out, id);
    buf_add(out, S(")\n"));
}

/* What kind of field a pen fills in, and what for. */
static void put_print_field(struct buf *out, const struct tag *tag)
{
    static const char *const what[] = {[PRINT_FIELD_text] = "/tv",
                                       [PRINT_FIELD_check] = "/cb /checked /off",
                                       [PRINT_FIELD_choice] = "/rb /checked /off"};
    buf_add(out, S("/A <</O /PrintField /Role "));
    buf_add(out, str_of(what[tag->print_field]));
    put_said(out, " /Desc", tag->alt);
    buf_add(out, S(">>\n"));
}

/* What the hooks have written goes out. */
static HPDF_STATUS flush(struct tags *t, HPDF_Stream stream)
{
    HPDF_STATUS status =
        HPDF_Stream_Write(stream, (const HPDF_BYTE *)t->out.p, (HPDF_UINT)t->out.n);
    buf_reset(&t->out);
    return status;
}

/* Called by libharu between << and >>. */
static HPDF_STATUS write_tag(HPDF_Dict object, HPDF_Stream stream)
{
    const struct tag *tag = object->attr;
    struct buf *out = &tag->tags->out;

    buf_add(out, S("/S /"));
    buf_add(out, str_of(tag_name(tag)));
    put_reference(out, " /P ", tag->parent ? tag->parent->object : tag->tags->tree);
    if (tag->kind == TAG_TH)
        buf_add(out, tag->row_head ? S("/A <</O /Table /Scope /Row>> ")
                                   : S("/A <</O /Table /Scope /Column>> "));
    if (tag->kind == TAG_Figure || tag->kind == TAG_Form)
        put_said(out, "/Alt", tag->alt);
    if (tag->kind == TAG_Note)
        put_id(out, tag->alt);
    if (tag->print_field)
        put_print_field(out, tag);
    if (tag->kid.n)
        put_kids(out, tag);
    return flush(tag->tags, stream);
}

static void make_objects(struct tags *t, struct tag *tag)
{
    if (is_empty(tag))
        return;
    tag->object = HPDF_Dict_New(t->pdf->doc->mmgr);
    HPDF_Xref_Add(t->pdf->doc->xref, tag->object);
    tag->object->attr = tag;
    tag->object->write_fn = write_tag;
    if (tag->kind == TAG_Note)
        PUSH(t->pdf->mem, &t->note, tag);
    for (size_t i = 0; i < tag->kid.n; i++)
        if (tag->kid.at[i].tag)
            make_objects(t, tag->kid.at[i].tag);
}

/* A hook too: numbers of pages to the elements of their contents, then those of annotations. */
static HPDF_STATUS write_parents(HPDF_Dict object, HPDF_Stream stream)
{
    struct tags *t = object->attr;
    struct buf *out = &t->out;

    buf_add(out, S("/Nums ["));
    for (size_t i = 0; i < t->page.n; i++) {
        pdf_put_number(out, i);
        buf_add(out, S(" ["));
        for (size_t k = 0; k < t->page.at[i].n; k++)
            put_reference(out, "", t->page.at[i].at[k]->object);
        buf_add(out, S("]\n"));
    }
    for (size_t i = 0; i < t->annotation.n; i++) {
        pdf_put_number(out, t->pdf->layout->npages + i);
        put_reference(out, " ", t->annotation.at[i]->object);
    }
    buf_add(out, S("]\n"));
    return flush(t, stream);
}

/* A hook: ids to the elements that have one. */
static HPDF_STATUS write_ids(HPDF_Dict object, HPDF_Stream stream)
{
    struct tags *t = object->attr;
    struct buf *out = &t->out;

    buf_add(out, S("/Names ["));
    for (size_t i = 0; i < t->note.n; i++) {
        buf_addc(out, '(');
        buf_add(out, t->note.at[i]->alt);
        buf_addc(out, ')');
        put_reference(out, " ", t->note.at[i]->object);
    }
    buf_add(out, S("]\n"));
    return flush(t, stream);
}

static int by_id(const void *a, const void *b)
{
    return str_cmp((*(struct tag *const *)a)->alt, (*(struct tag *const *)b)->alt);
}

static void add_ids(struct tags *t, HPDF_Dict root)
{
    HPDF_Doc doc = t->pdf->doc;
    if (!t->note.n)
        return;
    qsort(t->note.at, t->note.n, sizeof *t->note.at, by_id);
    HPDF_Dict ids = HPDF_Dict_New(doc->mmgr);
    HPDF_Xref_Add(doc->xref, ids);
    ids->attr = t;
    ids->write_fn = write_ids;
    HPDF_Dict_Add(root, "IDTree", ids);
}

void tags_free(struct tags *t)
{
    buf_clear(&t->out);
}

void tags_write(struct tags *t)
{
    HPDF_Doc doc = t->pdf->doc;
    HPDF_Dict root = HPDF_Dict_New(doc->mmgr), parents = HPDF_Dict_New(doc->mmgr);

    t->tree = root;
    HPDF_Xref_Add(doc->xref, root);
    HPDF_Xref_Add(doc->xref, parents);
    parents->attr = t;
    parents->write_fn = write_parents;
    make_objects(t, t->root);
    HPDF_Dict_AddName(root, "Type", "StructTreeRoot");
    HPDF_Dict_Add(root, "K", t->root->object);
    HPDF_Dict_Add(root, "ParentTree", parents);
    add_ids(t, root);
    HPDF_Dict_Add(doc->catalog, "StructTreeRoot", root);
    HPDF_Dict marked = HPDF_Dict_New(doc->mmgr);
    HPDF_Dict_AddBoolean(marked, "Marked", HPDF_TRUE);
    HPDF_Dict_Add(doc->catalog, "MarkInfo", marked);
}
