#include "print.h"

#include <string.h>

str str_of(const char *nul_ended)
{
    return nul_ended ? (str){nul_ended, strlen(nul_ended)} : (str){0};
}

bool str_is_set(str s)
{
    return s.p != NULL;
}

bool str_eq(str a, str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

str str_without_line_end(str raw)
{
    while (raw.n && (raw.p[raw.n - 1] == '\n' || raw.p[raw.n - 1] == '\r'))
        raw.n--;
    return raw;
}

int str_cmp(str a, str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(str s, str head)
{
    return s.n >= head.n && (head.n == 0 || memcmp(s.p, head.p, head.n) == 0);
}

bool str_ends(str s, str tail)
{
    return s.n >= tail.n && (tail.n == 0 || memcmp(s.p + s.n - tail.n, tail.p, tail.n) == 0);
}

size_t str_find(str s, str needle, size_t from)
{
    if (from >= s.n)
        return s.n;
    const char *hit = memmem(s.p + from, s.n - from, needle.p, needle.n);
    return hit ? (size_t)(hit - s.p) : s.n;
}

str str_sub(str s, size_t from, size_t to)
{
    if (to > s.n)
        to = s.n;
    if (from > to)
        from = to;
    return (str){from ? s.p + from : s.p, to - from}; /* not even 0 may be added to NULL */
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

str str_trim(str s)
{
    while (s.n && is_blank(s.p[s.n - 1]))
        s.n--;
    while (s.n && is_blank(*s.p))
        s.p++, s.n--;
    return s;
}

str str_cut(str *s, char sep)
{
    const char *hit = s->n ? memchr(s->p, sep, s->n) : NULL;
    str head = *s;
    if (!hit) {
        *s = (str){0};
        return head;
    }
    head.n = (size_t)(hit - head.p);
    *s = (str){hit + 1, s->n - head.n - 1};
    return head;
}

void buf_reserve(struct buf *b, size_t more)
{
    size_t need = b->n + more + 1;
    if (need <= b->cap)
        return;
    size_t cap = b->cap ? b->cap : 256;
    while (cap < need)
        cap *= 2;
    char *p = realloc(b->p, cap);
    if (!p)
        die("out of memory for %zu bytes", cap);
    b->p = p;
    b->cap = cap;
}

void buf_addf(struct buf *b, const char *format, ...)
{
    va_list args;
    size_t room = b->cap - b->n; /* with that of the closing zero */
    va_start(args, format);
    size_t n = print_to(room ? b->p + b->n : NULL, room, format, args);
    if (n >= room) {
        buf_reserve(b, n);
        print_to(b->p + b->n, n + 1, format, args);
    }
    va_end(args);
    b->n += n;
}

void buf_add_decimal(struct buf *b, int64_t n, int decimals, bool cut)
{
    char digits[DIGITS_ROOM];
    buf_add(b, digits_of(digits, n, decimals, cut));
}

void buf_add_double(struct buf *b, double x, int digits)
{
    char room[DIGITS_ROOM];
    buf_add(b, digits_of_double(room, x, digits));
}

str buf_str(const struct buf *b)
{
    return b->p ? (str){b->p, b->n} : S("");
}

void buf_reset(struct buf *b)
{
    b->n = 0;
    if (b->p)
        b->p[0] = '\0';
}

void buf_clear(struct buf *b)
{
    free(b->p);
    *b = (struct buf){0};
}

void die(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("salesbook: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(3);
}
