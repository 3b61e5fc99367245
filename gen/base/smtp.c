#include "base.h"

#include <dlfcn.h>

#define CURL_DISABLE_TYPECHECK /* macros in the place of functions */
#include <curl/curl.h>

/* libcurl speaks SMTP. It is loaded when mail is sent, not linked: it brings thirty libraries,
 * which would cost every start of the program 5 ms.
 *
 * What became of a message cannot be told by libcurl's result alone: the same error means "not
 * taken" before the last byte has gone out and "nobody knows" behind it. So we follow what is said
 * on the line. */

#define FUNCTIONS(X)                                                                               \
    X(global_init)                                                                                 \
    X(easy_init)                                                                                   \
    X(easy_setopt)                                                                                 \
    X(easy_perform) X(easy_cleanup) X(easy_strerror) X(slist_append) X(slist_free_all)

struct library {
#define X(name) __typeof__(curl_##name) *name;
    FUNCTIONS(X)
#undef X
};

/* One message on its way. */
struct talk {
    str message;
    size_t at;     /* bytes of it that libcurl has taken */
    bool begun;    /* MAIL FROM was said */
    bool ended;    /* libcurl has all of the message, and may have said its end to the server */
    bool answered; /* … and the server has answered that */
    bool left;     /* QUIT was said: what comes now is no answer of ours */
    int code;      /* of the last reply, 0 for none */
    struct buf reply;
};

struct smtp {
    struct arena *mem;
    struct library curl;
    CURL *easy;
    struct talk talk;
    char error[CURL_ERROR_SIZE];
};

enum { CONNECT_S = 30, ANSWER_S = 300, MESSAGE_S = 1200 }; /* RFC 5321, 4.5.3.2 */

static bool load(struct library *l, struct diags *diags)
{
    void *library = dlopen("libcurl.so.4", RTLD_NOW);
    bool ok = library != NULL;
#define X(name) ok = ok && (l->name = (__typeof__(l->name))dlsym(library, "curl_" #name));
    FUNCTIONS(X)
#undef X
    ok = ok && l->global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    const char *reason = ok ? NULL : dlerror();
    return ok || diags_add(diags, DIAG_SMTP_LIBRARY, (struct place){0},
                           str_of(reason ? reason : "libcurl cannot start"));
}

/* ---- what is said on the line ---- */

static size_t give_message(char *to, size_t size, size_t n, void *arg)
{
    struct talk *t = arg;
    str part = str_sub(t->message, t->at, t->at + size * n);
    if (part.n)
        memcpy(to, part.p, part.n);
    t->at += part.n;
    t->ended = t->at == t->message.n;
    return part.n;
}

/* "250-SIZE" goes on, "250 OK" is the end of a reply. */
static void hear(struct talk *t, str line)
{
    line = str_trim(line);
    if (t->left || line.n < 3 || line.p[0] < '2' || line.p[0] > '5')
        return;
    t->code = (line.p[0] - '0') * 100 + (line.p[1] - '0') * 10 + (line.p[2] - '0');
    buf_reset(&t->reply);
    buf_add(&t->reply, line);
    t->answered = t->ended && (line.n == 3 || line.p[3] == ' ');
}

static size_t take_line(char *data, size_t size, size_t n, void *arg)
{
    hear(arg, (str){data, size * n});
    return size * n;
}

static size_t drop_line(char *data, size_t size, size_t n, void *arg)
{
    (void)data, (void)arg;
    return size * n;
}

static int see_command(CURL *easy, curl_infotype kind, char *data, size_t n, void *arg)
{
    struct talk *t = arg;
    (void)easy;
    if (kind == CURLINFO_HEADER_OUT && str_starts((str){data, n}, S("MAIL FROM")))
        t->begun = true;
    if (kind == CURLINFO_HEADER_OUT && str_starts((str){data, n}, S("QUIT")))
        t->left = true;
    return 0;
}

/* ---- the connection ---- */

static str host_of(str url)
{
    str rest = str_sub(url, str_find(url, S("://"), 0) + 3, url.n);
    bool numbers = str_starts(rest, S("["));
    size_t end = str_find(rest, numbers ? S("]") : S(":"), 0), slash = str_find(rest, S("/"), 0);
    return str_sub(rest, numbers, end < slash ? end : slash);
}

static bool is_loopback(str url)
{
    str host = host_of(url);
    return str_eq(host, S("localhost")) || str_eq(host, S("127.0.0.1")) || str_eq(host, S("::1"));
}

/* What is the same for all messages. A password never goes out in the open, but to our own
 * machine. */
