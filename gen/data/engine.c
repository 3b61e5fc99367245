#include "engine.h"

#include <string.h>
#include <unistd.h>

/* Engines are asked through their clients: a program that is given SQL and gives CSV back. All that
 * a book wants as of one day is written down first, so that several questions are on their way at a
 * time; an answer is forgotten once it has been read. */

enum { AT_A_TIME = 4, MOST_ANSWER = 256 << 20, MOST_KEPT = 256 << 20 };

struct request {
    const struct engine *engine;
    const struct schema *schema;
    str what, sql;
    bool asked, failed;
    str answer; /* of one that was asked and did not fail; it lives until others are asked */
};

struct engines {
    struct arena *mem, *asked_mem; /* asked_mem: of requests as of one day */
    struct arena *room;            /* of answers that have not been read yet */
    const struct load_options *options;
    const struct dataset *dataset;
    struct map served; /* name of a table, rollup or kept rows → struct engine */
    LIST(struct request *) requests;
    struct map request_of; /* name of what is asked for → struct request */
};

/* ---- what engines are for ---- */

static bool is_asked_by_name(const struct model *m, str name)
{
    for (size_t i = 0; i < m->rollups.n; i++)
        if (str_eq(m->rollups.at[i].name, name))
            return true;
    for (size_t i = 0; i < m->kept.n; i++)
        if (str_eq(m->kept.at[i].name, name))
            return true;
    return false;
}

static str nearest_served(struct loading *l, str name)
{
    const struct model *m = l->dataset->model;
    LIST(str) names = {0};
    for (size_t i = 0; i < m->schemas.n; i++)
        PUSH(l->scratch, &names, m->schemas.at[i].name);
    for (size_t i = 0; i < m->rollups.n; i++)
        PUSH(l->scratch, &names, m->rollups.at[i].name);
    for (size_t i = 0; i < m->kept.n; i++)
        PUSH(l->scratch, &names, m->kept.at[i].name);
    return did_you_mean(l->scratch, name, names.at, names.n);
}

static void note_served(struct loading *l, struct engines *all, const struct engine *e)
{
    for (size_t i = 0; i < e->nserves; i++) {
        str name = e->serves[i];
        const struct schema *s = model_schema(l->dataset->model, name);
        if (!s && !is_asked_by_name(l->dataset->model, name)) {
            diags_add(l->diags, DIAG_ENGINE_FOR, e->serves_at, name, e->name,
                      nearest_served(l, name));
            continue;
        }
        void **slot = map_put(&all->served, name);
        if (*slot)
            diags_add(l->diags, DIAG_ENGINE_TWICE, e->serves_at, name,
                      ((const struct engine *)*slot)->name, e->name);
        *slot = (void *)(uintptr_t)e;
    }
}

void engines_begin(struct loading *l)
{
    struct engines *all = NEW(l->mem, struct engines);
    if (!l->options->nengines)
        return;
    all->mem = l->mem;
    all->options = NEW(l->mem, struct load_options);
    *(struct load_options *)(uintptr_t)all->options = *l->options;
    all->dataset = l->dataset;
    map_init(&all->served, l->mem);
    for (size_t i = 0; i < l->options->nengines; i++)
        note_served(l, all, &l->options->engine[i]);
    l->dataset->engines = all;
}

const struct engine *engine_of(const struct dataset *d, str of, str name)
{
    const struct engine *own = d->engines ? map_get(&d->engines->served, name) : NULL;
    const struct table *t = dataset_table(d, of);
    return own ? own : t ? t->engine : NULL;
}

/* ---- one question ---- */

static const char *const *argv_of(struct arena *mem, const struct engine *e)
{
    const char **argv = NEW_ARRAY(mem, e->ncommand + 1, const char *);
    for (size_t i = 0; i < e->ncommand; i++)
        argv[i] = arena_str(mem, e->command[i]).p;
    return argv;
}

static struct question question_of(struct arena *mem, const struct engine *e, str book, str sql)
{
    return (struct question){
        .argv = argv_of(mem, e),
        .cwd = arena_str(mem, book).p,
        .input = arena_printf(mem, STR_FMT ";\n", STR_ARG(sql)),
        .wait_ms = e->wait_ms,
        .most = MOST_ANSWER,
    };
}

