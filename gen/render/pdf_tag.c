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

static unsigned number_of(HPDF_Dict object)
{
    return object->header.obj_id & 0x00FFFFFF;
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
    unsigned there = number_of(tag->tags->pdf->layout->page[k->page]);
    if (k->tag)
        buf_addf(out, "%u 0 R ", number_of(k->tag->object));
    else if (k->annotation)
        buf_addf(out, "<</Type /OBJR /Pg %u 0 R /Obj %u 0 R>> ", there, number_of(k->annotation));
    else if (k->page == page)
        buf_addf(out, "%d ", k->mark);
    else
        buf_addf(out, "<</Type /MCR /Pg %u 0 R /MCID %d>> ", there, k->mark);
}

static void put_kids(struct buf *out, const struct tag *tag)
{
    size_t page = SIZE_MAX;
    for (size_t i = 0; i < tag->kid.n && page == SIZE_MAX; i++)
        if (!tag->kid.at[i].tag && !tag->kid.at[i].annotation)
            page = tag->kid.at[i].page;
    if (page != SIZE_MAX)
        buf_addf(out, "/Pg %u 0 R\n", number_of(tag->tags->pdf->layout->page[page]));
    bool alone = tag->kid.n == 1 && !tag->kid.at[0].tag;
    buf_add(out, alone ? S("/K ") : S("/K ["));
    for (size_t i = 0; i < tag->kid.n; i++)
        if (!tag->kid.at[i].tag || tag->kid.at[i].tag->object)
            put_kid(out, tag, &tag->kid.at[i], page);
    buf_add(out, alone ? S("\n") : S("]\n"));
}

static void put_alt(struct buf *out, str alt)
{
    buf_add(out, S("/Alt <FEFF"));
    pdf_put_utf16(out, alt);
    buf_add(out, S(">\n"));
}

/* Called by libharu between << and >>. */
static HPDF_STATUS write_tag(HPDF_Dict object, HPDF_Stream stream)
{
    const struct tag *tag = object->attr;
    struct buf out = {0};

    buf_addf(&out, "/S /%s /P %u 0 R\n", tag_name(tag),
             tag->parent ? number_of(tag->parent->object)
                         : number_of(HPDF_Dict_GetItem(tag->tags->pdf->doc->catalog,
                                                       "StructTreeRoot", HPDF_OCLASS_DICT)));
    if (tag->kind == TAG_TH)
        buf_addf(&out, "/A <</O /Table /Scope /%s>>\n", tag->row_head ? "Row" : "Column");
    if (tag->kind == TAG_Figure)
        put_alt(&out, tag->alt);
    if (tag->kid.n)
        put_kids(&out, tag);
    HPDF_STATUS status = HPDF_Stream_Write(stream, (const HPDF_BYTE *)out.p, (HPDF_UINT)out.n);
    buf_clear(&out);
    return status;
}

static void make_objects(struct tags *t, struct tag *tag)
{
    if (is_empty(tag))
        return;
    tag->object = HPDF_Dict_New(t->pdf->doc->mmgr);
    HPDF_Xref_Add(t->pdf->doc->xref, tag->object);
    tag->object->attr = tag;
    tag->object->write_fn = write_tag;
    for (size_t i = 0; i < tag->kid.n; i++)
        if (tag->kid.at[i].tag)
            make_objects(t, tag->kid.at[i].tag);
}

/* Hook: numbers of pages to the elements of their contents, then numbers of annotations to theirs.
 */
static HPDF_STATUS write_parents(HPDF_Dict object, HPDF_Stream stream)
{
    const struct tags *t = object->attr;
    struct buf out = {0};

    buf_add(&out, S("/Nums ["));
    for (size_t i = 0; i < t->page.n; i++) {
        buf_addf(&out, "%zu [", i);
        for (size_t k = 0; k < t->page.at[i].n; k++)
            buf_addf(&out, "%u 0 R ", number_of(t->page.at[i].at[k]->object));
        buf_add(&out, S("]\n"));
    }
    for (size_t i = 0; i < t->annotation.n; i++)
        buf_addf(&out, "%zu %u 0 R\n", t->pdf->layout->npages + i,
                 number_of(t->annotation.at[i]->object));
    buf_add(&out, S("]\n"));
    HPDF_STATUS status = HPDF_Stream_Write(stream, (const HPDF_BYTE *)out.p, (HPDF_UINT)out.n);
    buf_clear(&out);
    return status;
}

void tags_write(struct tags *t)
{
    HPDF_Doc doc = t->pdf->doc;
    HPDF_Dict root = HPDF_Dict_New(doc->mmgr), parents = HPDF_Dict_New(doc->mmgr);

    HPDF_Xref_Add(doc->xref, root);
    HPDF_Xref_Add(doc->xref, parents);
    parents->attr = t;
    parents->write_fn = write_parents;
    make_objects(t, t->root);
    HPDF_Dict_AddName(root, "Type", "StructTreeRoot");
    HPDF_Dict_Add(root, "K", t->root->object);
    HPDF_Dict_Add(root, "ParentTree", parents);
    HPDF_Dict_Add(doc->catalog, "StructTreeRoot", root);
    HPDF_Dict marked = HPDF_Dict_New(doc->mmgr);
    HPDF_Dict_AddBoolean(marked, "Marked", HPDF_TRUE);
    HPDF_Dict_Add(doc->catalog, "MarkInfo", marked);
}
