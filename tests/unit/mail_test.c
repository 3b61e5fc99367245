#include "../../gen/render/mail.h"
#include "pdf_sample.h"
#include "test.h"

static struct buf out;

static bool holds(str text, const char *part)
{
    return str_find(text, str_of(part), 0) < text.n;
}

static str header(const char *name, const char *value)
{
    buf_reset(&out);
    mail_header(&out, name, str_of(value));
    return buf_str(&out);
}

static str addressed(const char *name)
{
    struct mailbox box = {str_of(name), S("li@acme.example")};
    buf_reset(&out);
    mail_header_address(&out, "To", &box);
    return buf_str(&out);
}

static str quoted(const char *text)
{
    buf_reset(&out);
    mail_quoted_printable(&out, str_of(text));
    return buf_str(&out);
}

static str parameter(const char *text)
{
    buf_reset(&out);
    mail_parameter(&out, "filename", str_of(text));
    return buf_str(&out);
}

/* The longest line, without its end. */
static size_t longest(str text)
{
    size_t most = 0;
    while (text.n) {
        str line = str_cut(&text, '\n');
        size_t n = line.n && line.p[line.n - 1] == '\r' ? line.n - 1 : line.n;
        most = n > most ? n : most;
    }
    return most;
}

/* ---- headers ---- */

TEST(a_header_of_ascii_stands_as_it_is)
{
    EXPECT_STR(S("Subject: Monthly report: East\r\n"), header("Subject", "Monthly report: East"));
    EXPECT_STR(S("Subject: \r\n"), header("Subject", ""));
}

TEST(a_header_cannot_end_its_line_or_begin_another)
{
    EXPECT_STR(S("Subject: a Bcc: b@evil.example\r\n"),
               header("Subject", "a\r\nBcc: b@evil.example"));
    EXPECT_STR(S("Subject: a b\r\n"), header("Subject", "a\nb"));
    EXPECT_STR(S("Subject: a b\r\n"), header("Subject", "a\r\n b"));
    EXPECT(!holds(header("Subject", "x\xc2\x85y\xe2\x80\xa8z"), "\n\n"));
}

TEST(a_header_that_is_not_ascii_is_encoded_words)
{
    EXPECT_STR(S("Subject: =?UTF-8?B?546L6Iqz?=\r\n"), header("Subject", "王芳"));
    EXPECT_STR(S("Subject: =?UTF-8?B?TcO8bGxlciDigJMgT2N0?=\r\n"),
               header("Subject", "Müller – Oct"));
}

/* RFC 2047: a line with encoded words has 76 characters at most, and no character is cut in two. */
TEST(encoded_words_are_cut_between_characters)
{
    struct buf name = {0};
    for (int i = 0; i < 60; i++)
        buf_add(&name, i % 2 ? S("芳") : S("ü"));
    str text = header("Subject", name.p);
    EXPECT(longest(text) <= 76);
    EXPECT(holds(text, "?=\r\n =?UTF-8?B?"));
    buf_clear(&name);
}

TEST(what_looks_like_encoded_words_is_encoded)
{
    EXPECT(!holds(header("Subject", "=?utf-8?Q?=0D=0ABcc:?="), "=?utf-8"));
}

TEST(a_long_header_is_folded_at_blanks)
{
    str text =
        header("Subject", "one two three four five six seven eight nine ten eleven twelve thirteen "
                          "fourteen fifteen sixteen");
    EXPECT(longest(text) <= 76);
    EXPECT(holds(text, "\r\n "));
    EXPECT(!holds(text, "=?"));
}

TEST(a_word_that_cannot_be_folded_is_encoded)
{
    struct buf word = {0};
    for (int i = 0; i < 2000; i++)
        buf_addc(&word, 'x');
    EXPECT(longest(header("Subject", word.p)) <= 76);
    buf_clear(&word);
}

/* ---- names and addresses ---- */