/* What a program says on standard error, in one line that is not too long. */
static str in_a_line(struct arena *mem, str said)
{
    enum { MOST = 400 };
    struct buf b = {0};
    for (said = str_trim(said); said.n && b.n < MOST;) {
        str line = str_trim(str_cut(&said, '\n'));
        if (line.n)
            buf_addf(&b, "%s" STR_FMT, b.n ? " " : "", STR_ARG(line));
    }
    if (b.n > MOST) {
        b.n = MOST;
        while (b.n && !utf8_valid(buf_str(&b), NULL) && b.n > MOST - 4)
            b.n--;
        buf_add(&b, S("…"));
    }
    str text = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return text.n ? text : S("nothing");
}

/* Whether the failure is one that was told. One that cannot start or hangs would do so with every
 * question, and one that says the same of two has the same to say of all. */
static bool complains_again(const struct engine *e, const struct question *q, str said)
{
    struct engine_state *state = e->state;
    uint64_t complaint = hash_str(said);
    bool again = state->complaint == complaint;
    state->given_up |= again || q->end == QUESTION_NOT_STARTED || q->end == QUESTION_TOO_LONG;
    state->complaint = complaint;
    return again;
}

/* What comes of a question, as a diagnostic if it is no answer. Values of a restricted table may
 * stand in what a program complains of. */
static bool judge(struct arena *mem, const struct question *q, const struct engine *e, str what,
                  str audience, struct diags *diags)
{
    str said = q->end == QUESTION_NOT_STARTED ? S("") : in_a_line(mem, q->error);
    bool failed = q->end != QUESTION_ANSWERED || q->status || !str_trim(q->output).n;
    if (e->state->given_up || (failed && complains_again(e, q, said)))
        return false;
    switch (q->end) {
    case QUESTION_NOT_STARTED:
        return diags_add(diags, DIAG_ENGINE_START, e->at, e->command[0], e->name,
                         str_of(strerror(q->status)));
    case QUESTION_TOO_LONG:
        return diags_add(diags, DIAG_ENGINE_SLOW, e->at, what, e->name,
                         fmt_exact(mem, e->wait_ms / 1000.0));
    case QUESTION_TOO_LARGE:
        return diags_add(diags, DIAG_ENGINE_LARGE, e->at, what, e->name,
                         arena_printf(mem, "%d", MOST_ANSWER >> 20));
    case QUESTION_ANSWERED:
        break;
    }
    bool has_answer = str_trim(q->output).n > 0, has_said = str_trim(q->error).n > 0;
    if (!q->status && has_answer && !has_said)
        return true;
    if (!q->status && !has_answer && !has_said)
        return diags_add(diags, DIAG_ENGINE_EMPTY, e->at, what, e->name);
    if (!q->status && has_answer)
        diags_add(diags, DIAG_ENGINE_SAID, e->at, said, e->name, what);
    else
        diags_add(diags, DIAG_ENGINE_FAILED, e->at, said, e->name, what,
                  arena_printf(mem, "%d", q->status));
    diags_last(diags)->audience = audience;
    diags_last(diags)->open_args = 7;
    return !q->status && has_answer;
}

/* ---- version ---- */

/* Asked once: all answers of a build are of one version. */
static bool ask_version(struct arena *mem, const struct engine *e, str book, struct diags *diags)
{
    if (e->state->asked || !str_is_set(e->version))
        return e->state->known;
    struct question q = question_of(mem, e, book, e->version);
    e->state->asked = true;
    children_ask(mem, &q, 1, 1);
    e->state->known = judge(mem, &q, e, S("its version"), (str){0}, diags);
    e->state->version = e->state->known ? q.output : (str){0};
    return e->state->known;
}

bool engines_versions(struct arena *mem, const struct engine *engine, size_t n, str book,
                      struct hasher *h)
{
    struct diags told_later;
    bool known = true;
    diags_init(&told_later, mem);
    for (size_t i = 0; i < n; i++) {
        known &= ask_version(mem, &engine[i], book, &told_later);
        hasher_add(h, engine[i].state->version);
    }
    /* One that failed is asked again, by who tells why. */
    for (size_t i = 0; i < n; i++)
        engine[i].state->asked &= engine[i].state->known;
    return known;
}

