#include "io/base/memory.h"
#include "io/readers/table_reader.h"
#include "io/text/digits.h"
#include "io/text/numbers.h"
#include "io/text/positions.h"

/* Bytes whose separators are listed at once: they and the list stay in the first cache. */
enum { STRETCH = 1 << 13 };

/* Where fields are; constant where the compiler is to know it. */
typedef struct shape {
    int fields, user, item, rating, time; /* columns from 0; -1 where there is none */
    int width;                            /* of a separator */
    bool returns;                         /* lines may end in CRLF */
} shape;

/* Rows that are being read. */
typedef struct plain_rows {
    const hr_table *table;
    hr_row_parser *parser;
    hr_row_sink *sink;
    shape shape;
} plain_rows;

bool hr_table_is_plain(const hr_table *table, const hr_text_block *block)
{
    return !block->quotes && !block->high && table->dialect.separator < HR_SEPARATOR_BLANKS;
}

/* The field in column `index` of the row that begins at `row` and ends its fields at end[0 … fields - 1] of `at`. */
static inline __attribute__((always_inline)) hr_text_piece
field_at(const shape *s, const char *at, const char *row, const uint32_t *ends, int index)
{
    const char *begin = index > 0 ? at + ends[index - 1] + s->width : row;
    const char *end = at + ends[index];
    end -= s->returns && index == s->fields - 1 && end > begin && end[-1] == '\r';
    return (hr_text_piece){begin, end - begin};
}

/* An id: digits, or anything else but blanks around it; empty where it is none. */
static inline hr_text_piece id_of(hr_text_piece text)
{
    return hr_is_digits(text) ? text : hr_id_trimmed(hr_piece_trimmed(text));
}

/* "4", "3.5" and other numbers of at most eight bytes without a sign; false for all that the general way is for. */
static inline bool short_rating(hr_text_piece text, float *value)
{
    static const double power[] = {1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8};
    const char *at = text.at;
    if (text.length == 3 && at[1] == '.' && at[0] >= '0' && at[0] <= '9' && at[2] >= '0' && at[2] <= '9') {
        *value = (float)((at[0] - '0') * 10 + (at[2] - '0')) / 10.0F;
        return true;
    }
    int64_t whole = 0, behind = -1;
    for (int64_t i = 0; i < text.length && i < 9; i++) {
        if (at[i] == '.' && behind < 0) {
            behind = 0;
            continue;
        }
        if (at[i] < '0' || at[i] > '9')
            return false;
        whole = whole * 10 + (at[i] - '0');
        behind += behind >= 0;
    }
    *value = (float)((double)whole / power[behind > 0 ? behind : 0]);
    return text.length > (behind >= 0) && text.length < 9;
}

/* Whole seconds. */
static inline bool short_time(hr_text_piece text, int64_t *seconds)
{
    uint64_t number = 0;
    if (text.length == 0) {
        *seconds = HR_NO_TIME;
        return true;
    }
    if (text.length > 2 && text.at[text.length - 1] == '0' && text.at[text.length - 2] == '.')
        text.length -= 2;
    if (text.length > 11 || !hr_digits_parse(text, &number))
        return false;
    *seconds = (int64_t)number;
    return true;
}

/* Takes a row where it is plain; false where it is not. */
static inline __attribute__((always_inline)) bool take_plain(const shape *s, hr_row_sink *sink,
                                                             const char *at, const char *row,
                                                             const uint32_t *ends, int64_t offset)
{
    hr_rating_rows *rows = sink->rows;
    const int64_t n = rows->count;
    const hr_text_piece user = id_of(field_at(s, at, row, ends, s->user));
    const hr_text_piece item = id_of(field_at(s, at, row, ends, s->item));
    float value = 1.0F;
    int64_t time = HR_NO_TIME;
    if (user.length == 0 || item.length == 0)
        return false;
    if (s->rating >= 0 && !short_rating(field_at(s, at, row, ends, s->rating), &value))
        return false;
    if (s->time >= 0 && !short_time(field_at(s, at, row, ends, s->time), &time))
        return false;
    if (sink->has_scale && !(value >= sink->low && value <= sink->high))
        return false;
    rows->user[n] = user;
    rows->item[n] = item;
    rows->value[n] = value;
    rows->time[n] = time;
    rows->offset[n] = offset;
    rows->count = n + 1;
    return true;
}