TEST(a_name_is_atoms_or_quoted_or_encoded)
{
    EXPECT_STR(S("To: Li Wei <li@acme.example>\r\n"), addressed("Li Wei"));
    EXPECT_STR(S("To: \"Li, Wei\" <li@acme.example>\r\n"), addressed("Li, Wei"));
    EXPECT_STR(S("To: \"a \\\"b\\\" \\\\c\" <li@acme.example>\r\n"), addressed("a \"b\" \\c"));
    EXPECT_STR(S("To: \"x@evil.example\" <li@acme.example>\r\n"), addressed("x@evil.example"));
    EXPECT_STR(S("To: =?UTF-8?B?546L6Iqz?= <li@acme.example>\r\n"), addressed("王芳"));
    EXPECT_STR(S("To: <li@acme.example>\r\n"), addressed(""));
    EXPECT_STR(S("To: \"Li <y@z.example>,\" <li@acme.example>\r\n"),
               addressed("Li\r\n<y@z.example>,"));
}

TEST(an_address_is_one_that_every_server_takes)
{
    const char *right[] = {"a@b", "li.wei+x@mail.acme.example", "o'neil@a-b.example",
                           "x@xn--fsq.example"};
    const char *wrong[] = {"",        "a",         "@b",      "a@",          "a b@c.example",
                           "a@b c",   "a@b@c",     ".a@b",    "a.@b",        "a..b@c",
                           "<a@b>",   "a@-b",      "a@b-",    "a@b..c",      "a@.b",
                           "a@b.",    "ü@b",       "a@ü",     "a@b\r\nRCPT", "a,b@c",
                           "a@b,c@d", "\"a b\"@c", "a@[1.2]", "a@b>",        "a@b_c"};
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        EXPECT(mail_address_valid(str_of(right[i])));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (mail_address_valid(str_of(wrong[i])))
            test_fail(__FILE__, __LINE__, "'%s' is taken for an address", wrong[i]);
}

TEST(an_address_is_not_longer_than_servers_allow)
{
    struct buf local = {0};
    for (int i = 0; i < 64; i++)
        buf_addc(&local, 'a');
    buf_add(&local, S("@b"));
    EXPECT(mail_address_valid(buf_str(&local)));
    struct arena *mem = arena_new();
    EXPECT(!mail_address_valid(arena_printf(mem, "a%s", local.p)));
    arena_free(mem);
    buf_clear(&local);
}

TEST(a_mailbox_is_read_with_its_name_or_without)
{
    struct arena *mem = arena_new();
    struct mailbox box;
    EXPECT(mailbox_read(mem, S(" li@acme.example "), &box));
    EXPECT_STR(S("li@acme.example"), box.address);
    EXPECT(mailbox_read(mem, S("\"Li, Wei\" <li@acme.example>"), &box));
    EXPECT_STR(S("Li, Wei"), box.name);
    EXPECT_STR(S("li@acme.example"), box.address);
    EXPECT(!mailbox_read(mem, S("Li <li@acme.example"), &box));
    EXPECT(!mailbox_read(mem, S("Li"), &box));
    EXPECT(!mailbox_read(mem, S(""), &box));
    arena_free(mem);
}

/* ---- bodies ---- */

TEST(quoted_printable_keeps_to_76_columns)
{
    struct buf text = {0};
    for (int i = 0; i < 300; i++)
        buf_add(&text, i % 3 ? S("a") : S("数"));
    EXPECT(longest(quoted(text.p)) <= 76);
    EXPECT_STR(S("=E6=95=B0 =3D\r\n"), quoted("数 ="));
    buf_clear(&text);
}

TEST(quoted_printable_hides_what_programs_on_the_way_would_change)
{
    EXPECT_STR(S("a=20\r\nb=09\r\n"), quoted("a \nb\t\n"));
    EXPECT_STR(S("=2E\r\n=46rom me\r\n"), quoted(".\nFrom me"));
    EXPECT_STR(S("a\r\nb\r\n"), quoted("a\r\nb"));
    EXPECT_STR(S("=0Ca=01\r\n"), quoted("\fa\x01"));
}

TEST(base64_is_that_of_rfc_4648)
{
    const char *const vector[][2] = {{"f", "Zg==\r\n"},         {"fo", "Zm8=\r\n"},
                                     {"foo", "Zm9v\r\n"},       {"foob", "Zm9vYg==\r\n"},
                                     {"fooba", "Zm9vYmE=\r\n"}, {"foobar", "Zm9vYmFy\r\n"}};
    for (size_t i = 0; i < sizeof vector / sizeof *vector; i++) {
        buf_reset(&out);
        mail_base64(&out, str_of(vector[i][0]));
        EXPECT_STR(str_of(vector[i][1]), buf_str(&out));
    }
    buf_reset(&out);
    mail_base64(&out, S("0123456789012345678901234567890123456789012345678901234567890123456789"));
    EXPECT_INT(76, longest(buf_str(&out)));
}