struct first_cell {
    struct arena *mem;
    size_t nrecords;
    str text;
};

static bool on_version(void *arg, const struct csv_record *rec)
{
    struct first_cell *first = arg;
    if (first->nrecords++ == 0)
        return true;
    first->text = arena_str(first->mem, rec->field[0]);
    return false;
}

str engine_version_text(struct arena *mem, const struct engine *e)
{
    struct first_cell first = {.mem = mem};
    struct diags ignored;
    diags_init(&ignored, mem);
    if (e->state->known)
        csv_read(e->name, e->state->version, ',', on_version, &first, NULL, &ignored);
    return first.text;
}

/* ---- answers that are kept ---- */

/* Of an engine without a version nobody knows whether its answer is still true. */
static bool is_kept(const struct request *r)
{
    return str_is_set(r->engine->version) && r->engine->state->known;
}

static struct blobs *open_kept(const struct engines *all, struct request *const *wanted, size_t n)
{
    bool any = false;
    for (size_t i = 0; i < n; i++)
        any |= is_kept(wanted[i]);
    return any && str_is_set(all->options->answers)
               ? blobs_open(all->room, all->options->answers, S("answers 1"), MOST_KEPT)
               : NULL;
}

static struct hash128 key_of(struct arena *mem, const struct request *r)
{
    struct hasher *h = hasher_new(mem);
    for (size_t i = 0; i < r->engine->ncommand; i++)
        hasher_add(h, r->engine->command[i]);
    hasher_add(h, r->engine->state->version);
    hasher_add(h, r->sql);
    return hasher_end(h);
}

/* ---- several questions ---- */

static void take_kept(struct engines *all, const struct blobs *kept, struct request *const *wanted,
                      size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct request *r = wanted[i];
        str text = kept && is_kept(r) ? blobs_get(kept, key_of(all->room, r)) : (str){0};
        r->asked = str_is_set(text);
        if (r->asked)
            r->answer = arena_str(all->room, text);
    }
}

static void ask(struct engines *all, struct blobs *kept, struct request *const *wanted, size_t n,
                struct diags *diags)
{
    struct question q[AT_A_TIME];
    struct request *of[AT_A_TIME];
    size_t nasked = 0;
    for (size_t i = 0; i < n; i++)
        if (wanted[i]->engine->state->given_up) {
            wanted[i]->asked = wanted[i]->failed = true;
        } else if (!wanted[i]->asked) {
            of[nasked] = wanted[i];
            q[nasked++] =
                question_of(all->room, wanted[i]->engine, all->options->book, wanted[i]->sql);
        }
    children_ask(all->room, q, nasked, nasked);
    for (size_t i = 0; i < nasked; i++) {
        struct request *r = of[i];
        r->asked = true;
        r->failed = !judge(all->room, &q[i], r->engine, r->what, row_audience(r->schema), diags);
        r->answer = r->failed ? (str){0} : q[i].output;
        if (!r->failed && is_kept(r))
            blobs_put(kept, key_of(all->room, r), r->answer);
    }
}

/* Answers that nobody has read by now are forgotten. */
static void forget_answers(struct engines *all)
{
    for (size_t i = 0; i < all->requests.n; i++)
        all->requests.at[i]->asked &= all->requests.at[i]->failed;
    arena_reset(all->room);
}

/* Asks for this request and some of those that follow: they are read in their order. */
static void ask_from(struct engines *all, size_t first, struct diags *diags)
{
    struct request *wanted[AT_A_TIME];
    size_t n = 0;
    forget_answers(all);
    for (size_t i = first; i < all->requests.n && n < AT_A_TIME; i++)
        if (!all->requests.at[i]->asked)
            wanted[n++] = all->requests.at[i];
    struct blobs *kept = open_kept(all, wanted, n);
    take_kept(all, kept, wanted, n);
    ask(all, kept, wanted, n, diags);
    blobs_close(kept);
}

