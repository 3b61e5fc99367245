/* A report made by hand, with every kind of node: for tests and benchmarks of PDF. */
#ifndef SALESBOOK_PDF_SAMPLE_H
#define SALESBOOK_PDF_SAMPLE_H

#include "../../gen/render/render.h"

struct site *sample_site(struct arena *mem);
struct document *sample_document(struct arena *mem, str title);
/* Adds a node to the end of parent's. */
struct node *sample_node(struct arena *mem, struct node *parent, enum node_kind kind);
struct node *sample_text(struct arena *mem, struct node *parent, enum node_kind kind, str text);
struct node *sample_heading(struct arena *mem, struct node *parent, int level, str text, str id);
struct node *sample_kpis(struct arena *mem, struct node *parent, size_t n);
/* Columns: name, region, revenue, target, attainment, trend. */
struct node *sample_table(struct arena *mem, struct node *parent, size_t nrows);
struct node *sample_chart(struct arena *mem, struct node *parent, enum width width);
/* All of them: some pages. */
struct document *sample_report(struct arena *mem);
/* `npages` pages or so, each with text, a table and two charts. */
struct document *sample_long(struct arena *mem, size_t npages);

#endif