TEST(a_file_name_that_is_not_plain_is_as_rfc_2231_says)
{
    EXPECT_STR(S(";\r\n filename=\"monthly-east.pdf\""), parameter("monthly-east.pdf"));
    EXPECT_STR(S(";\r\n filename*=UTF-8''%E4%B8%9C.pdf"), parameter("东.pdf"));
    EXPECT_STR(S(";\r\n filename*=UTF-8''a%22%0D%0Ab.pdf"), parameter("a\"\r\nb.pdf"));
    str text = parameter("东东东东东东东东东东东东.pdf");
    EXPECT(holds(text, "filename*0*=UTF-8''%E4"));
    EXPECT(holds(text, "filename*1*=%"));
    EXPECT(longest(text) <= 78);
}

/* ---- a document ---- */

static struct mail_part *part_of(struct arena *mem, struct document *d, str links)
{
    struct diags diags;
    diags_init(&diags, mem);
    struct pdf_fonts *fonts = pdf_fonts_new(mem, &diags);
    struct mail_part *part = render_mail(mem, mail_pictures_new(mem, fonts), sample_site(mem), d,
                                         links, (str){0}, &diags);
    pdf_fonts_free(fonts);
    EXPECT(part != NULL);
    return part;
}

static struct document *document_of(struct arena *mem, str title)
{
    struct document *d = sample_document(mem, title);
    d->root->first = NULL;
    d->address = S("2026-10/东.pdf");
    return d;
}

