#include "io/text/text_reader.h"

#include "io/base/memory.h"
#include "io/text/fields.h"
#include "io/text/row_ends.h"

#include <inttypes.h>
#include <string.h>

/* The window: small enough for the second cache, large enough for few system calls. */
enum { WINDOW = 1 << 18, READ_ROOM = 1 << 16 };

struct hr_text_reader {
    const hr_text_file *file;
    hr_dialect dialect;
    int64_t begin, end; /* of the range */
    hr_text_stream stream;
    char *memory; /* [HR_TEXT_PADDING + capacity + HR_TEXT_PADDING] */
    int64_t capacity;
    int64_t first, filled; /* bytes of the window that are not handed over: `first` … `filled` - 1 */
    int64_t offset;        /* of byte `first` in the text */
    bool begun, ended;
};

static char *window(const hr_text_reader *r)
{
    return r->memory + HR_TEXT_PADDING;
}

hr_status hr_text_reader_open(hr_text_reader **reader, const hr_text_file *file, const hr_dialect *dialect,
                              int64_t begin, int64_t end, hr_error *err)
{
    hr_status status = HR_OK;
    hr_text_reader *r = NULL;
    HR_ALLOC(r, 1);
    r->file = file;
    r->dialect = *dialect;
    r->begin =
        begin > 0 && begin <= file->mark ? file->mark + 1 : begin; /* who has byte 0 has the first row */
    r->end = begin <= 0 && end > 0 && end <= file->mark ? file->mark + 1 : end;
    if (!file->facts.can_be_cut)
        r->end = begin > 0 ? 0 : INT64_MAX;
    r->capacity = WINDOW + READ_ROOM;
    HR_ALLOC(r->memory, r->capacity + 2 * HR_TEXT_PADDING);
    *reader = r;
    r = NULL;
done:
    hr_text_reader_close(r);
    return status;
}

void hr_text_reader_close(hr_text_reader *r)
{
    if (!r)
        return;
    hr_text_stream_close(&r->stream);
    free(r->memory);
    free(r);
}

static hr_status grow(hr_text_reader *r, int64_t capacity, hr_error *err)
{
    hr_status status = HR_OK;
    char *larger = NULL;
    HR_ALLOC(larger, capacity + 2 * HR_TEXT_PADDING);
    memcpy(larger + HR_TEXT_PADDING, window(r) + r->first, (size_t)(r->filled - r->first));
    free(r->memory);
    r->memory = larger;
    r->capacity = capacity;
    r->filled -= r->first;
    r->first = 0;
done:
    return status;
}

/* Reads until `wanted` bytes are there or the text ends. The last line gets an LF where it has none. */
static hr_status fill(hr_text_reader *r, int64_t wanted, hr_error *err)
{
    hr_status status = HR_OK;
    if (wanted + READ_ROOM > r->capacity)
        HR_TRY(grow(r, wanted + READ_ROOM, err));
    memmove(window(r), window(r) + r->first, (size_t)(r->filled - r->first));
    r->filled -= r->first;
    r->first = 0;
    while (!r->ended && r->filled < wanted) {
        int64_t got = 0;
        HR_TRY(hr_text_stream_read(&r->stream, window(r) + r->filled, r->capacity - r->filled, &got, err));
        r->ended = got == 0;
        r->filled += got;
    }
    if (r->ended && r->filled > 0 && window(r)[r->filled - 1] != '\n' && r->filled < r->capacity)
        window(r)[r->filled++] = '\n';
done:
    return status;
}

static hr_status too_long(const hr_text_reader *r, hr_error *err)
{
    return hr_fail(err, HR_INPUT,
                   "%s:%" PRId64 ": found a line of more than %d bytes, expected rows of a table",
                   r->file->path, hr_text_line(r->file, r->offset), HR_TEXT_LONGEST_ROW);
}

/* Behind the first row end at or behind byte `from` of the window, where that is in the middle of a row; NULL where there
 * is none in the window. */
static const char *first_row_end(const hr_text_reader *r, int64_t from, bool inside, bool mid_field)
{
    const char *at = window(r) + from, *end = window(r) + r->filled;
    if (r->dialect.quoted)
        return hr_row_end(&r->dialect, at, end, r->ended, inside, mid_field);
    const char *lf = memchr(at, '\n', (size_t)(end - at));
    return lf ? lf + 1 : NULL;
}

