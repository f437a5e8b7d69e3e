#include "io/readers/rating_table.h"

#include "io/base/memory.h"
#include "io/readers/rating_columns.h"
#include "io/readers/table_reader.h"
#include "io/text/encoding.h"
#include "io/text/numbers.h"
#include "io/text/rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static hr_text_piece field_of(const hr_row *row, int index)
{
    return index >= 0 && index < HR_ROW_FIELDS ? hr_piece_trimmed(row->field[index]) : (hr_text_piece){"", 0};
}

const char *hr_table_column(const hr_table *t, hr_role role, char *text, size_t size)
{
    if (*t->columns.name[role])
        snprintf(text, size, "column %d, %s", t->columns.index[role] + 1, t->columns.name[role]);
    else
        snprintf(text, size, "column %d, the %s", t->columns.index[role] + 1, hr_role_name(role));
    return text;
}

static hr_status bad_field(const hr_table *t, const hr_row *row, hr_role role, const char *expected,
                           hr_row_sink *sink, hr_error *err)
{
    char name[2 * HR_COLUMN_NAME];
    const hr_text_piece found = field_of(row, t->columns.index[role]);
    return hr_row_sink_bad(sink, row->offset, err, "%s: found \"%.*s\", expected %s",
                           hr_table_column(t, role, name, sizeof name), HR_PIECE(found), expected);
}

hr_status hr_table_take_row(const hr_table *t, const hr_row *row, hr_row_sink *sink, hr_error *err)
{
    const int *index = t->columns.index;
    const char *separator = hr_separator_name(t->dialect.separator);
    if (row->offset <= t->header)
        return HR_OK;
    if (row->fault)
        return hr_row_sink_bad(sink, row->offset, err, "found %s, expected fields separated by %s",
                               row->fault, separator);
    if (row->fields != t->columns.fields)
        return hr_row_sink_bad(sink, row->offset, err, "found %d fields separated by %s, expected %d",
                               row->fields, separator, t->columns.fields);
    hr_rating_row rating = {.value = 1.0, .time = HR_NO_TIME, .offset = row->offset};
    rating.user = hr_id_trimmed(field_of(row, index[HR_ROLE_USER]));
    rating.item = hr_id_trimmed(field_of(row, index[HR_ROLE_ITEM]));
    if (!t->implicit && !hr_number_parse(field_of(row, index[HR_ROLE_RATING]),
                                         t->dialect.separator != HR_SEPARATOR_COMMA, &rating.value))
        return bad_field(t, row, HR_ROLE_RATING, "a number", sink, err);
    if (!hr_time_parse_as(field_of(row, index[HR_ROLE_TIME]), t->time_unit, &rating.time))
        return bad_field(t, row, HR_ROLE_TIME,
                         t->time_unit == HR_TIME_DATES ? HR_TIME_EXPECTED_DATES : HR_TIME_EXPECTED, sink,
                         err);
    return hr_row_sink_add(sink, &rating, err);
}

/* Rows of a block, in the way that fits it. */
static hr_status take_block(const hr_table *t, const hr_text_block *block, hr_row_parser *parser, hr_row *row,
                            hr_row_sink *sink, hr_error *err)
{
    hr_status status = HR_OK;
    if (hr_table_is_plain(t)) {
        HR_TRY(hr_table_plain_rows(t, block, parser, row, sink, err));
        return hr_row_sink_flush(sink, err); /* its ids are in the block */
    }
    HR_TRY(hr_row_parser_begin(parser, &t->dialect, block, err));
    while (hr_row_parser_next(parser, row))
        HR_TRY(hr_table_take_row(t, row, sink, err));
done:
    return status;
}

