#ifndef SALESBOOK_FOLDED_KIT_H
#define SALESBOOK_FOLDED_KIT_H

#include "../../gen/data/folded.h"
#include "data_kit.h"

/* Loads the book of a kit, with its large tables folded or with all rows in memory, and says in
 * words all that can be asked of it: cells, kept rows, groups, prints, rows of other tables, what
 * was set aside and told. *folded: whether its sales were. */
str folded_outcome(struct data_kit *k, bool fold, bool *folded);

#endif
