#include "cmd.h"

#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* A preview: the books are built into a folder of their own under TMPDIR, which dies with the
 * command, so that nothing half edited is ever published. Pages ask for `.version` and reload when
 * it changes. A build is a process of its own: Ctrl-C need not wait for it. */
struct preview {
    struct arena *mem;
    const struct arguments *args;
    str *book; /* folders */
    size_t nbooks;
    str root;         /* the temporary folder: site/ and output/ below */
    sigset_t waiting; /* signals blocked while we wait: those that end us are let in only then, so
                       * that none comes between the look at `stopped` and the wait */
};

/* ---- the end ---- */

static volatile sig_atomic_t stopped;
static const int endings[] = {SIGINT, SIGTERM, SIGHUP};
enum { ENDINGS = sizeof endings / sizeof *endings };

static void stop(int signal_number)
{
    (void)signal_number;
    stopped = 1;
}

/* Before there is another thread, which would take the signals. */
static void listen_for_endings(struct preview *p)
{
    const struct sigaction action = {.sa_handler = stop};
    sigset_t ours;
    sigemptyset(&ours);
    for (size_t i = 0; i < ENDINGS; i++)
        sigaddset(&ours, endings[i]);
    sigprocmask(SIG_BLOCK, &ours, &p->waiting);
    for (size_t i = 0; i < ENDINGS; i++) {
        struct sigaction before;
        sigaction(endings[i], NULL, &before);
        if (endings[i] == SIGHUP && before.sa_handler == SIG_IGN) /* nohup */
            continue;
        sigdelset(&p->waiting, endings[i]);
        sigaction(endings[i], &action, NULL);
    }
}

/* ---- answering ---- */

