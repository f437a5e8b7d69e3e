/* Matrix Market's coordinate matrices: a row is a user, a column an item, both from 1. */
#include "io/base/memory.h"
#include "io/formats/format.h"
#include "io/text/numbers.h"
#include "io/text/rows.h"
#include "io/text/times.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const hr_dialect blanks = {.separator = HR_SEPARATOR_BLANKS};

/* What the first lines say: what hr_source_add_file keeps. */
typedef struct matrix {
    int64_t rows, columns, entries;
    int64_t found;    /* entries, counted of a symmetric matrix */
    int64_t sizes_at; /* offset of the line with these; -1 before it is read */
    bool pattern, symmetric;
} matrix;

/* A share being read. */
typedef struct reading {
    const matrix *of;
    hr_row_sink *sink;
} reading;

static bool index_of(hr_text_piece text, int64_t most, int64_t *index)
{
    return hr_whole_parse(text, index) && *index >= 1 && *index <= most;
}

static hr_status take_entry(void *context, const hr_row *row, hr_error *err)
{
    const reading *r = context;
    const matrix *m = r->of;
    const int fields = m->pattern ? 2 : 3;
    hr_status status = HR_OK;
    int64_t i = 0, j = 0;
    hr_rating_row rating = {.user = row->field[0], .item = row->field[1], .value = 1.0, .time = HR_NO_TIME};
    rating.offset = row->offset;
    if (row->fields == 0 || *row->field[0].at == '%' || row->offset <= m->sizes_at)
        return HR_OK;
    if (row->fields != fields)
        return hr_row_sink_bad(r->sink, row->offset, err, "found %d numbers, expected %d", row->fields,
                               fields);
    if (!index_of(row->field[0], m->rows, &i) || !index_of(row->field[1], m->columns, &j))
        return hr_row_sink_bad(r->sink, row->offset, err,
                               "found row \"%.*s\" and column \"%.*s\", expected 1 to %" PRId64
                               " and 1 to %" PRId64,
                               HR_PIECE(row->field[0]), HR_PIECE(row->field[1]), m->rows, m->columns);
    if (!m->pattern && !hr_number_parse(row->field[2], false, &rating.value))
        return hr_row_sink_bad(r->sink, row->offset, err, "column 3: found \"%.*s\", expected a number",
                               HR_PIECE(row->field[2]));
    HR_TRY(hr_row_sink_add(r->sink, &rating, err));
    if (m->symmetric && i != j) {
        rating.user = row->field[1];
        rating.item = row->field[0];
        HR_TRY(hr_row_sink_add(r->sink, &rating, err));
    }
done:
    return status;
}

static hr_status read_share(const void *how, const hr_text_file *text, int64_t begin, int64_t end,
                            hr_row_sink *sink, hr_error *err)
{
    reading r = {how, sink};
    return hr_text_rows(text, &blanks, begin, end, take_entry, &r, err);
}

static bool is_word(const hr_row *row, int field, const char *word)
{
    return field < row->fields && row->field[field].length == (int64_t)strlen(word) &&
           strncasecmp(row->field[field].at, word, strlen(word)) == 0;
}

/* The banner, then comments, then the sizes. */
static hr_status take_head(void *context, const hr_row *row, hr_error *err)
{
    matrix *m = context;
    if (m->sizes_at >= 0 || row->fields == 0)
        return HR_OK;
    if (row->offset == 0 || is_word(row, 0, "%%MatrixMarket")) {
        m->pattern = is_word(row, 3, "pattern");
        m->symmetric = is_word(row, 4, "symmetric");
        const bool known = is_word(row, 2, "coordinate") &&
                           (m->pattern || is_word(row, 3, "real") || is_word(row, 3, "integer")) &&
                           (m->symmetric || is_word(row, 4, "general"));
        if (!known)
            return hr_fail(err, HR_INPUT,
                           "line 1: expected \"%%%%MatrixMarket matrix coordinate\", then real, integer or "
                           "pattern, then general or symmetric");
        return HR_OK;
    }
    if (*row->field[0].at == '%')
        return HR_OK;
    if (row->fields != 3 || !hr_whole_parse(row->field[0], &m->rows) ||
        !hr_whole_parse(row->field[1], &m->columns) || !hr_whole_parse(row->field[2], &m->entries) ||
        m->rows < 0 || m->columns < 0 || m->entries < 0)
        return hr_fail(err, HR_INPUT, "found \"%.*s …\", expected the numbers of rows, columns and entries",
                       HR_PIECE(row->field[0]));
    m->sizes_at = row->offset;
    return HR_OK;
}

static bool is_like(const char *path, hr_text_piece sample)
{
    (void)path;
    return sample.length > 14 && strncasecmp(sample.at, "%%MatrixMarket", 14) == 0;
}

static hr_status read_head(const hr_text_file *text, const char *path, matrix *m, hr_error *err)
{
    hr_error why = {""};
    const hr_status status = hr_text_sample_rows(text, &blanks, take_head, m, &why);
    if (status == HR_OK && m->sizes_at >= 0)
        return HR_OK;
    return hr_fail(err, status == HR_OK ? HR_INPUT : status, "%s: %s", path,
                   status == HR_OK ? "has no line with the numbers of rows, columns and entries" : why.text);
}

/* Counts the entries of a share, as the lines that stand for them. */
static hr_status count_entry(void *context, const hr_row *row, hr_error *err)
{
    matrix *m = context;
    (void)err;
    m->found += row->fields > 0 && *row->field[0].at != '%' && row->offset > m->sizes_at;
    return HR_OK;
}

/* An entry of a symmetric matrix may be one rating or two, so that ratings do not tell whether entries are missing. */
static hr_status check_symmetric(const hr_text_file *text, const char *path, matrix *m, hr_error *err)
{
    if (!m->symmetric)
        return HR_OK;
    const hr_status status = hr_text_rows(text, &blanks, 0, INT64_MAX, count_entry, m, err);
    if (status != HR_OK || m->found == m->entries)
        return status;
    return hr_fail(err, HR_INPUT,
                   "%s: found %" PRId64 " entries, expected %" PRId64
                   " as it says; the file is cut off or damaged",
                   path, m->found, m->entries);
}

static hr_status add(hr_source *source, const char *path, uint8_t split, hr_error *err)
{
    hr_status status = HR_OK;
    hr_text_file *text = NULL;
    matrix *m = NULL;
    HR_ALLOC(m, 1);
    m->sizes_at = -1;
    HR_TRY(hr_text_open(&text, path, err));
    HR_TRY(read_head(text, path, m, err));
    HR_TRY(check_symmetric(text, path, m, err));
    source->facts.has_times = false;
    source->facts.has_values = source->facts.has_values && !m->pattern;
    hr_source_expect(source, m->symmetric ? -1 : m->entries);
    HR_TRY(hr_source_say(source, err,
                         "%s: a matrix of %" PRId64 " users x %" PRId64 " items, %" PRId64 " entries%s", path,
                         m->rows, m->columns, m->entries, m->symmetric ? ", symmetric" : ""));
    status = hr_source_add_file(source, text, split, read_share, m, err);
    text = NULL;
    m = NULL;
done:
    hr_text_close(text);
    free(m);
    return status;
}

const hr_format hr_format_matrix_market = {
    .name = "matrix-market",
    .summary = "sparse matrices as Matrix Market writes them: coordinate, real, integer or pattern",
    .ratings = "*.mtx",
    .is_like = is_like,
    .add = add,
};
