/* pdf: what the files pdf*.c share. A document becomes pieces of known height (pdf_flow.c and the
 * files of each kind of node), pieces get a page and a place (pdf_layout.c), then each page is
 * drawn on a canvas (pdf_page.c). Lengths are points of 1/72 inch; y runs down from the top of the
 * page. */
#ifndef SALESBOOK_PDF_PRIVATE_H
#define SALESBOOK_PDF_PRIVATE_H

#include "render.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <hpdf_outline.h>
#include <hpdf_pages.h>

/* One document in the making; all of it lives in mem. */
struct pdf {
    struct arena *mem;
    struct pdf_fonts *fonts;
    const struct site *site;
    const struct document *document;
    const char *language; /* "en" */
    HPDF_Doc doc;
    HPDF_Dict resources; /* shared by all pages */
    struct font_use *use;
    struct tags *tags;
    struct layout *layout;
    LIST(str) told;        /* what footnotes say so far, by their numbers */
    struct fields *fields; /* of a form that is filled in on a screen, else NULL */
    bool is_form;          /* a form to be filled in, which is as of no day */
};

/* ---- pdf_font.c: faces and shaping ---- */

enum weight { WEIGHT_REGULAR, WEIGHT_BOLD, WEIGHT_ITALIC };

/* Those before arabic are asked first. */
#define FACES(X)                                                                                   \
    X(regular)                                                                                     \
    X(bold)                                                                                        \
    X(italic) X(symbols) X(han) X(han_bold) X(arabic) X(hebrew) X(thai) X(devanagari) X(math)
enum face {
#define X(name) FACE_##name,
    FACES(X)
#undef X
        FACE_COUNT
};

/* Lengths of a glyph are thousandths of the size of the type. */
struct glyph {
    uint16_t id;
    uint8_t face;
    float advance, dx, dy;
    str text;      /* what it stands for; empty for all but the first glyph of a cluster */
    bool mirrored; /* a bracket that is seen as its partner, which is what readers of the file take
                    */
};
struct shaped {
    str text;
    struct glyph *glyph;
    size_t n;
    float width;
    bool rtl; /* some of it runs from right to left */
};

/* A word, or a whole line, as glyphs in the order in which they stand, each from the first face
 * that has it. Kept for the next time: valid until fonts_forget. */
const struct shaped *font_shape(struct pdf_fonts *f, enum weight weight, str word);
/* Where what is known of a text in a language may be kept, in *mem, as long as words are; NULL in
 * it if nothing is yet. */
void **font_text(struct pdf_fonts *f, enum weight weight, const char *language, str text,
                 struct arena **mem);
/* Drops the kept words and texts if they have become many; between documents only. */
void fonts_forget(struct pdf_fonts *f);
/* The first character since fonts_forget that no face had, as text in mem; unset if there is
 * none. */
str fonts_missing(const struct pdf_fonts *f, struct arena *mem);

/* ---- pdf_bidi.c: lines of two directions ---- */

struct bidi_run {
    size_t from, to; /* bytes */
    int level;       /* odd: from right to left */
};
/* The runs of a line in the order in which they stand; 0 if all of it runs from left to right. */
size_t bidi_runs(struct arena *mem, str text, struct bidi_run **run);

/* ---- pdf_embed.c: the glyphs that one document uses ---- */

struct font_use;
struct font_use *font_use_new(struct arena *mem, struct pdf_fonts *fonts);
/* The two-byte code that stands for a glyph in the text of this document, and how far the reader of
 * the file moves on after it: what its face says, without kerning. */
struct coded {
    uint16_t code;
    float advance;
};
/* Those of the glyphs of a word that font_shape gave. */
const struct coded *font_codes(struct font_use *use, const struct shaped *word);
/* Subsets and embeds each used face and enters it in dict as F0, F1 … False if a face cannot be
 * subset. */
bool fonts_embed(struct font_use *use, HPDF_Doc doc, HPDF_Dict dict);

/* The upright face with all of Windows' western alphabet in its usual code: what forms are filled
 * in with. NULL if it cannot be subset. */
HPDF_Dict font_embed_for_typing(struct pdf_fonts *fonts, HPDF_Doc doc);

