/* Tables of ratings in every way people write them give the same ratings, read whole or in shares. */
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"
#include "tests/support/read_source.h"

#include <stdio.h>
#include <uchar.h>

/* A table, the ratings in it, and words of what is said. */
typedef struct table_case {
    const char *what, *text;
    size_t length; /* 0: text ends at the NUL */
    hr_source_options options;
    const char *rows, *said;
} table_case;

#define TWO "1 31 2.5 1260759144\n2 31 3 1\n"
#define HEADER "userId,movieId,rating,timestamp\n"

static const table_case cases[] = {
    {"MovieLens", HEADER "1,31,2.5,1260759144\n2,31,3,1\n", 0, {0}, TWO, "user is column 1, userId"},
    {"no last line end", HEADER "1,31,2.5,1260759144\n2,31,3,1", 0, {0}, TWO, "a header"},
    {"CRLF", "userId,movieId,rating,timestamp\r\n1,31,2.5,1260759144\r\n2,31,3,1\r\n", 0, {0}, TWO, "CRLF"},
    {"CR", "userId,movieId,rating,timestamp\r1,31,2.5,1260759144\r2,31,3,1\r", 0, {0}, TWO, "end in CR,"},
    {"a byte order mark, quotes",
     "\xEF\xBB\xBF\"userId\",\"movieId\",\"rating\",\"timestamp\"\r\n\"1\",\"31\",\"2.5\",\"1260759144\"\r\n"
     "\"2\",\"31\",\"3\",\"1\"\r\n",
     0,
     {0},
     TWO,
     "UTF-8"},
    {"tabs", "1\t31\t2.5\t1260759144\n2\t31\t3\t1\n", 0, {0}, TWO, "separated by tab, no header"},
    {"double colons", "1::31::2.5::1260759144\n2::31::3::1\n", 0, {0}, TWO, "separated by colons"},
    {"bars", "1|31|2.5|1260759144\n2|31|3|1\n", 0, {0}, TWO, "separated by bar"},
    {"blanks", "1 31  2.5 1260759144 \n 2 31 3\t1\n", 0, {0}, TWO, "separated by blanks"},
    {"semicolons, decimal commas", "user;item;rating;time\n1;31;2,5;1260759144\n2;31;3;1\n", 0, {0}, TWO, ""},
    {"columns in another order",
     "timestamp,Rating,MOVIE-ID,user_id\n1260759144,2.5,31,1\n1,3,31,2\n",
     0,
     {0},
     TWO,
     "time is column 1, timestamp"},
    {"names of columns in between",
     "a,userId,b,movieId,rating,c,timestamp\nx,1,y,31,2.5,z,1260759144\nx,2,y,31,3,z,1\n",
     0,
     {0},
     TWO,
     ""},
    {"RecBole",
     "user_id:token\titem_id:token\trating:float\ttimestamp:float\n1\t31\t2.5\t1260759144\n2\t31\t3\t1\n",
     0,
     {0},
     TWO,
     ""},
    {"whole numbers with a point", HEADER "1.0,31.0,2.5,1260759144.0\n2.0,31.00,3.0,1.0\n", 0, {0}, TWO, ""},
    {"blanks around fields", HEADER "1, 31, 2.5, 1260759144\n2 ,31 ,3 ,1 \n", 0, {0}, TWO, ""},
    {"empty lines", "\n" HEADER "\n \r\n1,31,2.5,1260759144\n\n2,31,3,1\n  \n\n", 0, {0}, TWO, ""},
    {"columns by name",
     "a,b,c,d\n2.5,1,31,1260759144\n3,2,31,1\n",
     0,
     {.columns = "user=b,item=c,rating=a,time=d"},
     TWO,
     ""},
    {"columns by number",
     "2.5,1,31,1260759144\n3,2,31,1\n",
     0,
     {.columns = "user=2,item=3,rating=1,time=4"},
     TWO,
     ""},
    {"no times", "userId,movieId,rating\n1,31,2.5\n2,31,3\n", 0, {0}, "1 31 2.5 -\n2 31 3 -\n", "no times"},
    {"empty times", HEADER "1,31,2.5,\n2,31,3,\n", 0, {0}, "1 31 2.5 -\n2 31 3 -\n", ""},
    {"two columns", "userId,movieId\n1,31\n1,32\n", 0, {0}, "1 31 1 -\n1 32 1 -\n", "each row is one of 1"},
    {"two columns, no header", "1,31\n1,32\n", 0, {0}, "1 31 1 -\n1 32 1 -\n", "no header"},
    {"implicit", HEADER "1,31,x,5\n", 0, {.implicit = true}, "1 31 1 5\n", ""},
    {"zeros", HEADER "0,0,0,0\n", 0, {0}, "0 0 0 0\n", ""},
    {"large ids",
     HEADER "18446744073709551615,76561198000000000,2.5,1\n-5,1,1,1\n",
     0,
     {0},
     "18446744073709551615 76561198000000000 2.5 1\n-5 1 1 1\n",
     ""},
    {"text ids",
     "AXXXXXXXXXXXX1,0205616461,5.0,1369699200\nAXXXXXXXXXXXX2,205616461,3.0,1355443200\n",
     0,
     {0},
     "AXXXXXXXXXXXX1 0205616461 5 1369699200\nAXXXXXXXXXXXX2 205616461 3 1355443200\n",
     "no header"},
    {"Book-Crossing",
     "\"User-ID\";\"ISBN\";\"Book-Rating\"\n\"1\";\"034545104X\";\"0\"\n\"2\";\"0155061224\";\"5\"\n",
     0,
     {0},
     "1 034545104X 0 -\n2 0155061224 5 -\n",
     "semicolon"},
    {"UTF-16",
     "\xFF\xFEu\0i\0d\0,\0i\0i\0d\0\r\0\n\0"
     "1\0,\0\xE9\0\r\0\n\0",
     28,
     {0},
     "1 \xC3\xA9 1 -\n",
     "UTF-16LE"},
    {"Latin-1", "user,item\nJos\xE9,x\nJosé,y\n", 0, {0}, "José x 1 -\nJosé y 1 -\n", "Latin-1"},
    {"quoted text over lines",
     "user,item,rating,text\n1,31,2.5,\"line one\nline \"\"two\"\", 9,9,9,9\n\"\n2,31,3,x\n",
     0,
     {0},
     "1 31 2.5 -\n2 31 3 -\n",
     ""},
    {"R's numbers of lines",
     "userId movieId rating timestamp\n1 1 31 2.5 1260759144\n2 2 31 3 1\n",
     0,
     {0},
     TWO,
     "column 1 has no name and is skipped"},
    {"a separator behind each row", HEADER "1,31,2.5,1260759144,\n2,31,3,1,\n", 0, {0}, TWO, ""},
    {"three columns with times",
     "1,31,1260759144\n2,31,1260759145\n",
     0,
     {0},
     "1 31 1 1260759144\n2 31 1 1260759145\n",
     "time is column 3"},
    {"three columns with ratings",
     "1,31,2.5\n2,31,3\n",
     0,
     {0},
     "1 31 2.5 -\n2 31 3 -\n",
     "rating is column 3"},
    {"times before ratings",
     "1,31,1260759144,2.5\n2,31,1260759145,3\n",
     0,
     {0},
     "1 31 2.5 1260759144\n2 31 3 1260759145\n",
     "time is column 3"},
    {"dates",
     "user,item,rating,date\n1,31,2.5,2005-09-06\n2,31,3,2005-09-06T00:00:01Z\n",
     0,
     {0},
     "1 31 2.5 1125964800\n2 31 3 1125964801\n",
     "time is column 4, date"},
    {"milliseconds", "user,item,rating,ts\n1,31,2.5,1260759144123\n", 0, {0}, "1 31 2.5 1260759144\n", ""},
    {"milliseconds before 1973",
     "user,item,rating,ts\n1,31,2.5,1260759144123\n2,31,3,5000\n3,31,3,126075914412.0\n",
     0,
     {0},
     "1 31 2.5 1260759144\n2 31 3 5\n3 31 3 126075914\n",
     "time is column 4, ts in milliseconds"},
    {"mostly seconds",
     "user,item,rating,ts\n1,31,2.5,1260759144\n2,31,3,5000\n3,31,3,1260759144000\n",
     0,
     {0},
     "1 31 2.5 1260759144\n2 31 3 5000\n3 31 3 1260759144\n",
     "time is column 4, ts in seconds"},
    {"milliseconds as told",
     "user,item,rating,ts\n1,31,2.5,5000\n2,31,3,70000000000\n",
     0,
     {.time_unit = HR_TIME_MILLISECONDS},
     "1 31 2.5 5\n2 31 3 70000000\n",
     "in milliseconds"},
    {"dates as numbers",
     "user,item,rating,date\n1,31,2.5,20050906\n2,31,3,20000229\n",
     0,
     {0},
     "1 31 2.5 1125964800\n2 31 3 951782400\n",
     "time is column 4, date in dates"},
    {"dates as numbers, no header",
     "1,31,20050906\n2,31,20000229\n",
     0,
     {0},
     "1 31 1 1125964800\n2 31 1 951782400\n",
     "time is column 3"},
    {"blanks before quotes",
     "user, item, rating, text\n\"1\", \"31\", \"2.5\", \"a, b\nc\"\n\"2\",   \"x, \"\"y\"\"\", 3, d\n",
     0,
     {0},
     "1 31 2.5 -\n2 x, \"y\" 3 -\n",
     "separated by comma"},
    {"a comment before the header",
     "# exported today\n" HEADER "1,31,2.5,1260759144\n2,31,3,1\n",
     0,
     {0},
     TWO,
     "1 line before the header is skipped"},
    {"a title and notes before the header",
     "Ratings of my shop\nas of today, in Rome\n\n" HEADER "1,31,2.5,1260759144\n2,31,3,1\n",
     0,
     {0},
     TWO,
     "2 lines before the header are skipped"},
    {"a line for a spreadsheet",
     "sep=;\nuser;item;rating;time\n1;31;2,5;1260759144\n2;31;3;1\n",
     0,
     {0},
     TWO,
     "semicolon"},
    {"ends of pages and of DOS", HEADER "1,31,2.5,1260759144\n\f\n2,31,3,1\r\n\x1A", 0, {0}, TWO, ""},
    {"UTF-16 without a mark, letters of two bytes",
     "a\0,\0\x3f\x04\x3e\x04,\0r\0\n\0"
     "1\0,\0\x36\x04\x3e\x04,\0"
     "2\0\n\0"
     "2\0,\0\x36\x04,\0"
     "3\0\n\0",
     40,
     {.columns = "user=1,item=2,rating=3"},
     "1 \xD0\xB6\xD0\xBE 2 -\n2 \xD0\xB6 3 -\n",
     "UTF-16LE"},
    {"Windows-1252",
     "user,item\nO\x92"
     "Brien,5\x80\n",
     0,
     {0},
     "O\xE2\x80\x99"
     "Brien 5\xE2\x82\xAC 1 -\n",
     "Latin-1"},
    {"a line of a tab before blanks",
     "\t\n1 31 2.5\n \t \n2 31 3\n",
     0,
     {0},
     "1 31 2.5 -\n2 31 3 -\n",
     "blanks"},
    {"a line of tabs before bars", "\t\n1|31|2.5\n2|31|3\n", 0, {0}, "1 31 2.5 -\n2 31 3 -\n", "bar"},
    {"dates in the ninth column",
     "user,item,rating,a,b,c,d,e,date\n1,31,2.5,,,,,,20050906\n2,31,3,,,,,,20000229\n",
     0,
     {0},
     "1 31 2.5 1125964800\n2 31 3 951782400\n",
     "time is column 9, date in dates"},
    {"a title that a spreadsheet pads",
     "Ratings of my shop in 2020,,,\n,,,\n" HEADER "1,31,2.5,1260759144\n2,31,3,1\n",
     0,
     {0},
     TWO,
     "2 lines before the header are skipped"},
    {"ids as the magic of R", "RDX1|31|2.5\nRDX2|31|3\n", 0, {0}, "RDX1 31 2.5 -\nRDX2 31 3 -\n", "bar"},
    {"ids in braces", "{\"a\"}|5|3\n{\"b\"}|5|4\n", 0, {0}, "{\"a\"} 5 3 -\n{\"b\"} 5 4 -\n", "bar"},
    {"ids in brackets", "[[a]],5,3\n[[b]],5,4\n", 0, {0}, "[[a]] 5 3 -\n[[b]] 5 4 -\n", "comma"},
    {"a mark of UTF-8 before Latin-1 and a title",
     "\xEF\xBB\xBFMy caf\xE9\n" HEADER "1,31,2.5,1260759144\n2,31,3,1\n",
     0,
     {0},
     TWO,
     "1 line before the header is skipped"},
    {"a mark of UTF-8 before Latin-1",
     "\xEF\xBB\xBF"
     "1,31,2.5\n2,caf\xE9,3\n",
     0,
     {0},
     "1 31 2.5 -\n2 caf\xC3\xA9 3 -\n",
     "Latin-1"},
    {"a number of lines",
     ",userId,movieId,rating,timestamp\n0,1,31,2.5,1260759144\n1,2,31,3,1\n",
     0,
     {0},
     TWO,
     ""},
};

