/* Sparse matrices that scipy.sparse.save_npz wrote: a row is a user, a column an item, both from 0. An .npz is a zip of
 * arrays: CSR and CSC have indptr, indices and data, COO has row, col and data. */
#include "io/base/memory.h"
#include "io/formats/format.h"
#include "io/formats/npy.h"
#include "io/text/times.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* What hr_source_add_path keeps. */
typedef struct matrix {
    char path[HR_PATH_LENGTH];
    char format[HR_NPY_WIDTH]; /* "csr", "csc" or "coo" */
    int64_t rows, columns, entries;
} matrix;

static hr_status open_array(hr_npy *npy, const char *path, const char *name, hr_error *err)
{
    char member[HR_PATH_LENGTH + 16];
    snprintf(member, sizeof member, "%s:%s.npy", path, name);
    return hr_npy_open(npy, member, err);
}

/* Indices and values, read next to each other. */
typedef struct arrays {
    hr_npy major, minor, data; /* indptr or row; indices or col; data */
    int64_t line, end;         /* of CSR and CSC: the row or column at hand, and where its entries end */
} arrays;

static void close_arrays(arrays *a)
{
    hr_npy_close(&a->major);
    hr_npy_close(&a->minor);
    hr_npy_close(&a->data);
}

static bool is_coordinate(const matrix *m)
{
    return strcmp(m->format, "coo") == 0;
}

static bool is_by_column(const matrix *m)
{
    return strcmp(m->format, "csc") == 0;
}

static hr_status open_arrays(arrays *a, const matrix *m, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t lines = is_by_column(m) ? m->columns : m->rows;
    HR_TRY(open_array(&a->major, m->path, is_coordinate(m) ? "row" : "indptr", err));
    HR_TRY(open_array(&a->minor, m->path, is_coordinate(m) ? "col" : "indices", err));
    HR_TRY(open_array(&a->data, m->path, "data", err));
    const int64_t expected = is_coordinate(m) ? m->entries : lines + 1;
    if (a->major.count != expected || a->minor.count != m->entries || a->data.count != m->entries)
        HR_TRY(hr_fail(err, HR_INPUT,
                       "%s: arrays of %" PRId64 ", %" PRId64 " and %" PRId64
                       " elements do not make a %s matrix of %" PRId64 " x %" PRId64,
                       m->path, a->major.count, a->minor.count, a->data.count, m->format, m->rows,
                       m->columns));
    a->line = -1;
    if (!is_coordinate(m))
        HR_TRY(hr_npy_whole(&a->major, &a->end, err)); /* 0 */
done:
    return status;
}

/* The position of the next entry, number `entry`. */
static hr_status next_position(arrays *a, const matrix *m, int64_t entry, int64_t *row, int64_t *column,
                               hr_error *err)
{
    hr_status status = HR_OK;
    int64_t major = 0, minor = 0;
    if (is_coordinate(m)) {
        HR_TRY(hr_npy_whole(&a->major, &major, err));
    } else {
        while (entry >= a->end && a->line < (is_by_column(m) ? m->columns : m->rows) - 1) {
            HR_TRY(hr_npy_whole(&a->major, &a->end, err));
            a->line++;
        }
        major = entry < a->end ? a->line : -1;
    }
    HR_TRY(hr_npy_whole(&a->minor, &minor, err));
    *row = is_by_column(m) ? minor : major;
    *column = is_by_column(m) ? major : minor;
done:
    return status;
}

