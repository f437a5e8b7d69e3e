/* Rows of one line are read by a way of their own. It gives what the general way gives, of good rows and of bad ones, with
 * and without quotes, in UTF-8 and in Latin-1. */
#include "io/base/memory.h"
#include "io/base/philox.h"
#include "io/readers/source_parts.h"
#include "io/readers/table_reader.h"
#include "io/text/rows.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"
#include "tests/support/read_source.h"

#include <stdio.h>

static const char *const ids[] = {
    "1",
    "31",
    "0",
    "-5",
    "007",
    "1.0",
    "31.00",
    "1.50",
    "a",
    "x y",
    " 7",
    "8 ",
    "12345678",
    "123456789",
    "1234567890123456",
    "12345678901234567",
    "18446744073709551615",
    "",
    " ",
    "0.0",
    "-1.0",
    ".0",
    "1e5",
    "caf\xC3\xA9",
    "caf\xE9",
    "a-name-of-more-bytes-than-two-lines-of-the-cache-have-when-they-are-of-64"};
static const char *const ratings[] = {
    "4", "3.5", "5.0", "0",   "10",   "4.25",     ".5",        "5.",  "-1",       "+2",    "1e1", "abc",
    "",  ".",   "nan", "inf", "1e99", "12345678", "123456789", "3,5", "0.000001", "4.5.6", " 4",  "0x10"};
static const char *const times[] = {"0",
                                    "881250949",
                                    "1260759144",
                                    "12607591441",
                                    "126075914412",
                                    "1260759144000",
                                    "1260759144.0",
                                    "1260759144.5",
                                    "8.8e+08",
                                    "",
                                    "2005-09-06",
                                    "20050906",
                                    "20050931",
                                    "x",
                                    "-1",
                                    ".0",
                                    "0.0",
                                    "1260759144000000",
                                    "1260759144000000000",
                                    "99999999999999999999"};

#define PICK(array, word) array[hr_below(word, sizeof(array) / sizeof *(array))]

/* How a field may be written; `,` and `|` are the separators of some tables. */
static const char *const quoted_forms[] = {"\"%s\"",      "\"%s\"",  "%s",       "\"%s",       "%s\"",
                                           " \"%s\"",     "\"%s\" ", "\"%s,|\"", "\"\"%s\"\"", "\"%s\n\"",
                                           "\"a\"\"%s\"", "\"\"%s",  "x\"%s\"",  "\""};

typedef struct table_text {
    char text[READ_LENGTH];
    size_t length;
    uint32_t seed, fields;
    bool quoted, comment;
} table_text;

static void add_text(table_text *t, const char *text)
{
    t->length += (size_t)snprintf(t->text + t->length, sizeof t->text - t->length, "%s", text);
}

/* A field in one of the forms: mostly in quotes, or mostly plain. */
static void add_field(table_text *t, const char *field, const char *behind)
{
    const hr_random4 draw = hr_philox(t->seed, HR_STREAM_SYNTH, 2, t->fields++);
    const bool odd = hr_below(draw.word[0], 12) == 0;
    char written[256];
    snprintf(written, sizeof written, t->quoted ? (odd ? PICK(quoted_forms, draw.word[1]) : "\"%s\"") : "%s",
             field);
    add_text(t, written);
    add_text(t, behind);
}

/* A table of random fields, good and bad. */
static void make_table(table_text *t, const char *separator, const char *line_end)
{
    t->length = t->fields = 0;
    if (t->comment)
        add_text(t, "# exported today");
    add_text(t, t->comment ? line_end : "");
    const char *const names[] = {"user", "item", "rating", "time"};
    for (int f = 0; f < 4; f++) {
        add_text(t, names[f]);
        add_text(t, separator);
    }
    add_text(t, line_end);
    for (uint32_t i = 0; i < 300; i++) {
        const hr_random4 draw = hr_philox(t->seed, HR_STREAM_SYNTH, 0, i),
                         more = hr_philox(t->seed, HR_STREAM_SYNTH, 1, i);
        const bool plain = hr_below(more.word[0], 3) > 0; /* mostly */
        add_field(t, plain ? "12" : PICK(ids, draw.word[0]), separator);
        add_field(t, plain ? "345" : PICK(ids, draw.word[1]), separator);
        add_field(t, PICK(ratings, draw.word[2]), separator);
        add_field(t, PICK(times, draw.word[3]), hr_below(more.word[1], 20) == 0 ? separator : "");
        add_text(t, line_end);
    }
}

/* Rows of a table, each taken in the general way. */
typedef struct general_rows {
    const hr_table *table;
    hr_row_sink sink;
} general_rows;

static hr_status take_row(void *context, const hr_row *row, hr_error *err)
{
    general_rows *g = context;
    return hr_table_take_row(g->table, row, &g->sink, err);
}

static hr_status read_generally(const char *path, const hr_source_options *options, read_text *out,
                                hr_error *err)
{
    hr_status status = HR_OK;
    hr_source *source = NULL;
    general_rows g = {0};
    memset(out, 0, sizeof *out);
    HR_TRY(hr_source_open(&source, path, options, err));
    g.table = source->file[0].how;
    HR_TRY(hr_row_sink_open(&g.sink, source, read_text_add_rows, out, &out->bad, err));
    HR_TRY(hr_text_rows(source->file[0].text, &g.table->dialect, 0, INT64_MAX, take_row, &g, err));
    HR_TRY(hr_row_sink_flush(&g.sink, err));
done:
    hr_row_sink_close(&g.sink);
    hr_source_close(source);
    return status;
}

static void both_ways_agree(void **state)
{
    (void)state;
    static const char *const separators[] = {",", "\t", ";", "|", "::"}, *const line_ends[] = {"\n", "\r\n"};
    static table_text table;
    static read_text plain, general;
    hr_source_options options = {.max_bad = 10000, .scale = "-1:9"};
    hr_error err = {""};
    for (uint32_t seed = 0; seed < 100; seed++) {
        const char *separator = separators[seed % 5];
        table.seed = seed;
        table.quoted = seed / 10 % 2 && seed % 5 < 4;
        table.comment = seed >= 80;
        options.time_unit = table.comment ? HR_TIME_DATES : HR_TIME_BY_RANGE;
        make_table(&table, separator, line_ends[seed / 5 % 2]);
        write_file("table", table.text);
        assert_ok(read_generally(in_folder("table"), &options, &general, &err));
        for (int64_t pieces = 1; pieces < 6; pieces += 4) {
            assert_ok(read_source(in_folder("table"), &options, pieces, &plain, &err));
            assert_int_equal(plain.bad.count, general.bad.count);
            for (int i = 0; i < hr_bad_lines_listed(&plain.bad); i++)
                assert_string_equal(plain.bad.line[i].what, general.bad.line[i].what);
            assert_string_equal(plain.rows, general.rows);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(both_ways_agree)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