/* Takes a row in the general way; *next is behind its LF. */
static hr_status take_slowly(const plain_rows *p, const char *row, const char *end, int64_t offset,
                             hr_error *err)
{
    hr_status status = HR_OK;
    static const size_t room = sizeof(hr_row);
    hr_row *parsed = NULL;
    const hr_text_block block = {.at = (char *)row, .length = end - row, .offset = offset};
    parsed = malloc(room);
    if (!parsed)
        HR_TRY(hr_fail_memory(err, 1, room, "a row"));
    HR_TRY(hr_row_parser_begin(p->parser, &p->table->dialect, &block, err));
    while (hr_row_parser_next(p->parser, parsed))
        HR_TRY(hr_table_take_row(p->table, parsed, p->sink, err));
done:
    free(parsed);
    return status;
}

/* Whether the next fields end as those of a row do: with separators, and an LF behind the last. */
static inline __attribute__((always_inline)) bool
ends_are_of_a_row(const shape *s, const char *at, const uint32_t *ends, const uint32_t *last)
{
    bool early = false;
    if (last - ends < s->fields)
        return false;
    for (int f = 0; f < s->fields - 1; f++)
        early |= at[ends[f]] == '\n';
    return !early && at[ends[s->fields - 1]] == '\n';
}

/* Takes rows of a stretch until one is not plain, or the sink is full; *row is then where that begins, and the first of
 * its ends is returned. */
static inline __attribute__((always_inline)) const uint32_t *
take_while_plain(const shape *s, hr_row_sink *sink, const char *at, const char **row, const uint32_t *ends,
                 const uint32_t *last, int64_t offset)
{
    while (sink->rows->count < HR_ROWS && ends_are_of_a_row(s, at, ends, last) &&
           take_plain(s, sink, at, *row, ends, offset + (*row - at))) {
        *row = at + ends[s->fields - 1] + 1;
        ends += s->fields;
    }
    return ends;
}

/* The same, where the shape may be the most common one. */
static const uint32_t *take_by_shape(const plain_rows *p, const char *at, const char **row,
                                     const uint32_t *ends, const uint32_t *last, int64_t offset)
{
    static const shape common = {4, 0, 1, 2, 3, 1, false};
    const shape *s = &p->shape;
    const bool is_common = s->fields == 4 && s->user == 0 && s->item == 1 && s->rating == 2 && s->time == 3 &&
                           s->width == 1 && !s->returns;
    return is_common ? take_while_plain(&common, p->sink, at, row, ends, last, offset)
                     : take_while_plain(s, p->sink, at, row, ends, last, offset);
}

/* Takes the rows of a stretch, whose separators and LFs are listed. */
static hr_status take_stretch(const plain_rows *p, const char *at, int64_t offset, const uint32_t *ends,
                              const uint32_t *last, hr_error *err)
{
    hr_status status = HR_OK;
    const char *row = at;
    while (ends < last) {
        if (offset + (row - at) != p->table->header)
            ends = take_by_shape(p, at, &row, ends, last, offset);
        if (p->sink->rows->count == HR_ROWS) {
            HR_TRY(hr_row_sink_flush(p->sink, err));
            continue;
        }
        if (ends == last)
            break;
        while (at[*ends] != '\n')
            ends++;
        HR_TRY(take_slowly(p, row, at + *ends + 1, offset + (row - at), err));
        row = at + *ends++ + 1;
    }
done:
    return status;
}

hr_status hr_table_plain_rows(const hr_table *table, const hr_text_block *block, hr_row_parser *parser,
                              hr_row_sink *sink, hr_error *err)
{
    hr_status status = HR_OK;
    uint32_t *position = NULL;
    const char *end = block->at + block->length;
    const int *index = table->columns.index;
    const plain_rows p = {table,
                          parser,
                          sink,
                          {table->columns.fields, index[HR_ROLE_USER], index[HR_ROLE_ITEM],
                           table->implicit ? -1 : index[HR_ROLE_RATING], index[HR_ROLE_TIME],
                           hr_separator_width(table->dialect.separator), block->returns}};
    int64_t room = 0;
    for (const char *at = block->at; at < end;) {
        const char *lf = end - at > STRETCH ? memrchr(at, '\n', STRETCH) : end - 1;
        if (!lf)
            lf = memchr(at, '\n', (size_t)(end - at));
        const int64_t length = lf + 1 - at;
        HR_GROW(position, room, (length > STRETCH ? length : STRETCH) + HR_TEXT_PADDING);
        const int64_t positions = hr_positions(at, length, table->dialect.separator, position);
        HR_TRY(take_stretch(&p, at, block->offset + (at - block->at), position, position + positions, err));
        at = lf + 1;
    }
done:
    free(position);
    return status;
}