static hr_status read_entries(const matrix *m, arrays *a, hr_row_sink *sink, hr_error *err)
{
    hr_status status = HR_OK;
    char user[32], item[32];
    for (int64_t e = 0; e < m->entries; e++) {
        int64_t row = 0, column = 0;
        hr_rating_row rating = {.time = HR_NO_TIME, .offset = e};
        HR_TRY(next_position(a, m, e, &row, &column, err));
        HR_TRY(hr_npy_real(&a->data, &rating.value, err));
        if (row < 0 || row >= m->rows || column < 0 || column >= m->columns)
            HR_TRY(hr_fail(err, HR_INPUT,
                           "%s: entry %" PRId64 " is at row %" PRId64 " and column %" PRId64
                           " of a matrix of %" PRId64 " x %" PRId64 "; the file is damaged",
                           m->path, e, row, column, m->rows, m->columns));
        rating.user = (hr_text_piece){user, snprintf(user, sizeof user, "%" PRId64, row)};
        rating.item = (hr_text_piece){item, snprintf(item, sizeof item, "%" PRId64, column)};
        if (isfinite((float)rating.value))
            HR_TRY(hr_row_sink_add(sink, &rating, err));
        else
            HR_TRY(hr_row_sink_bad(sink, e, err, "entry %" PRId64 ": found %g, expected a finite number", e,
                                   rating.value));
    }
done:
    return status;
}

static hr_status read_matrix(const void *how, const hr_text_file *text, int64_t begin, int64_t end,
                             hr_row_sink *sink, hr_error *err)
{
    hr_status status = HR_OK;
    arrays a = {0};
    (void)text;
    (void)begin;
    (void)end;
    HR_TRY(open_arrays(&a, how, err));
    HR_TRY(read_entries(how, &a, sink, err));
done:
    close_arrays(&a);
    return status;
}

/* Reads format and shape, and counts the entries by the array of data. */
static hr_status read_head(matrix *m, const char *path, bool *has_values, hr_error *err)
{
    hr_status status = HR_OK;
    hr_npy format = {0}, shape = {0}, data = {0};
    HR_TRY(open_array(&format, path, "format", err));
    HR_TRY(hr_npy_text(&format, m->format, err));
    if (strcmp(m->format, "csr") != 0 && strcmp(m->format, "csc") != 0 && strcmp(m->format, "coo") != 0)
        HR_TRY(hr_fail(err, HR_INPUT, "%s: a sparse matrix in format \"%s\", expected csr, csc or coo", path,
                       m->format));
    HR_TRY(open_array(&shape, path, "shape", err));
    if (shape.count != 2)
        HR_TRY(hr_fail(err, HR_INPUT, "%s: shape has %" PRId64 " numbers, expected 2", path, shape.count));
    HR_TRY(hr_npy_whole(&shape, &m->rows, err));
    HR_TRY(hr_npy_whole(&shape, &m->columns, err));
    if (m->rows < 0 || m->rows == INT64_MAX || m->columns < 0 || m->columns == INT64_MAX)
        HR_TRY(hr_fail(err, HR_INPUT, "%s: a matrix of %" PRId64 " x %" PRId64 ", which is none", path,
                       m->rows, m->columns));
    HR_TRY(open_array(&data, path, "data", err));
    m->entries = data.count;
    *has_values = data.kind != 'b';
    snprintf(m->path, sizeof m->path, "%s", path);
done:
    hr_npy_close(&data);
    hr_npy_close(&shape);
    hr_npy_close(&format);
    return status;
}

static hr_status add(hr_source *source, const char *path, uint8_t split, hr_error *err)
{
    hr_status status = HR_OK;
    hr_error why = {""};
    matrix *m = NULL;
    bool has_values = true;
    HR_ALLOC(m, 1);
    status = read_head(m, path, &has_values, &why);
    if (status != HR_OK)
        HR_TRY(
            hr_fail(err, status, "%s; expected a sparse matrix that scipy.sparse.save_npz wrote", why.text));
    source->facts.has_times = false;
    source->facts.has_values = source->facts.has_values && has_values;
    hr_source_expect(source, m->entries);
    HR_TRY(hr_source_say(source, err,
                         "%s: a %s matrix of %" PRId64 " users x %" PRId64 " items, %" PRId64 " entries",
                         path, m->format, m->rows, m->columns, m->entries));
    status = hr_source_add_path(source, path, false, split, read_matrix, m, err);
    m = NULL;
done:
    free(m);
    return status;
}

const hr_format hr_format_scipy = {
    .name = "scipy",
    .summary = "sparse matrices of scipy.sparse.save_npz: csr, csc or coo",
    .ratings = "*.npz",
    .add = add,
};