static bool answer_for(struct engines *all, str what, struct answer *answer, struct diags *diags)
{
    struct request *r = map_get(&all->request_of, what);
    if (!r)
        return false; /* it could not be asked, as was said */
    for (size_t i = 0; i < all->requests.n && !r->asked; i++)
        if (all->requests.at[i] == r)
            ask_from(all, i, diags);
    *answer = (struct answer){
        .engine = r->engine,
        .what = r->what,
        .text = r->answer,
        .shown = arena_printf(all->asked_mem, "engine " STR_FMT ", " STR_FMT,
                              STR_ARG(r->engine->name), STR_ARG(r->what)),
        .options = all->options,
        .dataset = all->dataset,
        .schema = r->schema,
    };
    return !r->failed;
}

static void add_request(struct engines *all, const struct engine *e, const struct schema *s,
                        str what, str sql, struct diags *diags)
{
    if (!str_is_set(sql) ||
        (str_is_set(e->version) && !ask_version(all->mem, e, all->options->book, diags)))
        return;
    struct request *r = NEW(all->asked_mem, struct request);
    *r = (struct request){.engine = e, .schema = s, .what = what, .sql = sql};
    for (size_t i = 0; i < all->requests.n; i++)
        if (all->requests.at[i]->engine == e && str_eq(all->requests.at[i]->sql, sql))
            r = all->requests.at[i];
    *map_put(&all->request_of, what) = r;
    if (str_eq(r->what, what))
        PUSH(all->asked_mem, &all->requests, r);
}

static void begin_requests(struct engines *all, const struct dataset *d)
{
    engines_done(d);
    all->room = arena_new();
    all->asked_mem = arena_new();
    map_init(&all->request_of, all->asked_mem);
    all->dataset = d;
}

void engines_done(const struct dataset *d)
{
    struct engines *all = d->engines;
    if (!all || !all->room)
        return;
    arena_free(all->room);
    arena_free(all->asked_mem);
    all->room = all->asked_mem = NULL;
    all->requests.at = NULL;
    all->requests.n = all->requests.cap = 0;
}

/* ---- all that is asked as of one day ---- */

static struct asking asking_of(const struct engines *all, const struct engine *e)
{
    return (struct asking){all->asked_mem, e, all->dataset->model, all->dataset->as_of, DAY_NONE};
}

static bool is_split(const struct dataset *d, const struct rollup *r)
{
    const struct table *shares = str_is_set(r->split) ? dataset_table(d, r->split) : NULL;
    return shares && shares->nrows;
}

static void want_rollup(struct engines *all, const struct rollup *r, struct diags *diags)
{
    const struct engine *e = engine_of(all->dataset, r->of, r->name);
    str why = {0}, remedy = {0}, sql = {0};
    if (!e)
        return;
    struct asking a = asking_of(all, e);
    if (is_split(all->dataset, r) && !(str_is_set(e->query) && engine_serves(e, r->name))) {
        why = arena_printf(a.mem, "its rows are shared out by " STR_FMT ", which this book has",
                           STR_ARG(r->split));
        remedy = S("give it an entry of its own with a `query:` that gives the shares");
    } else {
        sql = rollup_statement(&a, r, &why, &remedy);
    }
    if (!str_is_set(sql))
        diags_add(diags, DIAG_ENGINE_CANNOT, e->at, r->name, e->name, why, remedy);
    add_request(all, e, model_schema(all->dataset->model, r->of), r->name, sql, diags);
}

static void want_rows(struct engines *all, const struct kept_rows *k, struct diags *diags)
{
    const struct engine *e = engine_of(all->dataset, k->of, k->name);
    if (!e)
        return;
    struct asking a = asking_of(all, e);
    add_request(all, e, model_schema(all->dataset->model, k->of), k->name, rows_statement(&a, k),
                diags);
}

static void want_known(struct engines *all, const struct table *t, struct diags *diags)
{
    if (!t->engine)
        return;
    struct asking a = asking_of(all, t->engine);
    add_request(all, t->engine, t->schema, t->schema->name, known_statement(&a, t->schema), diags);
}

static bool ask_known(struct engines *all, struct table *t, struct diags *diags)
{
    struct answer answer;
    return answer_for(all, t->schema->name, &answer, diags) &&
           read_known(all->mem, &answer, &t->asked_rows, &t->asked_latest, diags);
}

