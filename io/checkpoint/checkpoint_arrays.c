/* The arrays of a checkpoint, read by blocks and compared with the checksums of these. */
#include "io/base/checksum.h"
#include "io/base/memory.h"
#include "io/checkpoint/checkpoint.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

/* An array that is read by its checksum blocks. Zero-initialise; free with checked_free. */
typedef struct checked {
    hr_h5 *file;
    const char *name;
    int64_t rows, row_bytes, block_rows, blocks;
    uint64_t *sums; /* [blocks] as the file has them */
    char *block;    /* [block_rows x row_bytes] */
} checked;

static hr_status checked_open(checked *a, hr_h5 *file, const char *name, hr_error *err)
{
    char sums[2 * HR_ARRAY_NAME_LENGTH];
    int64_t blocks = 0;
    hr_status status = HR_OK;
    a->file = file;
    a->name = name;
    HR_TRY(hr_h5_shape(file, name, &a->rows, NULL, err));
    HR_TRY(hr_h5_row_bytes(file, name, &a->row_bytes, err));
    if (a->row_bytes < 1 || a->rows > hr_h5_bytes(file) / a->row_bytes)
        HR_TRY(hr_fail(err, HR_INPUT,
                       "%s: the array %s is of %" PRId64 " rows of %" PRId64
                       " bytes, more than the file holds; it is damaged",
                       hr_h5_path(file), name, a->rows, a->row_bytes));
    a->block_rows = hr_checksum_block_rows(a->row_bytes);
    if (a->block_rows > a->rows)
        a->block_rows = a->rows;
    a->blocks = hr_checksum_blocks(a->rows, a->row_bytes);
    snprintf(sums, sizeof sums, "checksum/%s", name);
    HR_TRY(hr_h5_shape(file, sums, &blocks, NULL, err));
    if (blocks != a->blocks)
        HR_TRY(hr_fail(err, HR_INPUT,
                       "%s: the array %s has %" PRId64 " checksums, expected %" PRId64
                       "; the file is damaged",
                       hr_h5_path(file), name, blocks, a->blocks));
    HR_ALLOC(a->sums, a->blocks);
    HR_ALLOC(a->block, a->block_rows * a->row_bytes);
    HR_TRY(hr_h5_read_rows(file, sums, HR_H5_U64, 0, a->blocks, 1, a->sums, err));
done:
    return status;
}

static void checked_free(checked *a)
{
    free(a->sums);
    free(a->block);
}

/* Reads block b into a->block and compares it with its checksum. */
static hr_status checked_read(checked *a, int64_t b, hr_error *err)
{
    const int64_t first = b * a->block_rows;
    const int64_t count = a->rows - first < a->block_rows ? a->rows - first : a->block_rows;
    hr_status status = HR_OK;
    HR_TRY(hr_h5_read_bytes(a->file, a->name, first, count, a->block, err));
    if (hr_checksum_rows(a->block, first, count, a->row_bytes) != a->sums[b])
        status = hr_fail(err, HR_INPUT,
                         "%s: rows %" PRId64 " to %" PRId64
                         " of %s do not have their checksum; the file is "
                         "damaged",
                         hr_h5_path(a->file), first, first + count - 1, a->name);
done:
    return status;
}

/* A model that is whole has none: training ends where a loss is not finite. */
static hr_status check_finite(const hr_h5 *file, const char *name, int64_t first, int64_t count, int64_t cols,
                              const float *values, hr_error *err)
{
    for (int64_t i = 0; i < count * cols; i++)
        if (!isfinite(values[i]))
            return hr_fail(err, HR_INPUT,
                           "%s: the array %s has a %g in row %" PRId64
                           ", expected a finite number; the file is "
                           "damaged",
                           hr_h5_path(file), name, (double)values[i], first + i / cols);
    return HR_OK;
}

static hr_status check_type(const checked *a, hr_h5_type type, int64_t cols, hr_error *err)
{
    const bool is_float = type == HR_H5_F32;
    if (hr_h5_content_of(a->file, a->name) == (is_float ? HR_H5_FLOATS : HR_H5_INTEGERS) &&
        a->row_bytes == cols * hr_h5_type_bytes(type))
        return HR_OK;
    return hr_fail(err, HR_INPUT, "%s: the array %s is of no %d-bit %s; the file is damaged",
                   hr_h5_path(a->file), a->name, (int)hr_h5_type_bytes(type) * 8,
                   is_float ? "floats" : "integers");
}

