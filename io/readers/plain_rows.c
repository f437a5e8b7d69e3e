#include "io/base/memory.h"
#include "io/base/utf8.h"
#include "io/readers/table_reader.h"
#include "io/text/digits.h"
#include "io/text/numbers.h"
#include "io/text/row_ends.h"

#include <math.h>

enum { MOST_FIELDS = 64 }; /* of a row that is read here */

/* Where fields are; constant where the compiler is to know it. */
typedef struct shape {
    int fields, user, item, rating, time; /* columns from 0; -1 where there is none */
    char separator;
    bool doubled;      /* two of them are one separator */
    bool returns;      /* lines may end in CRLF */
    bool quoted;       /* quotes may enclose fields */
    bool high;         /* bytes may not be ASCII */
    hr_time_unit unit; /* of times that are numbers */
} shape;

bool hr_table_is_plain(const hr_table *table)
{
    return table->dialect.separator < HR_SEPARATOR_BLANKS && table->columns.fields <= MOST_FIELDS;
}

/* The field in column `index` of a row, without quotes around it. */
static inline __attribute__((always_inline)) hr_text_piece field_at(const shape *s, const char *row,
                                                                    const uint32_t *ends, int index)
{
    const char *begin = index > 0 ? row + ends[index - 1] + 1 + s->doubled : row;
    const char *end = row + ends[index];
    end -= s->returns && index == s->fields - 1 && end > begin && end[-1] == '\r';
    const bool enclosed = s->quoted && end > begin && *begin == '"';
    return (hr_text_piece){begin + enclosed, end - begin - 2 * enclosed};
}

/* An id: digits, or anything else but blanks around it; empty where it is none, or is not UTF-8. */
static inline hr_text_piece id_of(const shape *s, hr_text_piece text)
{
    if (hr_is_digits(text))
        return text;
    const bool is = !s->high || hr_utf8_is_valid(text.at, text.length);
    return is ? hr_id_trimmed(hr_piece_trimmed(text)) : (hr_text_piece){text.at, 0};
}

/* Tenths, rounded as the compiler rounds them. */
#define TENTHS(d) d##.0F, d##.1F, d##.2F, d##.3F, d##.4F, d##.5F, d##.6F, d##.7F, d##.8F, d##.9F
static const float tenths[100] = {TENTHS(0), TENTHS(1), TENTHS(2), TENTHS(3), TENTHS(4),
                                  TENTHS(5), TENTHS(6), TENTHS(7), TENTHS(8), TENTHS(9)};

/* A number, mostly "3.5" or "4"; `comma` may stand for the point. */
static inline bool short_rating(hr_text_piece text, bool comma, float *value)
{
    const uint64_t word = hr_digits_load(text.at);
    const uint64_t point = word ^ (uint64_t)('.' ^ '0') << 8; /* a point in the middle becomes zero */
    if (text.length == 3 && (point & 0xFF00) == 0 && (hr_digits_others(point) & 0xFFFFFF) == 0) {
        *value = tenths[(point & 0xFF) * 10 + (point >> 16 & 0xFF)];
        return true;
    }
    if (text.length == 1 && (hr_digits_others(word) & 0xFF) == 0) {
        *value = tenths[(word & 0xFF) * 10];
        return true;
    }
    double number = 0;
    const bool is = hr_number_parse(hr_piece_trimmed(text), comma, &number);
    *value = (float)number;
    return is;
}

/* Whole seconds, with or without ".0", or any other time. */
static inline bool short_time(hr_text_piece text, hr_time_unit unit, int64_t *seconds)
{
    uint64_t number = 0;
    if (text.length > 2 && text.at[text.length - 2] == '.' && text.at[text.length - 1] == '0')
        text.length -= 2;
    if (unit <= HR_TIME_SECONDS && text.length <= 11 && hr_digits_parse(text, &number)) {
        *seconds = (int64_t)number;
        return true;
    }
    return hr_time_parse_as(hr_piece_trimmed(text), unit, seconds);
}