/* ---- pdf_tag.c: the structure tree, for screen readers and for reflow ---- */

#define TAGS(X)                                                                                    \
    X(Document)                                                                                    \
    X(Sect)                                                                                        \
    X(H1)                                                                                          \
    X(H2)                                                                                          \
    X(H3)                                                                                          \
    X(H4)                                                                                          \
    X(H5)                                                                                          \
    X(H6)                                                                                          \
    X(P)                                                                                           \
    X(L)                                                                                           \
    X(LI)                                                                                          \
    X(Lbl)                                                                                         \
    X(LBody)                                                                                       \
    X(Table)                                                                                       \
    X(TR)                                                                                          \
    X(TH) X(TD) X(Figure) X(Caption) X(Link) X(TOC) X(TOCI) X(BlockQuote) X(Code) X(Form) X(Note)
enum tag_kind {
#define X(name) TAG_##name,
    TAGS(X)
#undef X
};
struct tag;
struct tags;

struct tags *tags_new(struct pdf *pdf);
/* A new last child of parent (NULL: the root). alt may be unset; of a Note it is its id, and these
 * rise. */
struct tag *tag_new(struct tags *t, struct tag *parent, enum tag_kind kind, str alt);
/* Makes a TH the head of its row; else it is that of its column. */
void tag_row_head(struct tag *tag);
/* A Form that is filled in with a pen; its `alt` says what for. */
enum print_field { PRINT_FIELD_NONE, PRINT_FIELD_text, PRINT_FIELD_check, PRINT_FIELD_choice };
void tag_print_field(struct tag *tag, enum print_field kind);
/* Takes back what tag got after it had n children. */
size_t tag_count(const struct tag *tag);
void tag_cut(struct tag *tag, size_t n);
const char *tag_name(const struct tag *tag);
/* The number that marks the next content of tag on this page. */
int tag_mark(struct tags *t, struct tag *tag, size_t page);
/* An annotation belongs to tag. */
void tag_annotation(struct tags *t, struct tag *tag, size_t page, HPDF_Dict annotation);
/* Writes the tree and enters it in the catalog, when all pages are drawn. Branches without content
 * are left out, but for the cells of a table. */
void tags_write(struct tags *t);
/* When the file is written. */
void tags_free(struct tags *t);

/* ---- pdf_page.c: the one way for text and lines onto a page ---- */

/* Colours are 0xRRGGBB; all on white. */
enum {
    RGB_TEXT = 0x1a1a1a,
    RGB_MUTED = 0x5c6166,
    RGB_RULE = 0xb4b9be,
    RGB_FAINT = 0xdfe2e5,
    RGB_LINK = 0x1f4e79,
    RGB_GOOD = 0x00776a,
    RGB_BAD = 0xc03a0b,
    RGB_WARN = 0x8a5a00,
};

struct look {
    enum weight weight;
    float size;
    uint32_t rgb;
};

/* Content is written as it is drawn; x and y of open text are kept in hundredths of a point. */
struct canvas {
    struct pdf *pdf;
    HPDF_Page page;
    size_t number; /* from 0 */
    double width, height;
    struct buf out;
    struct tag *tag;
    bool marked, in_text, in_array, in_string;
    int font; /* face + 1 */
    float size;
    long text_x, text_y; /* where the last text object's line began */
    double pen_x, pen_y; /* where the next glyph would stand */
    uint32_t fill, stroke;
    double line_width;
};
/* Content for page `number` of the layout. */
struct canvas *canvas_new(struct pdf *pdf, size_t number, double width, double height);
/* Content that follows belongs to tag; NULL: it is an artifact, which readers skip. */
void canvas_tag(struct canvas *c, struct tag *tag);
/* A word with its left end at x on the baseline y; returns where it ends. */
double canvas_word(struct canvas *c, const struct shaped *word, struct look look, double x,
                   double y);
/* Text on one line, shaped here. */
double canvas_text(struct canvas *c, str text, struct look look, double x, double y);
void canvas_rect(struct canvas *c, double x, double y, double width, double height, uint32_t rgb);
void canvas_line(struct canvas *c, double x1, double y1, double x2, double y2, double width,
                 uint32_t rgb);