/* A table in UTF-16 without a mark: rows of a number, a name of Han characters, a rating and a time. */
static size_t han_table(char *out, int rows, int characters, bool big_endian)
{
    char16_t text[8192];
    int length = 0;
    for (const char16_t *c = u"user,title,rating,time\n"; *c; c++)
        text[length++] = *c;
    for (int row = 0; row < rows; row++) {
        text[length++] = (char16_t)(u'0' + row);
        text[length++] = u',';
        for (int i = 0; i < characters; i++)
            text[length++] = i % 3 == 1 ? u'\u4E00' : (char16_t)(0x4E01 + row * 977 + i * 61);
        for (const char16_t *c = u",1,1260759144\n"; *c; c++)
            text[length++] = *c;
    }
    for (int i = 0; i < length; i++) {
        out[2 * i + big_endian] = (char)(text[i] & 0xFF);
        out[2 * i + !big_endian] = (char)(text[i] >> 8);
    }
    return 2 * (size_t)length;
}

static void han_in_utf16_needs_no_mark(void **state)
{
    (void)state;
    static const int characters[] = {2, 8, 240};
    for (int i = 0; i < 3; i++)
        for (int big_endian = 0; big_endian < 2; big_endian++) {
            static read_text got;
            static char bytes[16384];
            hr_error err = {""};
            write_bytes("han", bytes, han_table(bytes, 9, characters[i], big_endian));
            assert_ok(read_source(in_folder("han"), &(hr_source_options){0}, 1, &got, &err));
            assert_non_null(strstr(got.said, big_endian ? "UTF-16BE" : "UTF-16LE"));
            assert_non_null(strstr(got.rows, "\xE4\xB8\x80"));
            assert_non_null(strstr(got.rows, " 1 1260759144\n"));
        }
}

