#include "parts.h"

#include <math.h>
#include <string.h>

void gnuplot_text(struct buf *out, str text)
{
    buf_addc(out, '\'');
    for (size_t i = 0, from = 0; i <= text.n; i++) {
        unsigned char c = i < text.n ? (unsigned char)text.p[i] : 0;
        if (c >= ' ' && c != '\'' && c != 0x7f)
            continue;
        buf_add(out, str_sub(text, from, i));
        if (c == '\'')
            buf_add(out, S("''"));
        else if (c == '\n' || c == '\t')
            buf_addc(out, ' ');
        from = i + 1;
    }
    buf_addc(out, '\'');
}

void gnuplot_number(struct buf *out, double x)
{
    if (isfinite(x))
        buf_addf(out, "%.10g", x);
    else
        buf_add(out, S("NaN"));
}
