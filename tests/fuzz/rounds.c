/* A number of rounds, the same at every run: rounds TARGET ROUNDS FILE… mutates the files in turn.
 * What it is at stands in ./fuzz-last, to be looked at after a crash and run alone: rounds TARGET 0
 * fuzz-last. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LARGEST = 64 * 1024, MOST_CHANGES = 6 };

/* xorshift64: Marsaglia, Journal of Statistical Software 8(14), 2003. */
static uint64_t next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    return *state ^= *state << 17;
}

static size_t below(uint64_t *state, size_t n)
{
    return n ? next(state) % n : 0;
}

/* What parsers stumble over. */
static const str tokens[] = {
    S("\""),
    S("\"\""),
    S(","),
    S(";"),
    S("\n"),
    S("\r\n"),
    S("\xEF\xBB\xBF"),
    S("\xFF"),
    S("-"),
    S("---\n"),
    S("```"),
    S("```table\n"),
    S("`sql "),
    S("{"),
    S("}"),
    S(":"),
    S("| "),
    S("|--:|"),
    S("&"),
    S("*"),
    S("!"),
    S("<g>"),
    S("</g>"),
    S("<path d='M0 0"),
    S("1e999"),
    S("-1"),
    S("99999999999999999999"),
    S("\xF0\x9F\x98\x80"),
    S("[["),
    S("> "),
    S("\t"),
    S("'"),
};

/* The bytes from `at` on moved by so much; what is cut off behind LARGEST is lost. */
static void put(struct buf *b, size_t at, size_t remove, str insert)
{
    str whole = buf_str(b);
    struct buf out = {0};
    buf_add(&out, str_sub(whole, 0, at));
    buf_add(&out, insert);
    buf_add(&out, str_sub(whole, at + remove, whole.n));
    buf_reset(b);
    buf_add(b, str_sub(buf_str(&out), 0, LARGEST));
    buf_clear(&out);
}

static void change(struct buf *b, str other, uint64_t *state)
{
    size_t at = below(state, b->n + 1), span = below(state, 1u << below(state, 8));
    switch (below(state, 6)) {
    case 0:
        put(b, at, 1, (str){(const char[]){(char)next(state)}, 1});
        break;
    case 1:
        put(b, at, 0, tokens[below(state, sizeof tokens / sizeof *tokens)]);
        break;
    case 2:
        put(b, at, span, S(""));
        break;
    case 3: {
        size_t from = below(state, other.n + 1);
        put(b, at, below(state, 2) * span, str_sub(other, from, from + span));
        break;
    }
    case 4: {
        char *again = malloc(span + 1);
        size_t from = below(state, b->n + 1);
        str part = str_sub(buf_str(b), from, from + span);
        memcpy(again, part.p, part.n);
        put(b, at, 0, (str){again, part.n});
        free(again);
        break;
    }
    default:
        put(b, at, b->n, S(""));
    }
}

static void one(fuzz_fn *target, str bytes)
{
    FILE *last = fopen("fuzz-last", "w");
    if (!last || fwrite(bytes.p, 1, bytes.n, last) != bytes.n || fclose(last) != 0)
        die("fuzz-last cannot be written");
    fuzz_one(target, (const uint8_t *)bytes.p, bytes.n);
}

int main(int argc, char **argv)
{
    fuzz_fn *target = argc > 3 ? fuzz_target(argv[1]) : NULL;
    int64_t rounds;
    if (!target || !parse_integer(str_of(argv[2]), &rounds))
        die("rounds TARGET ROUNDS FILE…");

    struct arena *mem = arena_new();
    struct diags diags;
    int nfiles = argc - 3;
    str *seed = NEW_ARRAY(mem, (size_t)nfiles, str);
    diags_init(&diags, mem);
    for (int i = 0; i < nfiles; i++) {
        if (!file_read(mem, str_of(argv[3 + i]), &seed[i], &diags))
            die("%s cannot be read", argv[3 + i]);
        one(target, seed[i]);
    }
    struct buf b = {0};
    uint64_t state = 88172645463325252u;
    for (int64_t r = 0; r < rounds; r++) {
        str from = seed[r % nfiles];
        buf_reset(&b);
        buf_add(&b, str_sub(from, 0, LARGEST));
        for (size_t n = 1 + below(&state, MOST_CHANGES); n; n--)
            change(&b, seed[below(&state, (size_t)nfiles)], &state);
        one(target, buf_str(&b));
    }
    buf_clear(&b);
    arena_free(mem);
    return unlink("fuzz-last") != 0;
}