/* Takes a row as rating `n`, where it is plain; false where it is not. */
static inline __attribute__((always_inline)) bool take_plain(const shape *s, hr_rating_rows *rows, int64_t n,
                                                             const char *row, const uint32_t *ends)
{
    const hr_text_piece user = id_of(s, field_at(s, row, ends, s->user));
    const hr_text_piece item = id_of(s, field_at(s, row, ends, s->item));
    rows->user[n] = user;
    rows->item[n] = item;
    rows->value[n] = 1.0F;
    rows->time[n] = HR_NO_TIME;
    if (user.length == 0 || item.length == 0)
        return false;
    if (s->rating >= 0 &&
        !short_rating(field_at(s, row, ends, s->rating), s->separator != ',', &rows->value[n]))
        return false;
    return s->time < 0 || short_time(field_at(s, row, ends, s->time), s->unit, &rows->time[n]);
}

/* Takes the row at `row` in the general way; *next is behind it. */
static hr_status take_slowly(const hr_table *table, hr_row_parser *parser, hr_row *parsed, const char *row,
                             const char **next, hr_row_sink *sink, hr_error *err)
{
    parser->at = row;
    const bool is = hr_row_parser_next(parser, parsed);
    *next = parser->at;
    return is ? hr_table_take_row(table, parsed, sink, err) : HR_OK;
}

/* Takes rows from `row` on until one is not plain, or the sink is full; returns where that begins. */
static inline __attribute__((always_inline)) const char *
take_while_plain(const shape *s, hr_row_sink *sink, const char *row, const char *end, int64_t offset)
{
    hr_rating_rows *rows = sink->rows;
    uint32_t ends[MOST_FIELDS];
    const float low = sink->has_scale ? sink->low : -INFINITY, high = sink->has_scale ? sink->high : INFINITY;
    const char *at = row;
    int64_t n = rows->count;
    for (; n < HR_ROWS && at < end; n++) {
        if (!hr_row_ends(at, s->separator, s->doubled, s->quoted, s->fields, ends) ||
            !take_plain(s, rows, n, at, ends))
            break;
        if (!(rows->value[n] >= low && rows->value[n] <= high))
            break;
        rows->offset[n] = offset + (at - row);
        at += ends[s->fields - 1] + 1;
    }
    rows->count = n;
    return at;
}

/* The same, where the shape may be the most common one, with quotes or without. */
static const char *take_by_shape(const shape *s, hr_row_sink *sink, const char *row, const char *end,
                                 int64_t offset)
{
    static const shape common = {4, 0, 1, 2, 3, ',', false, false, false, false, HR_TIME_BY_RANGE},
                       quoted = {4, 0, 1, 2, 3, ',', false, false, true, false, HR_TIME_BY_RANGE};
    const bool is_common = s->fields == 4 && s->user == 0 && s->item == 1 && s->rating == 2 && s->time == 3 &&
                           s->separator == ',' && !s->returns && !s->high && s->unit == HR_TIME_BY_RANGE;
    if (!is_common)
        return take_while_plain(s, sink, row, end, offset);
    return s->quoted ? take_while_plain(&quoted, sink, row, end, offset)
                     : take_while_plain(&common, sink, row, end, offset);
}

hr_status hr_table_plain_rows(const hr_table *table, const hr_text_block *block, hr_row_parser *parser,
                              hr_row *parsed, hr_row_sink *sink, hr_error *err)
{
    hr_status status = HR_OK;
    const int *index = table->columns.index;
    const hr_separator separator = table->dialect.separator;
    const shape s = {table->columns.fields,
                     index[HR_ROLE_USER],
                     index[HR_ROLE_ITEM],
                     table->implicit ? -1 : index[HR_ROLE_RATING],
                     index[HR_ROLE_TIME],
                     hr_separator_byte(separator),
                     separator == HR_SEPARATOR_COLONS,
                     block->returns,
                     table->dialect.quoted && block->quotes,
                     block->high,
                     table->time_unit};
    const char *row = block->at, *end = row + block->length;
    HR_TRY(hr_row_parser_begin(parser, &table->dialect, block, err));
    while (row < end) {
        const int64_t offset = block->offset + (row - block->at);
        const char *next = offset <= table->header ? row : take_by_shape(&s, sink, row, end, offset);
        if (sink->rows->count == HR_ROWS)
            HR_TRY(hr_row_sink_flush(sink, err));
        else if (next < end)
            HR_TRY(take_slowly(table, parser, parsed, next, &next, sink, err));
        row = next;
    }
done:
    return status;
}
