#include <iconv.h>

#include "../../gen/data/reading.h"
#include "test.h"

static void expect_decoded(str bytes, const char *encoding, str text, const char *taken,
                           bool broken, const char *code)
{
    struct arena *mem = arena_new();
    struct diags diags;
    struct decoded got;
    diags_init(&diags, mem);
    bool ok = encoding_to_utf8(mem, S("a.csv"), bytes, str_of(encoding), S(""), &got, &diags);
    EXPECT_INT(taken != NULL, ok);
    if (ok && taken) {
        EXPECT_STR(text, got.text);
        EXPECT_STR(str_of(taken), got.encoding);
        EXPECT_INT(broken, got.broken);
    }
    EXPECT_STR(code ? str_of(code) : S("none"),
               diags.list.n ? str_of(diag_code(diags_last(&diags))) : S("none"));
    arena_free(mem);
}

TEST(an_empty_file_is_an_empty_text)
{
    expect_decoded(S(""), NULL, S(""), "UTF-8", false, NULL);
    expect_decoded(S("\xEF\xBB\xBF"), NULL, S(""), "UTF-8", false, NULL);
}

TEST(a_byte_order_mark_says_what_the_file_is)
{
    expect_decoded(S("\xEF\xBB\xBF"
                     "na\xC3\xAFve"),
                   NULL, S("naïve"), "UTF-8", false, NULL);
    expect_decoded(S("\xFF\xFE"
                     "a\0\xE9\0-N"),
                   NULL, S("aé中"), "UTF-16LE", false, NULL);
    expect_decoded(S("\xFE\xFF"
                     "\0a\0\xE9N-"),
                   NULL, S("aé中"), "UTF-16BE", false, NULL);
}

TEST(half_of_the_bytes_NUL_is_UTF_16_without_a_mark)
{
    expect_decoded(S("a\0,\0b\0\n\0"), NULL, S("a,b\n"), "UTF-16LE", false, NULL);
    expect_decoded(S("\0a\0,\0b\0\n"), NULL, S("a,b\n"), "UTF-16BE", false, NULL);
}

TEST(a_named_encoding_is_taken_without_a_word)
{
    expect_decoded(S("caf\xE9 \x80"), "windows-1252", S("café €"), "windows-1252", false, NULL);
    expect_decoded(S("\xD6\xD0\xCE\xC4"), "GB18030", S("中文"), "GB18030", false, NULL);
    expect_decoded(S("\xFF\xFE"
                     "a\0"),
                   "UTF-16", S("a"), "UTF-16", false, NULL);
    expect_decoded(S("\xEF\xBB\xBFx"), "utf-8", S("x"), "UTF-8", false, NULL);
}

/* iconv keeps a letter back until it knows that no accent follows. */
TEST(the_last_character_of_a_file_is_not_lost)
{
    expect_decoded(S("id\nNha"), "windows-1258", S("id\nNha"), "windows-1258", false, NULL);
    expect_decoded(S("Nh\xE2"), "windows-1258", S("Nhâ"), "windows-1258", false, NULL);
}

TEST(an_unknown_encoding_is_an_error)
{
    expect_decoded(S("abc"), "windows-9999", S(""), NULL, false, "encoding");
}

TEST(bytes_that_the_named_encoding_lacks_are_marked_for_their_rows)
{
    expect_decoded(S("a\n\x81\nb\n"), "windows-1252", S("a\n\xFF\nb\n"), "windows-1252", true,
                   NULL);
    expect_decoded(S("é,é,é\nb,\xE9\né,é\n"), "UTF-8", S("é,é,é\nb,\xE9\né,é\n"), "UTF-8", true,
                   NULL);
}

TEST(a_file_that_is_mostly_UTF_8_is_that_with_broken_rows)
{
    expect_decoded(S("é,é,é\nb,\xE9\né,é\n"), NULL, S("é,é,é\nb,\xE9\né,é\n"), "UTF-8", true, NULL);
}