bool engines_ask(const struct dataset *d, struct diags *diags)
{
    struct engines *all = d->engines;
    size_t nerrors = diags->nerrors;
    if (!all)
        return true;
    begin_requests(all, d);
    for (size_t i = 0; i < d->tables.n; i++)
        want_known(all, d->tables.at[i], diags);
    for (size_t i = 0; i < d->model->rollups.n; i++)
        want_rollup(all, &d->model->rollups.at[i], diags);
    for (size_t i = 0; i < d->model->kept.n; i++)
        want_rows(all, &d->model->kept.at[i], diags);
    for (size_t i = 0; i < d->tables.n; i++)
        if (d->tables.at[i]->engine)
            ask_known(all, d->tables.at[i], diags);
    return diags->nerrors == nerrors;
}

bool engine_cells(const struct dataset *d, const struct rollup *r, struct cells *out,
                  struct diags *diags)
{
    struct answer answer;
    *out = (struct cells){0};
    return answer_for(d->engines, r->name, &answer, diags) && read_cells(&answer, r, out, diags);
}

bool engine_rows(const struct dataset *d, const struct kept_rows *k, struct cells *out,
                 struct diags *diags)
{
    struct answer answer;
    *out = (struct cells){0};
    return answer_for(d->engines, k->name, &answer, diags) && read_kept(&answer, k, out, diags);
}

/* ---- while tables are read ---- */

/* The cells that say \N without quotes, as ClickHouse writes NULL, are empty. */
static str without_null(struct arena *mem, str text)
{
    struct buf b = {0};
    bool quoted = false, begins = true;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        char behind = i + 2 < text.n ? text.p[i + 2] : '\n';
        if (begins && !quoted && str_starts(str_sub(text, i, text.n), S("\\N")) &&
            strchr(",\r\n", behind)) {
            i++;
            begins = false;
            continue;
        }
        quoted ^= c == '"';
        begins = c == ',' || c == '\n';
        buf_addc(&b, c);
    }
    str plain = arena_str(mem, buf_str(&b));
    buf_clear(&b);
    return plain;
}

/* The answer as a file of its own, read like those of the book. */
static void read_rows(struct loading *l, struct table *t, const struct mapping *mapping,
                      const struct answer *answer)
{
    str folder = dir_temporary(l->scratch, l->diags);
    if (!str_is_set(folder))
        return;
    str path = path_join(l->scratch, folder, S("answer.csv"));
    if (file_write(path, without_null(l->scratch, answer->text), l->diags))
        read_file(l, t, path, arena_str(l->mem, answer->shown), mapping);
    tree_remove(folder);
}

static void ask_rows(struct loading *l, struct table *t, const struct mapping *mapping,
                     const struct engine *e)
{
    struct engines *all = l->dataset->engines;
    struct answer answer;
    begin_requests(all, l->dataset);
    struct asking a = asking_of(all, e);
    add_request(all, e, t->schema, t->schema->name, table_statement(&a, t->schema), l->diags);
    if (answer_for(all, t->schema->name, &answer, l->diags))
        read_rows(l, t, mapping, &answer);
}

const struct engine *engines_read(struct loading *l, struct table *t, const struct mapping *mapping)
{
    struct engines *all = l->dataset->engines;
    const struct engine *e = all ? map_get(&all->served, t->schema->name) : NULL;
    if (e && t->schema->big)
        t->engine = e;
    else if (e)
        ask_rows(l, t, mapping, e);
    return e;
}

day engines_latest(struct loading *l)
{
    struct engines *all = l->dataset->engines;
    day latest = DAY_NONE;
    if (!all)
        return latest;
    begin_requests(all, l->dataset);
    for (size_t i = 0; i < l->dataset->tables.n; i++)
        if (l->dataset->tables.at[i]->schema->fact >= 0)
            want_known(all, l->dataset->tables.at[i], l->diags);
    for (size_t i = 0; i < l->dataset->tables.n; i++) {
        struct table *t = l->dataset->tables.at[i];
        if (!t->engine || t->schema->fact < 0 || !ask_known(all, t, l->diags))
            continue;
        day d = str_is_set(t->asked_latest) ? day_parse(t->asked_latest) : DAY_NONE;
        latest = d > latest ? d : latest;
    }
    return latest;
}