/* Opens the stream at the first row that begins in the range. */
static hr_status begin_reading(hr_text_reader *r, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t at = r->begin - 1; /* an LF there ends the row before */
    bool inside = false;
    if (r->begin <= 0) {
        HR_TRY(hr_text_stream_open(&r->stream, r->file, 0, err));
        HR_TRY(fill(r, WINDOW, err));
        r->first = hr_text_counted_mark(r->file) <= r->filled ? hr_text_counted_mark(r->file) : 0;
        r->offset = r->first;
        goto done;
    }
    if (r->dialect.quoted)
        HR_TRY(hr_quote_state(r->file, &r->dialect, &at, &inside, err));
    const int64_t before = at > 0 ? 1 : 0; /* tells whether a field begins at `at` */
    HR_TRY(hr_text_stream_open(&r->stream, r->file, at - before, err));
    r->offset = at - before;
    const char *begin = NULL;
    for (int64_t wanted = WINDOW; !begin && !r->ended; wanted *= 2) {
        if (wanted > 2 * HR_TEXT_LONGEST_ROW)
            HR_TRY(too_long(r, err));
        HR_TRY(fill(r, wanted, err));
        const bool mid_field = before > 0 && r->filled > 0 && !hr_ends_field(&r->dialect, window(r)) &&
                               !(r->dialect.padded && *window(r) == ' ');
        begin = r->filled > before ? first_row_end(r, before, inside, mid_field) : NULL;
    }
    r->first = begin ? begin - window(r) : r->filled;
    r->offset += r->first;
done:
    return status;
}

/* What bytes are among these. */
static void survey(hr_text_block *block, bool *nul)
{
    unsigned char high = 0, quotes = 0, returns = 0, zeros = 0;
    for (int64_t i = 0; i < block->length; i++) {
        const unsigned char byte = (unsigned char)block->at[i];
        high |= byte;
        quotes |= byte == '"';
        returns |= byte == '\r';
        zeros |= byte == 0;
    }
    block->high = high >= 0x80;
    block->quotes = quotes != 0;
    block->returns = returns != 0;
    *nul = zeros != 0;
}

/* Behind the row that begins at `at`; NULL where it goes on behind `end`. */
static const char *row_end(const hr_text_reader *r, const char *at, const char *end)
{
    const char *enclosed = hr_enclosed_row_end(at, end, hr_separator_byte(r->dialect.separator));
    return enclosed ? enclosed : hr_row_end(&r->dialect, at, end, r->ended, false, false);
}

/* Cuts the block behind its last whole row that begins in the range. */
static void cut_block(const hr_text_reader *r, hr_text_block *block)
{
    const char *at = block->at, *end = at + block->length, *cut = at;
    const int64_t range = r->end - r->offset; /* rows that begin there or behind are not ours */
    if (r->dialect.quoted && block->quotes) {
        for (const char *row = at; row && row < end && row - at < range;) {
            row = row_end(r, row, end);
            cut = row ? row : cut;
        }
    } else if (block->length >= range) {
        const char *lf = memchr(at + range - 1, '\n', (size_t)(block->length - range + 1));
        const char *whole = range > 1 ? memrchr(at, '\n', (size_t)(range - 1)) : NULL;
        cut = lf ? lf + 1 : whole ? whole + 1 : at;
    } else if (block->length > 0) {
        const char *lf = memrchr(at, '\n', (size_t)block->length);
        cut = lf ? lf + 1 : at;
    }
    block->length = cut - at;
}

/* Length of the first line, where its row goes on for too long: a quote is not closed. */
static int64_t lost_line(const hr_text_reader *r)
{
    const char *end = hr_row_end(&r->dialect, window(r), window(r) + r->filled, true, false, false);
    return end ? end - window(r) : 0;
}

static hr_status find_nul(const hr_text_reader *r, const hr_text_block *block, hr_error *err)
{
    const char *nul = memchr(block->at, '\0', (size_t)block->length);
    if (!nul)
        return HR_OK; /* it is behind the block */
    return hr_fail(err, HR_INPUT, "%s:%" PRId64 ": found a NUL byte, expected text; the file is damaged",
                   r->file->path, hr_text_line(r->file, block->offset + (nul - block->at)));
}

hr_status hr_text_next(hr_text_reader *r, hr_text_block *block, hr_error *err)
{
    hr_status status = HR_OK;
    bool nul = false;
    *block = (hr_text_block){0};
    if (r->begin >= r->end)
        return HR_OK;
    if (!r->begun)
        HR_TRY(begin_reading(r, err));
    r->begun = true;
    for (int64_t wanted = WINDOW; block->length == 0 && r->offset < r->end; wanted *= 2) {
        if (wanted > 2 * HR_TEXT_LONGEST_ROW)
            HR_TRY(too_long(r, err));
        HR_TRY(fill(r, wanted, err));
        *block = (hr_text_block){.at = window(r), .length = r->filled, .offset = r->offset};
        survey(block, &nul);
        cut_block(r, block);
        if (block->length == 0 && block->quotes && wanted >= HR_TEXT_LONGEST_ROW)
            block->length = lost_line(r);
        if (r->ended)
            break;
    }
    if (nul)
        HR_TRY(find_nul(r, block, err));
    r->first = block->length;
    r->offset += block->length;
done:
    return status;
}