TEST(what_is_not_UTF_8_is_read_as_what_it_looks_like_with_a_warning)
{
    expect_decoded(
        S("\xC9\xCC\xC6\xB7,\xBD\xF0\xB6\xEE\n\xC9\xB3\xB7\xA2,1200\n\xD2\xCE\xD7\xD3,300\n"
          "\xD6\xD0\xB9\xFA\xC8\xCB\xC3\xF1,1\n"),
        NULL, S("商品,金额\n沙发,1200\n椅子,300\n中国人民,1\n"), "GB18030", false, "encoding");
    expect_decoded(S("name,amount\nCaf\xE9 de la R\xE9publique,12\nM\xFCller und S\xF6hne,13\n"),
                   NULL, S("name,amount\nCafé de la République,12\nMüller und Söhne,13\n"),
                   "WINDOWS-1252", false, "encoding");
}

/* What a program writes that knows no UTF-8. */
static str written_in(struct arena *mem, const char *encoding, const char *text)
{
    iconv_t converter = iconv_open(encoding, "UTF-8");
    size_t left = strlen(text), room = 4 * left;
    char *in = (char *)(uintptr_t)text, *begin = arena_alloc(mem, room), *out = begin;
    EXPECT(converter != (iconv_t)-1);
    EXPECT(iconv(converter, &in, &left, &out, &room) == 0);
    iconv_close(converter);
    return (str){begin, (size_t)(out - begin)};
}