static hr_status read_table(const void *how, const hr_text_file *text, int64_t begin, int64_t end,
                            hr_row_sink *sink, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_table *t = how;
    hr_text_reader *reader = NULL;
    hr_row_parser parser = {0};
    hr_row *row = NULL;
    hr_text_block block;
    HR_ALLOC(row, 1);
    HR_TRY(hr_text_reader_open(&reader, text, &t->dialect, begin, end, err));
    for (;;) {
        HR_TRY(hr_text_next(reader, &block, err));
        if (block.length == 0)
            break;
        HR_TRY(take_block(t, &block, &parser, row, sink, err));
    }
done:
    hr_text_reader_close(reader);
    hr_row_parser_free(&parser);
    free(row);
    return status;
}

static hr_status find_dialect(hr_table *t, hr_text_piece sample, const hr_source_options *options,
                              const hr_table_wish *wish, hr_error *err)
{
    hr_status status = HR_OK;
    hr_separator separator = HR_SEPARATOR_COMMA;
    const char *said = options->separator ? options->separator : wish->separator;
    if (said)
        HR_TRY(hr_separator_parse(said, &separator, err));
    t->dialect = said ? hr_dialect_with(separator, sample) : hr_dialect_guess(sample);
    t->dialect.quoted = t->dialect.quoted && !wish->no_quotes;
done:
    return status;
}

static hr_status say_table(hr_source *source, const hr_table *t, const hr_text_facts *facts, hr_error *err)
{
    char roles[HR_ROLES * 2 * HR_COLUMN_NAME] = "";
    size_t length = 0;
    char before[64] = "";
    if (t->lines_before > 0)
        snprintf(before, sizeof before, "; %d line%s before the header %s skipped", t->lines_before,
                 t->lines_before > 1 ? "s" : "", t->lines_before > 1 ? "are" : "is");
    const hr_time_unit unit = t->time_unit == HR_TIME_BY_RANGE ? HR_TIME_SECONDS : t->time_unit;
    const bool says_unit = t->columns.index[HR_ROLE_TIME] >= 0 && t->has_number_times;
    for (int role = 0; role < HR_ROLES; role++)
        if (t->columns.index[role] >= 0 && !(role == HR_ROLE_RATING && t->implicit))
            length +=
                (size_t)snprintf(roles + length, sizeof roles - length, "%s%s is column %d%s%s",
                                 length ? ", " : "", hr_role_name((hr_role)role), t->columns.index[role] + 1,
                                 *t->columns.name[role] ? ", " : "", t->columns.name[role]);
    return hr_source_say(
        source, err, "%s: %s, %s, lines end in %s, separated by %s, %s; %s%s%s%s%s%s%s", facts->path,
        facts->packing, facts->encoding, facts->line_end, hr_separator_name(t->dialect.separator),
        t->dialect.header ? "a header" : "no header", roles, says_unit ? " in " : "",
        says_unit ? hr_time_unit_name(unit) : "", t->implicit ? "; no ratings: each row is one of 1" : "",
        t->columns.index[HR_ROLE_TIME] < 0 ? "; no times" : "", before,
        t->columns.skips_first ? "; column 1 has no name and is skipped" : "");
}

hr_status hr_table_add(hr_source *source, const char *path, uint8_t split, const hr_table_wish *wish,
                       hr_error *err)
{
    hr_status status = HR_OK;
    hr_text_file *text = NULL;
    hr_table *t = NULL;
    const hr_table_said said = {{wish->columns, source->options.columns},
                                wish->no_header || source->options.no_header,
                                source->options.time_unit};
    HR_ALLOC(t, 1);
    HR_TRY(hr_text_open(&text, path, err));
    HR_TRY(find_dialect(t, hr_text_sample(text), &source->options, wish, err));
    HR_TRY(hr_table_guess(t, text, &said, err));
    t->implicit = source->options.implicit || wish->implicit || t->columns.index[HR_ROLE_RATING] < 0;
    source->facts.has_values = source->facts.has_values && !t->implicit;
    source->facts.has_times = source->facts.has_times && t->columns.index[HR_ROLE_TIME] >= 0;
    HR_TRY(say_table(source, t, hr_text_facts_of(text), err));
    status = hr_source_add_file(source, text, split, read_table, t, err);
    text = NULL;
    t = NULL;
done:
    hr_text_close(text);
    free(t);
    return status;
}