double text_width_pt(struct pdf *pdf, str text, struct look look);
/* For drawings: opens a place for paths, sets colours, writes numbers. */
void canvas_begin_path(struct canvas *c);
void canvas_fill(struct canvas *c, uint32_t rgb);
void canvas_stroke(struct canvas *c, uint32_t rgb, double width);
void canvas_number(struct canvas *c, double x);
void canvas_point(struct canvas *c, double x, double y);
/* What follows is turned about x, y by `angle` (radians, counter-clockwise): 0, height of the page
 * is now there. */
void canvas_turn(struct canvas *c, double x, double y, double angle);
void canvas_turn_back(struct canvas *c);
/* Whether a target leads somewhere: to a place of this document (#id), or to an outside address
 * that can do no more than open a page or write a mail. */
bool canvas_leads(struct canvas *c, str target);
/* A link over a box; its target leads somewhere. `says` is read aloud for it. */
void canvas_link(struct canvas *c, struct tag *tag, double x, double y, double width, double height,
                 str target, str says);
/* An annotation of this page that belongs to tag. */
void canvas_annotate(struct canvas *c, struct tag *tag, HPDF_Dict annotation);
/* [left bottom right top] of a box whose top left corner is x, y. */
HPDF_Array canvas_box(struct canvas *c, double x, double y, double width, double height);
/* The colour on white paper, 0xRRGGBB, of a paint at a share of its strength. */
uint32_t paper_rgb(enum paint paint, double opacity);
/* A drawing scaled to width, its top left corner at x, y. */
void canvas_drawing(struct canvas *c, const struct drawing *g, double x, double y, double width);
/* Ends the page and writes its content. */
void canvas_end(struct canvas *c);

/* ---- pdf_text.c: text becomes lines ---- */

/* Text of one look. A newline in it ends the line. */
struct span {
    str text;
    struct look look;
    str href;         /* an outside address or #id; unset for plain text */
    struct tag *link; /* made when it is first drawn */
};
struct word {
    const struct shaped *shaped;
    str text;
    size_t span;
    float width, space; /* points; the blank behind it, 0 for none */
    enum { BREAK_NONE, BREAK_MAY, BREAK_MUST } after;
};
struct line {
    size_t from, to; /* words */
    float width;     /* without the blank at its end */
};
struct text {
    struct span *span;
    size_t nspans;
    LIST(struct word) word;
    LIST(struct line) line;
    double widest, narrowest; /* on one line; of its longest word */
};

/* Shapes and measures; `span` is kept. No lines yet. */
struct text *text_new(struct pdf *pdf, struct span *span, size_t nspans);
struct text *text_plain(struct pdf *pdf, str text, struct look look);
/* Breaks into lines no wider than width, as UAX 14 says; a word that is too long by itself is cut
 * between characters. An empty text has one empty line. May be called again with another width. */
void text_break(struct pdf *pdf, struct text *t, double width);
/* Draws line i from x on the baseline y as content of tag. */
void text_draw(struct canvas *c, struct text *t, size_t i, struct tag *tag, double x, double y);

/* ---- pdf_note.c: footnotes ---- */

/* Those of one piece, or of a page. They stand in two columns. */
struct notes {
    LIST(struct note *) note;
    size_t lines, longest; /* longest: lines of one note, at most */
    double width;          /* of the page's measure */
};
/* The raised number for what `word` means, to stand behind it, if no note has told it yet and there
 * is room at the foot; else an unset text. pdf->told tells how many there were, to take them
 * back. */
str note_add(struct pdf *pdf, struct notes *notes, str word, str meaning);
/* How that number looks behind a word of this look: raised figures are small. */
struct look note_mark(struct look look);
/* Puts the notes below parent. */
void notes_tag(struct pdf *pdf, const struct notes *notes, struct tag *parent);
void notes_join(struct pdf *pdf, struct notes *notes, const struct notes *more);
/* What a page with `notes` gets besides. */
struct notes notes_with(struct notes notes, const struct notes *more);
/* How much of a page they take, with what parts them from the text. */
double notes_height(const struct notes *notes);
/* At the foot of the page. */
void notes_draw(struct canvas *c, const struct notes *notes);

/* ---- pdf_layout.c: pieces get pages ---- */