TEST(of_three_lines_the_encoding_is_taken_in_which_they_read_like_words)
{
    static const struct {
        const char *written, *language, *text, *taken;
    } table[] = {
        {"CP1252", "en", "p1,Peña,Sur\n", "WINDOWS-1252"},
        {"CP1252", "en", "p1,Müller,Nord\n", "WINDOWS-1252"},
        {"CP1252", "de", "Größe,Maß\n1,Straße\n", "WINDOWS-1252"},
        {"CP1252", "fr", "p1,l’été,«\u00a0Hélène\u00a0»\np2,Noël,3\u00a0€\n", "WINDOWS-1252"},
        {"CP850", "en", "p1,Jürgen Müller,Köln\n", "IBM850"},
        {"MACINTOSH", "en", "p1,Jürgen Müller,Köln\np2,Renée Weiß,Zürich\n", "MACINTOSH"},
        {"CP1250", "en", "p1,Łukasz Wiśniewski,Kraków\np2,Żaneta,Łódź\n", "WINDOWS-1250"},
        {"ISO-8859-2", "en", "p1,Gołąb,Poznań\n", "ISO-8859-2"},
        {"CP1250", "cs", "p1,Jiří,Plzeň\n", "WINDOWS-1250"},
        {"CP1250", "hu", "p1,Győző,Pécs\n", "WINDOWS-1250"},
        {"CP1251", "en", "p1,Іван,Київ\n", "WINDOWS-1251"},
        {"CP1251", "ru", "p1,Иван,Юг\n", "WINDOWS-1251"},
        {"KOI8-R", "en", "p1,Иван,Юг\n", "KOI8-U"},
        {"CP1253", "el", "p1,Μαρία,Πάτρα\n", "WINDOWS-1253"},
        {"GB18030", "en", "p1,张伟,north\n", "GB18030"},
        {"GB18030", "en", "p1,王芳,华东\n", "GB18030"},
        {"GB18030", "zh", "p1,陈杰,x\np2,刘洋,y\n", "GB18030"},
        {"BIG5", "en", "p1,張偉,臺北\np2,李娜,高雄\n", "BIG5"},
        {"BIG5", "zh-TW", "p1,陳,x\n", "BIG5"},
        {"EUC-JP", "en", "p1,田中太郎,東京\np2,鈴木,大阪\n", "EUC-JP"},
        {"SHIFT_JIS", "ja", "p1,さくら,カメラ\n", "CP932"},
        {"EUC-KR", "ko", "p1,박,x\n", "CP949"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct arena *mem = arena_new();
        struct diags diags;
        struct decoded got;
        str bytes = written_in(mem, table[i].written, table[i].text);
        diags_init(&diags, mem);
        EXPECT(encoding_to_utf8(mem, S("a.csv"), bytes, (str){0}, str_of(table[i].language), &got,
                                &diags));
        EXPECT_STR(str_of(table[i].text), got.text);
        EXPECT_STR(str_of(table[i].taken), got.encoding);
        EXPECT_INT(1, diags.list.n); /* says so, and what to write in book.yaml */
        arena_free(mem);
    }
}

TEST(a_character_with_a_NUL_in_it_is_UTF_16_too)
{
    struct arena *mem = arena_new();
    static const char text[] = "id,name\n1,一部\n"; /* 一 is 4E 00 */
    expect_decoded(written_in(mem, "UTF-16LE", text), NULL, S("id,name\n1,一部\n"), "UTF-16LE",
                   false, NULL);
    expect_decoded(written_in(mem, "UTF-16BE", text), NULL, S("id,name\n1,一部\n"), "UTF-16BE",
                   false, NULL);
    arena_free(mem);
}

TEST(a_named_encoding_that_cannot_be_is_an_error_that_names_what_the_file_looks_like)
{
    static const str utf8 = S("name,amount\nM\xC3\xBCller,1\n");
    static const str le = S("\xFF\xFE"
                            "a\0,\0\xFC\0\n\0"),
                     be = S("\0a\0,\0b\0\n");
    const struct {
        str bytes;
        const char *said;
    } table[] = {{utf8, "UTF-16LE"},
                 {utf8, "utf-16"},
                 {utf8, "UCS-2"},
                 {S("a,b\n1,2\n"), "UTF-16BE"},
                 {le, "UTF-8"},
                 {le, "windows-1252"},
                 {le, "UTF-16BE"},
                 {be, "UTF-16LE"},
                 {S("\xEF\xBB\xBF"
                    "a,b\n"),
                  "windows-1252"},
                 {S("M\xFCller, caf\xE9 \x80 gar\xE7on\n"), "UTF-16LE"}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        expect_decoded(table[i].bytes, table[i].said, S(""), NULL, false, "encoding");
    expect_decoded(S(""), "UTF-16LE", S(""), "UTF-16LE", false, NULL);
    expect_decoded(be, "UTF-16", S("a,b\n"), "UTF-16", false, NULL);
}

TEST(a_named_encoding_that_may_be_is_taken_and_doubted)
{
    expect_decoded(S("M\xC3\xBCller"), "windows-1252", S("MÃ¼ller"), "windows-1252", false,
                   "encoding");
    expect_decoded(S("caf\xE9 gar\xE7on d\xE9j\xE0 vu"), "UTF-8",
                   S("caf\xE9 gar\xE7on d\xE9j\xE0 vu"), "UTF-8", true, "encoding");
    /* Two characters of GB18030 that make one of UTF-8 by chance. */
    expect_decoded(S("\xCD\xA8"), "GB18030", S("通"), "GB18030", false, NULL);
    expect_decoded(S("plain,1\n"), "GB18030", S("plain,1\n"), "GB18030", false, NULL);
}

TEST(a_text_is_cut_before_it_is_converted_where_ASCII_stands_for_itself_alone)
{
    static const char *const safe[] = {"windows-1252", "ISO-8859-15", "KOI8-R", "GB18030", "GBK",
                                       "Big5",         "CP932",       "EUC-JP", "EUC-KR"};
    static const char *const unsafe[] = {"UTF-16", "UTF-16LE",    "UTF-32BE",
                                         "UTF-7",  "ISO-2022-JP", "HZ",
                                         "IBM037", "Shift_JIS",   "no such thing"};
    for (size_t i = 0; i < sizeof safe / sizeof *safe; i++)
        if (!encoding_is_cut_safely(str_of(safe[i])))
            test_fail(__FILE__, __LINE__, "%s is not safe", safe[i]);
    for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++)
        if (encoding_is_cut_safely(str_of(unsafe[i])))
            test_fail(__FILE__, __LINE__, "%s is safe", unsafe[i]);
}
