#include "folded.h"
#include "record.h"

/* Records of a slice that are set aside, as places in its text: whoever takes the slice when it is
 * kept reads them again, and tells of them again. Odd ones cannot be read, or break a rule that a
 * row can break alone; of lost ones a reference leads nowhere, of which is told when all is
 * read. */

/* Where the record stands that begins on a line; at and line: of one before it. */
static struct odd_record record_on(const struct part *p, size_t *at, size_t *line, int wanted)
{
    for (; *line + 1 < (size_t)(wanted - p->lines_before) && *at < p->text.n; ++*line)
        *at = str_find(p->text, S("\n"), *at) + 1;
    size_t end = line_end_outside(p->text, *at, false);
    return (struct odd_record){*at, end - *at, *line};
}

void odd_find(const struct part *p, struct odd_records *odd)
{
    size_t at = 0, line = 0;
    for (size_t i = 0; i < p->table.rejects.n; i++)
        PUSH(p->l.scratch, &odd->list, record_on(p, &at, &line, p->table.rejects.at[i].line));
}

/* ---- lost ---- */

static void set_bit(uint8_t *bits, size_t i)
{
    bits[i / 8] |= (uint8_t)(1 << i % 8);
}

void lost_find(struct part *p, const struct loading *l, const struct folded *all,
               struct hash128 slice, struct lost *lost)
{
    const struct columns *columns = p->table.columns;
    size_t at = 0, line = 0;
    struct late_defects *late = &lost->late;
    *lost = (struct lost){0};
    twice_rows(all, slice, p, late);
    if (late->list.n)
        lost->twice = NEW_ARRAY(p->l.scratch, columns->nrows / 8 + 1, uint8_t);
    for (size_t i = 0; i < late->list.n; i++)
        set_bit(lost->twice, late->list.at[i].row);
    lost_references(l, p->l.scratch, &p->table, late);
    if (!late->list.n)
        return;
    late_defects_sort(late);
    lost->dead = NEW_ARRAY(p->l.scratch, columns->nrows / 8 + 1, uint8_t);
    for (size_t i = 0; i < late->list.n; i++) {
        size_t row = late->list.at[i].row;
        if (i && row == late->list.at[i - 1].row)
            continue;
        set_bit(lost->dead, row);
        PUSH(p->l.scratch, &lost->records.list,
             record_on(p, &at, &line, columns_line(columns, row)));
    }
}

void lost_take(struct folded *all, struct hash128 slice, size_t source, const struct part *p,
               const struct lost *lost)
{
    const struct late_defects *late = &lost->late;
    for (size_t i = 0, record = 0; i < late->list.n; i++) {
        const struct odd_record *at = &lost->records.list.at[record];
        str raw = str_without_line_end(str_sub(p->text, at->at, at->at + at->n));
        struct lost_cell cell = {.row = {source, p->lines_before + (int)at->line + 1, {0}},
                                 .begins =
                                     i == 0 || late->list.at[i].row != late->list.at[i - 1].row,
                                 .field = late->list.at[i].defect.field,
                                 .value = arena_str(all->mem, late->list.at[i].defect.value)};
        cell.twice = late->list.at[i].defect.id;
        if (cell.twice)
            cell.first = twice_first(all, slice, at->line, cell.twice);
        if (cell.begins)
            cell.row.raw = arena_str(all->mem, raw);
        PUSH(all->mem, &all->lost, cell);
        record += i + 1 < late->list.n && late->list.at[i + 1].row != late->list.at[i].row;
    }
}

static struct defect defect_of(struct loading *l, const struct table *t,
                               const struct lost_cell *cell)
{
    if (!cell->twice)
        return lost_defect(l, t->schema, cell->field, cell->value);
    return (struct defect){.id = cell->twice,
                           .field = cell->field,
                           .value = cell->value,
                           .args = {t->schema->field[cell->field].name, cell->first}};
}

void lost_tell(struct loading *l, struct table *t)
{
    const struct folded *all = t->folded;
    for (size_t i = 0, end; i < all->lost.n; i = end) {
        const struct lost_cell *first = &all->lost.at[i];
        struct diags *diags = row_diags(l, t, first->row.source);
        size_t diag = diags->list.n;
        for (end = i; end < all->lost.n && (end == i || !all->lost.at[end].begins); end++) {
            struct defect defect = defect_of(l, t, &all->lost.at[end]);
            note_defect(diags, t, &first->row, &defect);
        }
        set_aside(l, t, &first->row, diags, diag);
    }
}