#define PAGE_SHORT_PT 595.276
#define PAGE_LONG_PT 841.89
#define MARGIN_PT 56.693 /* 20 mm */
#define COLUMN_PT (PAGE_SHORT_PT - 2 * MARGIN_PT)
#define COLUMN_TURNED_PT (PAGE_LONG_PT - 2 * MARGIN_PT)

/* A box that no page break cuts: a line, a row, a figure. */
struct piece {
    double x, height; /* x from the left margin */
    double gap;       /* above it, unless it begins a page */
    double baseline; /* from its top to its first line's, if that is to stand on the grid; else 0 */
    bool stick;      /* stands on the page of the piece before it */
    size_t block;    /* pieces of the table or figure that begins here; 0: none does */
    bool floats;     /* a figure: a table behind it may stand before it, if this fills a page */
    const struct tag *bar; /* a rule at its left; one with its neighbours' of the same quotation */
    bool turned;           /* on a page that lies on its side */
    const struct piece *head; /* stands above it where it begins a page: the head of a table */
    void (*draw)(struct canvas *c, const struct piece *p, double x, double y); /* y: its top */
    void *of; /* what is drawn, and which part of it */
    size_t part;
    struct tag *tag;
    struct notes notes; /* at the foot of its page */
    struct mark *mark;  /* a heading or the target of a link begins here */
    size_t page;        /* where layout_pages puts it */
    double y;
};
/* A place that links, contents, outline and running heads lead to. */
struct mark {
    str id, title;
    int level; /* of a heading; 0 for others */
    const struct piece *piece;
    struct mark *next; /* another that begins with the same piece */
};
/* Pieces in the making, in a measure from x of this width. */
struct flow {
    struct pdf *pdf;
    double x, width;
    struct tag *tag; /* parent of what is added */
    int level;       /* of the last heading, for no level is skipped */
    bool keep;       /* the next piece sticks to the last one */
    bool too_narrow; /* a table had to cut its words or numbers */
    const struct tag *bar;
    double gap;         /* above the next piece, if more than its own */
    size_t title_lines; /* pieces of the title with which it begins */
    LIST(struct piece *) piece;
};
struct piece *flow_add(struct flow *f, double height, double gap,
                       void (*draw)(struct canvas *, const struct piece *, double, double),
                       void *of);
/* The piece p begins the place `id`; level: of a heading, else 0. */
struct mark *flow_mark(struct flow *f, struct piece *p, str id, str title, int level);
double flow_height(const struct flow *f);
/* Draws all pieces of a flow below each other from x, y; no page break. */
void flow_draw(struct canvas *c, const struct flow *f, double x, double y);

struct layout {
    LIST(struct piece *) piece;
    LIST(struct mark *) mark;
    size_t npages;
    double tight; /* by which gaps between pieces are multiplied */
    HPDF_Page *page;
    bool *turned; /* by page */
};
/* Gives each piece its page and place; figures that would leave a page empty below them change
 * places with the table behind. */
void layout_pages(struct pdf *pdf);
/* Draws all pages with their running heads and feet. */
void layout_draw(struct pdf *pdf);
/* The place `id`, or NULL. */
const struct mark *layout_mark(const struct pdf *pdf, str id);
/* [page /XYZ x y null] */
HPDF_Array layout_destination(struct pdf *pdf, const struct mark *m);

/* ---- pdf_flow.c: nodes become pieces; pdf_table.c, pdf_figure.c, pdf_kpi.c, pdf_form.c:
 * those of one kind ---- */

extern const struct look look_body, look_strong, look_note, look_title;
enum { LEADING_BODY = 13 };
/* From the top of a line of body text to its baseline: capitals stand in the middle. */
#define BASELINE_PT ((LEADING_BODY + 0.71 * 9.5) / 2)

void flow_nodes(struct flow *f, const struct node *first);
/* Lines of text as pieces, at most two of them alone at a page's end or begin. */
void flow_text(struct flow *f, struct text *t, double leading, double gap, struct tag *tag);
void flow_heading(struct flow *f, str title, str id, int level);
/* Text of inline nodes, their links, weights and slopes over the look. */
struct text *flow_inlines(struct pdf *pdf, const struct node *first, struct look look);
/* Title above and note below a block. The title sticks to what follows. */
void flow_block_title(struct flow *f, str title, struct tag *tag);
void flow_block_note(struct flow *f, str note);
void flow_table(struct flow *f, const struct node *n);
/* pdf_part.c: the first column of a table and those of from … to - 1, with all rows. */
struct table_node *table_part(struct arena *mem, const struct table_node *t, size_t from,
                              size_t to);