hr_status hr_checkpoint_read_array(hr_h5 *file, const hr_checkpoint_array *array, void *out, hr_error *err)
{
    checked a = {0};
    hr_status status = HR_OK;
    const int64_t first = array->first, end = first + array->count;
    HR_TRY(hr_checkpoint_expect_shape(file, array->name, array->rows, array->cols, err));
    HR_TRY(checked_open(&a, file, array->name, err));
    HR_TRY(check_type(&a, array->type, array->cols, err));
    for (int64_t row = first; row < end;) {
        const int64_t b = row / a.block_rows, row_in_block = row - b * a.block_rows;
        const int64_t left = end - row, there = a.block_rows - row_in_block;
        const int64_t rows = left < there ? left : there;
        HR_TRY(checked_read(&a, b, err));
        memcpy((char *)out + (row - first) * a.row_bytes, a.block + row_in_block * a.row_bytes,
               (size_t)(rows * a.row_bytes));
        row += rows;
    }
    if (array->type == HR_H5_F32)
        HR_TRY(check_finite(file, array->name, first, array->count, array->cols, out, err));
done:
    checked_free(&a);
    return status;
}

/* Rows first … first + count - 1 of an array of `total` rows of floats. */
static hr_status read_checked(hr_h5 *file, const char *name, int64_t total, int64_t cols, int64_t first,
                              int64_t count, float *out, hr_error *err)
{
    hr_checkpoint_array array = {
        .type = HR_H5_F32, .rows = total, .cols = cols, .first = first, .count = count};
    snprintf(array.name, sizeof array.name, "%s", name);
    return hr_checkpoint_read_array(file, &array, out, err);
}

hr_status hr_checkpoint_read(hr_h5 *file, const hr_checkpoint_summary *summary,
                             const hr_checkpoint_rows *rows, const hr_row_block *block, hr_error *err)
{
    const int64_t dim = summary->dim;
    char name[HR_ARRAY_NAME_LENGTH];
    hr_status status = HR_OK;
    snprintf(name, sizeof name, "%s/user", rows->name);
    HR_TRY(read_checked(file, name, summary->users, dim, block->first_user, block->users, rows->block, err));
    snprintf(name, sizeof name, "%s/movie", rows->name);
    HR_TRY(read_checked(file, name, summary->movies, dim, block->first_movie, block->movies,
                        rows->block + block->users * dim, err));
done:
    return status;
}

hr_status hr_checkpoint_expect_dense(hr_h5 *file, const char *name, int64_t count, hr_error *err)
{
    char path[HR_ARRAY_NAME_LENGTH];
    snprintf(path, sizeof path, "dense/%s", name);
    return hr_checkpoint_expect_shape(file, path, count, 1, err);
}

hr_status hr_checkpoint_read_dense(hr_h5 *file, const hr_checkpoint_dense *dense, hr_error *err)
{
    char name[HR_ARRAY_NAME_LENGTH];
    snprintf(name, sizeof name, "dense/%s", dense->name);
    return read_checked(file, name, dense->count, 1, 0, dense->count, dense->values, err);
}

hr_status hr_checkpoint_read_weights(hr_h5 *file, const hr_checkpoint_summary *summary, int64_t count,
                                     float *values, hr_error *err)
{
    const bool is_best = strcmp(summary->source, HR_SOURCE_BEST) == 0;
    if (count == 0)
        return HR_OK;
    return hr_checkpoint_read_dense(
        file, &(hr_checkpoint_dense){is_best ? HR_SOURCE_BEST : "weight", count, values}, err);
}

/* Compares this rank's share of an array's blocks. */
static hr_status verify_array(hr_h5 *file, const char *name, void *context, hr_error *err)
{
    const hr_comm *comm = context;
    checked a = {0};
    hr_status status = HR_OK;
    HR_TRY(checked_open(&a, file, name, err));
    for (int64_t b = comm->rank; b < a.blocks; b += comm->size)
        HR_TRY(checked_read(&a, b, err));
done:
    checked_free(&a);
    return status;
}

hr_status hr_checkpoint_verify(const hr_comm *comm, const char *path, hr_error *err)
{
    hr_h5 *file = NULL;
    hr_checkpoint_summary summary;
    hr_comm all = *comm;
    hr_status status = hr_checkpoint_open(&file, &summary, NULL, path, err);
    if (status == HR_OK)
        status = hr_h5_each_array(file, "checksum", verify_array, &all, err);
    hr_h5_close(file);
    return hr_agree(comm, status, NULL, err);
}