TEST(a_text_from_data_is_text_in_both_forms)
{
    struct arena *mem = arena_new();
    struct document *d = document_of(mem, S("<b>East</b>"));
    sample_text(mem, d->root, NODE_paragraph, S("<script>alert(1)</script> \x1b[31m\u202e&"));
    struct mail_part *part = part_of(mem, d, (str){0});
    EXPECT(!holds(part->html, "<script"));
    EXPECT(!holds(part->html, "<b>East"));
    EXPECT(holds(part->html, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    EXPECT(holds(part->text, "<script>alert(1)</script> [31m&"));
    arena_free(mem);
}

TEST(links_lead_to_the_site_that_is_named_or_nowhere)
{
    struct arena *mem = arena_new();
    struct document *d = document_of(mem, S("x"));
    struct node *p = sample_node(mem, d->root, NODE_paragraph);
    struct node *link = sample_text(mem, p, NODE_link, S("Li"));
    link->link.href = S("person/li.html");
    EXPECT(!holds(part_of(mem, d, (str){0})->html, "<a "));
    EXPECT(holds(part_of(mem, d, S("https://a.example/everyone/"))->html,
                 "https://a.example/everyone/person/li.html"));
    link->link.outside = true;
    link->link.href = S("javascript:alert(1)");
    EXPECT(!holds(part_of(mem, d, S("https://a.example/"))->html, "<a "));
    arena_free(mem);
}

TEST(what_is_not_up_to_date_is_said_whole_for_nobody_points_in_a_mail)
{
    struct arena *mem = arena_new();
    struct document *d = document_of(mem, S("x"));
    struct node *p = sample_text(mem, d->root, NODE_paragraph, S("3 visits."));
    sample_node(mem, p, NODE_stale)->text = S(" (visits ends on 15 Apr)");
    struct mail_part *part = part_of(mem, d, (str){0});
    EXPECT(holds(part->text, "3 visits. (visits ends on 15 Apr)"));
    EXPECT(holds(part->html, "3 visits. <span class=3D\"f\">(visits ends on 15 Apr)</span>"));
    arena_free(mem);
}

TEST(a_picture_that_stands_twice_is_there_once)
{
    struct arena *mem = arena_new();
    struct document *d = document_of(mem, S("x"));
    for (int i = 0; i < 2; i++) {
        struct node *n = sample_chart(mem, d->root, WIDTH_HALF);
        n->figure.narrow = n->figure.print;
    }
    struct mail_part *part = part_of(mem, d, (str){0});
    EXPECT_INT(1, part->npictures);
    EXPECT(str_starts(part->picture[0]->base64, S("iVBORw0KGgo")));
    EXPECT(holds(part->html, "cid:"));
    arena_free(mem);
}

static uint32_t u32_at(str bytes, size_t at)
{
    uint32_t n = 0;
    for (size_t i = at; i < at + 4; i++)
        n = n << 8 | (unsigned char)bytes.p[i];
    return n;
}

/* 640 pixels of 10 points are 64,000 of 1,000; 32,767 is what Cairo can, and 328 beside them. The
 * width stands at byte 16 of a PNG, the height behind it. */
TEST(a_drawing_higher_than_a_picture_can_be_is_made_smaller)
{
    struct arena *mem = arena_new();
    struct diags diags;
    struct drawing high = {.width = 10, .height = 1000}, low = {.width = 10, .height = 5};
    diags_init(&diags, mem);
    struct pdf_fonts *fonts = pdf_fonts_new(mem, &diags);
    buf_reset(&out);
    EXPECT(mail_png(&out, fonts, &high, 640, &diags));
    EXPECT(out.n > 24);
    EXPECT_INT(328, (long long)u32_at(buf_str(&out), 16));
    EXPECT_INT(32767, (long long)u32_at(buf_str(&out), 20));
    buf_reset(&out);
    EXPECT(mail_png(&out, fonts, &low, 640, &diags));
    EXPECT_INT(640, (long long)u32_at(buf_str(&out), 16));
    EXPECT_INT(320, (long long)u32_at(buf_str(&out), 20));
    pdf_fonts_free(fonts);
    arena_free(mem);
}

TEST(a_node_for_the_site_alone_is_not_in_mail)
{
    struct arena *mem = arena_new();
    struct document *d = document_of(mem, S("x"));
    sample_text(mem, d->root, NODE_paragraph, S("secretly"))->only_site = true;
    struct mail_part *part = part_of(mem, d, (str){0});
    EXPECT(!holds(part->html, "secretly") && !holds(part->text, "secretly"));
    arena_free(mem);
}

TEST(what_is_said_changes_with_a_figure_and_not_with_the_form)
{
    struct arena *mem = arena_new();
    struct document *d = document_of(mem, S("x"));
    struct node *table = sample_table(mem, d->root, 3);
    str before = part_of(mem, d, (str){0})->said;
    EXPECT(str_eq(before, part_of(mem, d, S("https://a.example/"))->said));
    table->table->cell[2].value.i++;
    EXPECT(!str_eq(before, part_of(mem, d, (str){0})->said));
    arena_free(mem);
}

/* ---- a message ---- */

static struct message message_of(const struct mail_part *const *part, size_t n)
{
    return (struct message){.from = {S("Acme"), S("sales@acme.example")},
                            .to = {S("Li"), S("li@acme.example")},
                            .id = S("0123abcd@acme.example"),
                            .subject = S("Monthly"),
                            .language = S("en"),
                            .date = day_of(2026, 10, 30),
                            .list_id = S("monthly.acme.example"),
                            .list_name = S("Acme: monthly"),
                            .notice = S("why"),
                            .part = part,
                            .nparts = n};
}

TEST(a_message_is_the_same_bytes_of_its_day_and_key)
{
    struct arena *mem = arena_new();
    struct document *d = sample_report(mem);
    d->address = S("2026-10/monthly-east.pdf");
    const struct mail_part *part = part_of(mem, d, (str){0});
    struct message m = message_of(&part, 1);
    struct buf one = {0}, two = {0};
    render_message(&one, &m);
    render_message(&two, &m);
    EXPECT(str_eq(buf_str(&one), buf_str(&two)));
    EXPECT(str_starts(buf_str(&one), S("Date: Fri, 30 Oct 2026 00:00:00 +0000\r\nFrom: Acme <")));
    EXPECT(holds(buf_str(&one), "Message-ID: <0123abcd@acme.example>\r\n"));
    EXPECT(holds(buf_str(&one), "List-Id: \"Acme: monthly\" <monthly.acme.example>\r\n"));
    EXPECT(longest(buf_str(&one)) <= 78);
    EXPECT(str_ends(buf_str(&one), S("\r\n--=_mixed_0123abcd--\r\n")));
    buf_clear(&one);
    buf_clear(&two);
    arena_free(mem);
}
