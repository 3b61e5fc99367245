/* fuzz: what people and programs hand in, mutated: nothing may be read or written outside of it, no
 * promise of a header be broken, no time be lost. Built under ASan and UBSan. */
#ifndef SALESBOOK_FUZZ_H
#define SALESBOOK_FUZZ_H

#include "../../gen/book/start.h"

/* One for each parser of hostile bytes. `bytes` is NUL-ended just behind its end. */
#define FUZZ_TARGETS(X) X(csv) X(page) X(svg) X(yaml)
typedef void fuzz_fn(struct arena *mem, str bytes, struct diags *diags);

/* Reads bytes as that target does and says what is wrong in each form. Ends the program (abort, or
 * a report of the sanitizers) where a promise is broken. */
void fuzz_one(fuzz_fn *target, const uint8_t *data, size_t n);
fuzz_fn *fuzz_target(const char *name); /* NULL if there is none */

#endif
