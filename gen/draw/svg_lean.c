#include "svg.h"

/* Half of a small drawing of gnuplot's is its symbols, which symbol() knows, and groups that it
 * opens and closes again. To find them costs a tenth of what reading them does. */
void svg_leave_out_idle(struct buf *out, str svg)
{
    const str symbols = S("<defs>\n\n\t<circle id='gpDot'"), symbols_end = S("</defs>");
    const str group = S("<g fill=\"none\" color="), closed = S("\">\n</g>\n");
    size_t from = str_find(svg, symbols, 0), to = str_find(svg, symbols_end, from);

    if (to < svg.n) {
        buf_add(out, str_sub(svg, 0, from));
        svg = str_sub(svg, to + symbols_end.n, svg.n);
    }
    for (size_t kept = 0, at = 0;; at += closed.n) {
        at = str_find(svg, closed, at);
        if (at == svg.n) {
            buf_add(out, str_sub(svg, kept, svg.n));
            return;
        }
        size_t begin = at;
        while (begin > kept && svg.p[begin] != '<')
            begin--;
        if (str_starts(str_sub(svg, begin, at), group)) {
            buf_add(out, str_sub(svg, kept, begin));
            kept = at + closed.n;
        }
    }
}
