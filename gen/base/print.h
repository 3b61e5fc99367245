/* What str.c, arena.c and fmt.c share: formatting into memory. */
#ifndef SALESBOOK_PRINT_H
#define SALESBOOK_PRINT_H

#include "base.h"

enum { DIGITS_ROOM = 48 };

/* What buf_add_decimal and buf_add_double write. The text lies within digits. */
str digits_of(char digits[DIGITS_ROOM], int64_t n, int decimals, bool cut);
str digits_of_double(char digits[DIGITS_ROOM], double x, int significant);
/* As vsnprintf; the arguments are not used up. */
size_t print_to(char *to, size_t room, const char *format, va_list args);

#endif