static void every_table_gives_its_ratings(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const table_case *c = &cases[i];
        static read_text got;
        write_bytes("ratings", c->text, c->length ? c->length : strlen(c->text));
        for (int64_t pieces = 1; pieces <= 40; pieces = pieces * 2 + 1) {
            hr_error err = {""};
            if (read_source(in_folder("ratings"), &c->options, pieces, &got, &err) != HR_OK)
                fail_msg("%s in %d shares: %s", c->what, (int)pieces, err.text);
            if (strcmp(got.rows, c->rows) != 0)
                fail_msg("%s in %d shares: found\n%sexpected\n%ssaid: %s", c->what, (int)pieces, got.rows,
                         c->rows, got.said);
            if (!strstr(got.said, c->said))
                fail_msg("%s: expected \"%s\" in: %s", c->what, c->said, got.said);
        }
    }
}

/* Files that are no tables: a name, bytes, and words of the message. */
static const struct {
    const char *name, *bytes;
    size_t length;
    const char *says;
} strangers[] = {
    {"list.json", "[{\"user\": 1, \"item\": 2, \"rating\": 3}]\n", 0, "jq -c '.[]'"},
    {"lists.json", "[\n {\n  \"user\": 1}]\n", 0, "expected lines such as {\"user\": 1"},
    {"nested.json", "{\"ratings\": [{\"user\": 1, \"item\": 2}]}\n", 0, "expected lines such as"},
    {"nested.txt", "{\"ratings\": [{\"user\": 1, \"item\": 2}]}\n", 0, "expected lines such as"},
    {"indented.txt", "[\n\t{\n\t\t\"user\": 1,\n\t\t\"item\": 2\n\t}\n]\n", 0, "expected lines such as"},
    {"bars.txt", "[{\"films\": \"Up|Her\"}]\n", 0, "expected lines such as"},
    {"arrays.txt", "[[1,2,3],\n[2,2,4]]\n", 0, "expected lines such as"},
    {"late.csv", "1,31,2.5\n2,31,3\n3,5,4\nuser,item,rating,time\n0,0,3,1260759140\n", 0,
     "found 4 fields separated by comma, expected 3"},
    {"dates.csv", "user,item,rating,date\n1,31,2.5,20050906\n2,31,3,20000229\n3,31,3,0\n", 0, "--time-unit"},
    {"carets", "user^item^rating\n1^10^3\n", 0, "found one field a row, \"user^item^rating\""},
    {"lost.csv", "<!DOCTYPE html>\n<html>404</html>\n", 0, "a web page"},
    {"wide", "\xFF\xFE\0\0u\0\0\0,\0\0\0", 12, "iconv -f UTF-32"},
    {"pickle",
     "\x80\x04\x95\x12\0\0\0\0\0\0\0}\x94\x8C\x01"
     "a\x94]\x94(K\x01K\x02K\x03"
     "es.",
     29, "control characters, such as"},
    {"book.xlsx", "PK\x03\x04", 4, "a spreadsheet"},
    {"twice.gz",
     "\x1F\x8B\x08\x00\x00\x00\x00\x00\x02\xFF\x93\xEF\xE6\x60\x00\x01\xA6\xFF\xDA\xBA\x7E\xBA\x97\x4E\xEA"
     "\x78\x9E\x7D\x6A\x74\xC5\xF0\x11\x13\x03\xCF\xD7\x9A\x02\x3E\xA0\x0C\x00\xE9\xC3\x7A\x85\x22\x00\x00"
     "\x00",
     51, "packed twice"},
};

static void what_is_no_table_is_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        static read_text got;
        hr_error err = {""};
        const size_t length = strangers[i].length;
        write_bytes(strangers[i].name, strangers[i].bytes, length ? length : strlen(strangers[i].bytes));
        assert_int_equal(read_source(in_folder(strangers[i].name), &(hr_source_options){0}, 1, &got, &err),
                         HR_INPUT);
        if (!strstr(err.text, strangers[i].says))
            fail_msg("%s: expected \"%s\" in: %s", strangers[i].name, strangers[i].says, err.text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_table_gives_its_ratings),
                                       cmocka_unit_test(han_in_utf16_needs_no_mark),
                                       cmocka_unit_test(what_is_no_table_is_named)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