void flow_figure(struct flow *f, const struct node *n);
void flow_kpis(struct flow *f, const struct node *n);
void flow_form(struct flow *f, const struct node *n);
uint32_t state_rgb(enum state s);

/* ---- pdf.c: the document ---- */

/* What the renderer itself says, in English as all that is not the book's. */
#define WORDS(X)                                                                                   \
    X(contents, "Contents")                                                                        \
    X(continued, "continued")                                                                      \
    X(as_of, "As of")                                                                              \
    X(page, "Page")                                                                                \
    X(of, "of")                                                                                    \
    X(internal, "internal")                                                                        \
    X(restricted, "restricted")                                                                    \
    X(for_whom, "For")                                                                             \
    X(everyone, "everyone in the house")                                                           \
    X(one_person, "the person named")                                                              \
    X(to_target, "target")                                                                         \
    X(to_before, "last year")                                                                      \
    X(chart, "Chart")                                                                              \
    X(day, "day") X(month, "month") X(year, "year") X(hour, "hour") X(minute, "minute")
enum own_word {
#define X(name, english) WORD_##name,
    WORDS(X)
#undef X
};
str own_word(enum own_word w);
/* A text with the sign of its state before it, which a line does not part from it. */
str pdf_signed(struct pdf *pdf, enum state state, str text);
HPDF_Array pdf_numbers(struct pdf *pdf, size_t n, const double *number);
HPDF_Binary pdf_bytes(struct pdf *pdf, str bytes);
/* A whole number: printf is too slow for the structure of large tables. */
void pdf_put_number(struct buf *out, size_t n);
/* Four hexadecimal digits. */
void pdf_put_hex(struct buf *out, uint16_t n);
/* Text as UTF-16 in hexadecimal digits. */
void pdf_put_utf16(struct buf *out, str text);
/* Text of the file itself (title, outline, descriptions): UTF-16 with its mark. */
HPDF_Binary pdf_text(struct pdf *pdf, str text);
enum { PDF_TITLE_MOST = 2000 }; /* what pdf_text takes: nobody reads more in an outline */

/* ---- pdf_field.c: forms that are filled in on a screen ---- */

struct fields *fields_new(struct pdf *pdf);
/* A field over a box of the page, as content of tag. Its signature is given by hand. */
void field_add(struct canvas *c, struct tag *tag, const struct form_field *field, double x,
               double y, double width, double height);
/* Enters the form in the catalog, when all pages are drawn. False if its face cannot be subset. */
bool fields_write(struct fields *f);

/* ---- pdf_archive.c: what PDF/A-2b and PDF/UA-1 want to be told about the file ---- */

/* When all pages are drawn. */
void archive_write(struct pdf *pdf);
/* Text in XML: markup escaped, what XML forbids left out, what is no UTF-8 replaced. */
void pdf_put_xml(struct buf *out, str text);

/* ---- pdf_origin.c: what it was made of ---- */

#define ORIGIN_NAMESPACE "urn:salesbook:origin/"
/* Its properties as they stand in the metadata, and what they are. */
void origin_put(struct buf *out, struct pdf *pdf);
void origin_put_schema(struct buf *out);
/* Puts the digest into the n bytes of a whole file. */
void origin_seal(struct pdf *pdf, char *file, size_t n);

/* ---- pdf_deflate.c ---- */
/* Compresses all streams that libharu would, once they are complete. */
void pdf_deflate(struct pdf *pdf);
/* The compressed form of `plain`, in the place of what `packed` held. */
struct libdeflate_compressor;
void pdf_pack(struct libdeflate_compressor *by, str plain, struct buf *packed);
/* These bytes are what the stream holds, and compressed already. They are not copied; mem and they
 * live as long as the document. */
void pdf_is_packed(HPDF_Dict stream, struct arena *mem, str bytes);

#endif