static const char *media_type(str path)
{
    static const struct {
        str ending;
        const char *type;
    } types[] = {
        {S(".html"), "text/html; charset=utf-8"},
        {S(".css"), "text/css; charset=utf-8"},
        {S(".js"), "text/javascript; charset=utf-8"},
        {S(".json"), "application/json"},
        {S(".svg"), "image/svg+xml"},
        {S(".pdf"), "application/pdf"},
        {S(".csv"), "text/csv; charset=utf-8"},
        {S(".xml"), "application/atom+xml; charset=utf-8"}, /* feed.xml is the only one */
        {S(".mm"), "application/xml"},
        {S(".xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_ends(path, types[i].ending))
            return types[i].type;
    return "application/octet-stream";
}

static enum MHD_Result answer(struct MHD_Connection *c, unsigned status, struct MHD_Response *r,
                              const char *head, const char *value)
{
    MHD_add_response_header(r, "Cache-Control", "no-store");
    MHD_add_response_header(r, head, value);
    enum MHD_Result result = MHD_queue_response(c, status, r);
    MHD_destroy_response(r);
    return result;
}

static enum MHD_Result answer_text(struct MHD_Connection *c, unsigned status, str text)
{
    return answer(
        c, status,
        MHD_create_response_from_buffer(text.n, (void *)(uintptr_t)text.p, MHD_RESPMEM_MUST_COPY),
        "Content-Type", "text/plain; charset=utf-8");
}

/* Another site in the same browser may point a name of its own at 127.0.0.1: only ours are
 * answered. */
static bool is_our_host(struct MHD_Connection *c)
{
    str host = str_of(MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Host"));
    str name = str_cut(&host, ':');
    return str_eq(name, S("localhost")) || str_eq(name, S("127.0.0.1"));
}

/* The file that a path of the address means, below root; unset for one that leads out of it. */
static str file_of(struct arena *mem, str root, str url)
{
    str path = path_join(mem, root, S("site"));
    for (str rest = url; str_is_set(rest);) {
        str part = str_cut(&rest, '/');
        if (str_eq(part, S("..")) || str_find(part, S("\\"), 0) < part.n)
            return (str){0};
        if (part.n)
            path = path_join(mem, path, part);
    }
    return path;
}

/* Text that changes with each build that was published: the stamps of all books. */
static enum MHD_Result answer_version(struct MHD_Connection *c, struct arena *mem,
                                      const struct preview *p)
{
    struct buf b = {0};
    for (size_t i = 0; i < p->nbooks; i++) {
        str text = S(""), site = path_join(mem, p->root, S("site"));
        str path =
            path_join(mem, path_join(mem, site, book_name(mem, p->book[i])), S(".salesbook"));
        struct diags ignored;
        diags_init(&ignored, mem);
        if (file_exists(path) && file_read(mem, path, &text, &ignored))
            buf_add(&b, str_cut(&text, '\n'));
    }
    enum MHD_Result result = answer_text(c, MHD_HTTP_OK, buf_str(&b));
    buf_clear(&b);
    return result;
}

static enum MHD_Result answer_file(struct MHD_Connection *c, str path)
{
    struct stat st;
    int fd = open(path.p, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
        if (fd >= 0)
            close(fd);
        return answer_text(c, MHD_HTTP_NOT_FOUND, S("There is no such page.\n"));
    }
    return answer(c, MHD_HTTP_OK, MHD_create_response_from_fd((uint64_t)st.st_size, fd),
                  "Content-Type", media_type(path));
}

static enum MHD_Result answer_request(void *arg, struct MHD_Connection *c, const char *url,
                                      const char *method, const char *version, const char *upload,
                                      size_t *upload_size, void **state)
{
    const struct preview *p = arg;
    (void)version, (void)upload, (void)upload_size, (void)state;

    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        return answer_text(c, MHD_HTTP_METHOD_NOT_ALLOWED, S("Only pages are given here.\n"));
    if (!is_our_host(c))
        return answer_text(c, MHD_HTTP_FORBIDDEN, S("Ask for localhost.\n"));
    struct arena *mem = arena_new();
    str path = file_of(mem, p->root, str_of(url));
    enum MHD_Result result;
    if (!path.n)
        result = answer_text(c, MHD_HTTP_NOT_FOUND, S("There is no such page.\n"));
    else if (str_eq(path_base(path), S(".version")))
        result = answer_version(c, mem, p);
    else if (dir_exists(path) && !str_ends(str_of(url), S("/")))
        result = answer(c, MHD_HTTP_FOUND,
                        MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT),
                        "Location", arena_printf(mem, "%s/", url).p);
    else
        result = answer_file(c, dir_exists(path) ? path_join(mem, path, S("index.html")) : path);
    arena_free(mem);
    return result;
}

/* ---- building ---- */

static void build_all(const struct preview *p)
{
    struct arena *mem = arena_new();
    str site = path_join(mem, p->root, S("site")), output = path_join(mem, p->root, S("output"));

    for (size_t i = 0; i < p->nbooks; i++) {
        struct diags diags;
        str name = book_name(mem, p->book[i]);
        double start = clock_ms();
        diags_init(&diags, mem);
        enum outcome outcome = build_one(mem, p->args, p->book[i], path_join(mem, site, name),
                                         path_join(mem, output, name), true, &diags);
        print_diags(p->args, &diags);
        if (outcome != BUILD_CURRENT)
            fprintf(stderr, STR_FMT ": %s in %.1f s\n", STR_ARG(p->book[i]),
                    outcome == BUILD_DONE ? "built" : "not built; the pages before stay",
                    (clock_ms() - start) / 1e3);
    }
    struct diags diags;
    diags_init(&diags, mem);
    build_start_page(mem, site, find_templates(mem, p->args), &diags);
    print_diags(p->args, &diags);
    arena_free(mem);
}

/* The process that builds. It ends with us, whatever ends us, and what it leaves lies in the
 * temporary folder. */
static _Noreturn void build_here(const struct preview *p, pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(0);
    for (size_t i = 0; i < ENDINGS; i++)
        signal(endings[i], SIG_DFL);
    sigprocmask(SIG_SETMASK, &p->waiting, NULL);
    setenv("TMPDIR", p->root.p, 1);
    build_all(p);
    fflush(NULL);
    _exit(0);
}

/* Builds all books that have changed, or until a signal ends us: then the build is ended, and with
 * it its workers and the programs that it asks. `alive` is open in it and in all its workers, and
 * closed when the last of them is gone. */
static void rebuild(const struct preview *p)
{
    enum { PATIENCE_MS = 10000 };
    int pair[2], status = 0;
    if (pipe2(pair, O_CLOEXEC) < 0)
        die("no pipe for a build: %s", strerror(errno));
    pid_t parent = getpid();
    fflush(NULL); /* else what stands in our buffers would be written twice */
    pid_t builder = fork();
    if (builder == 0)
        build_here(p, parent);
    if (builder < 0)
        die("cannot start a build: %s", strerror(errno));
    close(pair[1]);
    struct pollfd alive = {.fd = pair[0]};
    while (!stopped && ppoll(&alive, 1, NULL, &p->waiting) <= 0) {
    }
    if (stopped) {
        kill(builder, SIGTERM);
        poll(&alive, 1, PATIENCE_MS);
    }
    waitpid(builder, &status, 0);
    close(pair[0]);
    if (!stopped && WIFSIGNALED(status) && WTERMSIG(status) != SIGINT) /* that is for us too */
        fprintf(stderr, "the build was ended by signal %d; the pages before stay\n",
                WTERMSIG(status));
}

/* ---- watching ---- */

/* A folder that a link leads to once more has its watch already, with a smaller number than the
 * newest. */
static void watch_below(struct arena *mem, int watcher, str dir, int *newest)
{
    str *names;
    int one =
        inotify_add_watch(watcher, arena_str(mem, dir).p,
                          IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO);
    if (one <= *newest)
        return;
    *newest = one;
    size_t n = dir_list(mem, dir, &names);
    for (size_t i = 0; i < n; i++)
        if (dir_exists(path_join(mem, dir, names[i])))
            watch_below(mem, watcher, path_join(mem, dir, names[i]), newest);
}

/* A new watcher each time, for folders come and go. */
static int watch(const struct preview *p)
{
    struct arena *mem = arena_new();
    int watcher = inotify_init1(IN_CLOEXEC | IN_NONBLOCK), newest = 0;
    if (watcher < 0)
        die("cannot watch files: %s", strerror(errno));
    for (size_t i = 0; i < p->nbooks; i++)
        watch_below(mem, watcher, p->book[i], &newest);
    watch_below(mem, watcher, find_templates(mem, p->args), &newest);
    arena_free(mem);
    return watcher;
}

/* Waits until something has changed and then 150 ms have been quiet: editors write in several
 * steps. */
static bool wait_for_change(const struct preview *p, int watcher)
{
    static const struct timespec quiet = {.tv_nsec = 150 * 1000 * 1000};
    struct pollfd fd = {watcher, POLLIN, 0};
    char events[4096];
    if (ppoll(&fd, 1, NULL, &p->waiting) <= 0)
        return false;
    while (!stopped && ppoll(&fd, 1, &quiet, &p->waiting) > 0)
        if (read(watcher, events, sizeof events) < 0)
            break;
    return !stopped;
}

/* ---- the command ---- */

static struct MHD_Daemon *listen_on(struct preview *p, long port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    return MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, answer_request, p,
                            MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_END);
}

static void tell_address(const struct preview *p, struct MHD_Daemon *daemon)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    printf("http://localhost:%d/", info->port);
    if (p->nbooks == 1)
        printf(STR_FMT "/everyone/", STR_ARG(book_name(p->mem, p->book[0])));
    puts("  (Ctrl-C ends)");
    fflush(stdout);
}

static void serve(struct preview *p, struct MHD_Daemon *daemon)
{
    int watcher = watch(p);
    rebuild(p);
    if (!stopped)
        tell_address(p, daemon);
    while (!stopped) {
        if (!wait_for_change(p, watcher))
            continue;
        close(watcher);
        watcher = watch(p); /* before the build, so that what changes meanwhile is seen */
        rebuild(p);
    }
    close(watcher);
}

static enum exit_status run_serve(const struct arguments *args)
{
    long port = 8080;
    enum diag_format format;
    if (!read_number(args, OPTION_port, 0, 65535, &port) || !diagnostics_form(args, &format))
        return EXIT_USAGE;
    struct arena *mem = arena_new();
    struct preview p = {.mem = mem, .args = args};
    p.nbooks = find_books(mem, args, &p.book);
    if (!p.nbooks)
        return wrong_usage("there is no book in input/; name one");
    struct diags diags;
    diags_init(&diags, mem);
    find_templates(mem, args); /* without them we end here, with nothing to remove */
    p.root = dir_temporary(mem, &diags);
    if (!str_is_set(p.root))
        return print_diags(args, &diags), EXIT_MACHINE;
    listen_for_endings(&p);
    struct MHD_Daemon *daemon = listen_on(&p, port);
    if (!daemon) {
        tree_remove(p.root);
        die("cannot listen on port %ld; name another with --port", port);
    }
    serve(&p, daemon);
    MHD_stop_daemon(daemon);
    tree_remove(p.root);
    arena_free(mem);
    return EXIT_FINE;
}

static const enum option_id serve_options[] = {
    OPTION_port,
    OPTION_as_of,
    OPTION_templates,
    OPTION_diagnostics,
};

const struct command command_serve = {
    .name = "serve",
    .words = "[BOOK…]",
    .summary = "Preview on this machine, rebuilt at every change",
    .help = "Serves the pages on loopback only, rebuilds when a file of the book or of the\n"
            "templates changes, and lets open pages reload. Nothing is published.\n\n"
            "  salesbook serve input/acme --port=8000\n",
    .options = serve_options,
    .noptions = sizeof serve_options / sizeof *serve_options,
    .run = run_serve,
};