static void configure(struct smtp *s, const struct smtp_server *server)
{
    const struct library *c = &s->curl;
    bool open = is_loopback(server->url) || (server->tls_offered && !server->user.n);
    c->easy_setopt(s->easy, CURLOPT_URL, arena_str(s->mem, server->url).p);
    c->easy_setopt(s->easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    c->easy_setopt(s->easy, CURLOPT_USE_SSL, (long)(open ? CURLUSESSL_TRY : CURLUSESSL_ALL));
    if (server->ca_file.n)
        c->easy_setopt(s->easy, CURLOPT_CAINFO, arena_str(s->mem, server->ca_file).p);
    if (server->user.n) {
        c->easy_setopt(s->easy, CURLOPT_USERNAME, arena_str(s->mem, server->user).p);
        c->easy_setopt(s->easy, CURLOPT_PASSWORD, arena_str(s->mem, server->password).p);
    }
    c->easy_setopt(s->easy, CURLOPT_NOSIGNAL, 1L);
    c->easy_setopt(s->easy, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
    c->easy_setopt(s->easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)ANSWER_S);
    c->easy_setopt(s->easy, CURLOPT_TIMEOUT, (long)MESSAGE_S);
    c->easy_setopt(s->easy, CURLOPT_ERRORBUFFER, s->error);
    c->easy_setopt(s->easy, CURLOPT_VERBOSE, 1L);
    c->easy_setopt(s->easy, CURLOPT_DEBUGFUNCTION, see_command);
    c->easy_setopt(s->easy, CURLOPT_DEBUGDATA, &s->talk);
    c->easy_setopt(s->easy, CURLOPT_HEADERFUNCTION, take_line);
    c->easy_setopt(s->easy, CURLOPT_HEADERDATA, &s->talk);
    c->easy_setopt(s->easy, CURLOPT_WRITEFUNCTION, drop_line);
    c->easy_setopt(s->easy, CURLOPT_READFUNCTION, give_message);
    c->easy_setopt(s->easy, CURLOPT_READDATA, &s->talk);
}

static void begin(struct smtp *s, str message)
{
    struct buf reply = s->talk.reply;
    buf_reset(&reply);
    s->talk = (struct talk){.message = message, .reply = reply};
    s->error[0] = '\0';
}

/* What the server said, if it was no; else what libcurl says. */
static str reason(struct smtp *s, CURLcode result)
{
    if (s->talk.code >= 400)
        return arena_str(s->mem, buf_str(&s->talk.reply));
    return arena_str(s->mem, str_of(s->error[0] ? s->error : s->curl.easy_strerror(result)));
}

/* NOOP makes libcurl connect, encrypt and authenticate; the connection stays for the messages. */
static bool knock(struct smtp *s, const struct smtp_server *server, struct diags *diags)
{
    begin(s, S(""));
    s->curl.easy_setopt(s->easy, CURLOPT_CUSTOMREQUEST, "NOOP");
    CURLcode result = s->curl.easy_perform(s->easy);
    s->curl.easy_setopt(s->easy, CURLOPT_CUSTOMREQUEST, (char *)NULL);
    return result == CURLE_OK ||
           diags_add(diags, DIAG_SMTP_DOWN, (struct place){0}, server->url, reason(s, result));
}

struct smtp *smtp_open(struct arena *mem, const struct smtp_server *server, struct diags *diags)
{
    struct smtp *s = NEW(mem, struct smtp);
    s->mem = mem;
    if (!load(&s->curl, diags))
        return NULL;
    s->easy = s->curl.easy_init();
    if (!s->easy)
        die("no memory for a connection");
    configure(s, server);
    if (knock(s, server, diags))
        return s;
    smtp_close(s);
    return NULL;
}

void smtp_close(struct smtp *s)
{
    if (!s)
        return;
    s->curl.easy_cleanup(s->easy);
    buf_clear(&s->talk.reply);
}

/* ---- one message ---- */

/* 530, 534, 535, 538: who we are was not accepted (RFC 4954), so no message will be. */
static bool is_stranger(int code)
{
    return code == 530 || code == 534 || code == 535 || code == 538;
}

static enum smtp_answer answer_of(const struct talk *t, CURLcode result)
{
    if (result == CURLE_OK || (t->answered && t->code < 300))
        return SMTP_ACCEPTED;
    if (t->ended && !t->answered)
        return SMTP_UNCERTAIN;
    if (!t->begun || is_stranger(t->code))
        return SMTP_DOWN;
    return t->code >= 500 ? SMTP_NEVER : SMTP_LATER;
}

static CURLcode perform(struct smtp *s, str from, str to, str message)
{
    const struct library *c = &s->curl;
    struct curl_slist *recipients =
        c->slist_append(NULL, arena_printf(s->mem, "<" STR_FMT ">", STR_ARG(to)).p);

    if (!recipients)
        die("no memory for a recipient");
    begin(s, message);
    c->easy_setopt(s->easy, CURLOPT_MAIL_FROM,
                   arena_printf(s->mem, "<" STR_FMT ">", STR_ARG(from)).p);
    c->easy_setopt(s->easy, CURLOPT_MAIL_RCPT, recipients);
    c->easy_setopt(s->easy, CURLOPT_UPLOAD, 1L);
    c->easy_setopt(s->easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)message.n);
    CURLcode result = c->easy_perform(s->easy);
    c->slist_free_all(recipients);
    return result;
}

enum smtp_answer smtp_send(struct smtp *s, str from, str to, str message, str *reply)
{
    CURLcode result = perform(s, from, to, message);
    /* Servers end a connection after some messages: then nothing was said of this one yet, and a
     * second connection is no second try. */
    if (result != CURLE_OK && !s->talk.ended && !s->talk.code)
        result = perform(s, from, to, message);
    enum smtp_answer answer = answer_of(&s->talk, result);
    *reply =
        answer == SMTP_ACCEPTED ? arena_str(s->mem, buf_str(&s->talk.reply)) : reason(s, result);
    return answer;
}
