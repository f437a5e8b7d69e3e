#include "io/checkpoint/checkpoint.h"

#include "io/base/checksum.h"
#include "io/base/json.h"
#include "io/base/memory.h"

#include <inttypes.h>
#include <string.h>

static hr_status read_run(hr_h5 *file, char **text, json_t **run, hr_error *err)
{
    hr_status status = HR_OK;
    json_error_t reason;
    HR_ALLOC(*text, HR_RUN_LENGTH);
    HR_TRY(hr_h5_get_text(file, "run", *text, HR_RUN_LENGTH, err));
    *run = json_loads(*text, 0, &reason);
    HR_TRY(hr_json_check("the run's options", err));
    if (!*run)
        status =
            hr_fail(err, HR_INPUT, "%s: the attribute run is not JSON: %s", hr_h5_path(file), reason.text);
done:
    return status;
}

int64_t hr_checkpoint_sum_attributes(const hr_checkpoint_summary *s, const char *run)
{
    char numbers[128];
    snprintf(numbers, sizeof numbers, "%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64, s->users,
             s->movies, s->dim, s->step, s->arrays);
    const char *const texts[] = {s->fingerprint, s->model, numbers, run};
    uint64_t sum = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        sum = hr_checksum_text(sum, texts[i]);
    return (int64_t)sum;
}

static hr_status check_attributes(hr_h5 *file, const hr_checkpoint_summary *summary, const char *run,
                                  hr_error *err)
{
    int64_t kept = 0;
    const hr_status status = hr_h5_get_i64(file, "checksum", &kept, err);
    if (status != HR_OK)
        return status;
    if (kept != hr_checkpoint_sum_attributes(summary, run) || summary->users < 1 || summary->movies < 1 ||
        summary->dim < 1)
        return hr_fail(err, HR_INPUT, "%s: the attributes do not have their checksum; the file is damaged",
                       hr_h5_path(file));
    return HR_OK;
}

static hr_status check_version(hr_h5 *file, hr_error *err)
{
    int64_t version = 0;
    const hr_status status = hr_h5_get_i64(file, "version", &version, err);
    if (status == HR_OK && version < HR_CHECKPOINT_VERSION)
        return hr_fail(err, HR_INPUT,
                       "%s: version %" PRId64
                       " of a checkpoint, without checksums, which this program does not "
                       "read any more; train again or use an older halorec",
                       hr_h5_path(file), version);
    return status;
}

hr_status hr_checkpoint_open(hr_h5 **file, hr_checkpoint_summary *summary, json_t **run, const char *path,
                             hr_error *err)
{
    hr_status status = HR_OK;
    json_t *parsed = NULL;
    char *text = NULL;
    HR_TRY(hr_h5_open(file, path, HR_CHECKPOINT_FORMAT, HR_CHECKPOINT_VERSION, err));
    HR_TRY(check_version(*file, err));
    HR_TRY(hr_h5_get_text(*file, "fingerprint", summary->fingerprint, sizeof summary->fingerprint, err));
    HR_TRY(hr_h5_get_text(*file, "model", summary->model, sizeof summary->model, err));
    HR_TRY(hr_h5_get_i64(*file, "users", &summary->users, err));
    HR_TRY(hr_h5_get_i64(*file, "movies", &summary->movies, err));
    HR_TRY(hr_h5_get_i64(*file, "dim", &summary->dim, err));
    HR_TRY(hr_h5_get_i64(*file, "step", &summary->step, err));
    HR_TRY(hr_h5_get_i64(*file, "arrays", &summary->arrays, err));
    HR_TRY(read_run(*file, &text, &parsed, err));
    HR_TRY(check_attributes(*file, summary, text, err));
    if (run)
        *run = json_incref(parsed);
done:
    json_decref(parsed);
    free(text);
    if (status != HR_OK) {
        hr_h5_close(*file);
        *file = NULL;
    }
    return status;
}

hr_status hr_checkpoint_match(const hr_h5 *file, const hr_checkpoint_summary *summary,
                              const char *fingerprint, hr_error *err)
{
    if (strcmp(summary->fingerprint, fingerprint) == 0)
        return HR_OK;
    return hr_fail(
        err, HR_INPUT,
        "%s: trained on the dataset with fingerprint %s, not on this one, %s; give the dataset it was "
        "trained on",
        hr_h5_path(file), summary->fingerprint, fingerprint);
}

/* An array that is read by its checksum blocks. Zero-initialise; free with checked_free. */
typedef struct checked {
    hr_h5 *file;
    const char *name;
    int64_t rows, cols, block_rows, blocks;
    uint64_t *sums; /* [blocks] as the file has them */
    float *block;   /* [block_rows x cols] */
} checked;

static hr_status checked_open(checked *a, hr_h5 *file, const char *name, hr_error *err)
{
    char sums[2 * HR_ARRAY_NAME_LENGTH];
    int64_t blocks = 0;
    hr_status status = HR_OK;
    a->file = file;
    a->name = name;
    HR_TRY(hr_h5_shape(file, name, &a->rows, &a->cols, err));
    if (a->cols < 1 || a->rows > hr_h5_bytes(file) / (int64_t)sizeof(float) / a->cols)
        HR_TRY(hr_fail(err, HR_INPUT,
                       "%s: the array %s is %" PRId64 " x %" PRId64
                       ", more than the file holds; it is damaged",
                       hr_h5_path(file), name, a->rows, a->cols));
    const int64_t row_bytes = a->cols * (int64_t)sizeof(float);
    a->block_rows = hr_checksum_block_rows(row_bytes);
    if (a->block_rows > a->rows)
        a->block_rows = a->rows;
    a->blocks = hr_checksum_blocks(a->rows, row_bytes);
    snprintf(sums, sizeof sums, "checksum/%s", name);
    HR_TRY(hr_h5_shape(file, sums, &blocks, NULL, err));
    if (blocks != a->blocks)
        HR_TRY(hr_fail(err, HR_INPUT,
                       "%s: the array %s has %" PRId64 " checksums, expected %" PRId64
                       "; the file is damaged",
                       hr_h5_path(file), name, blocks, a->blocks));
    HR_ALLOC(a->sums, a->blocks);
    HR_ALLOC(a->block, a->block_rows * a->cols);
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
    const int64_t first = b * a->block_rows, row_bytes = a->cols * (int64_t)sizeof(float);
    const int64_t count = a->rows - first < a->block_rows ? a->rows - first : a->block_rows;
    hr_status status = HR_OK;
    HR_TRY(hr_h5_read_rows(a->file, a->name, HR_H5_F32, first, count, a->cols, a->block, err));
    if (hr_checksum_rows(a->block, first, count, row_bytes) != a->sums[b])
        status = hr_fail(err, HR_INPUT,
                         "%s: rows %" PRId64 " to %" PRId64
                         " of %s do not have their checksum; the file is "
                         "damaged",
                         hr_h5_path(a->file), first, first + count - 1, a->name);
done:
    return status;
}

static hr_status read_checked(hr_h5 *file, const char *name, int64_t cols, int64_t first, int64_t count,
                              float *out, hr_error *err)
{
    checked a = {0};
    hr_status status = HR_OK;
    HR_TRY(checked_open(&a, file, name, err));
    if (a.cols != cols || first + count > a.rows)
        HR_TRY(hr_fail(err, HR_INPUT,
                       "%s: the array %s is %" PRId64 " x %" PRId64 ", expected at least %" PRId64
                       " x %" PRId64 "; the file is damaged or of another run",
                       hr_h5_path(file), name, a.rows, a.cols, first + count, cols));
    for (int64_t row = first; row < first + count;) {
        const int64_t b = row / a.block_rows, row_in_block = row - b * a.block_rows;
        const int64_t left = first + count - row, there = a.block_rows - row_in_block;
        const int64_t rows = left < there ? left : there;
        HR_TRY(checked_read(&a, b, err));
        memcpy(out + (row - first) * cols, a.block + row_in_block * cols,
               (size_t)(rows * cols) * sizeof *out);
        row += rows;
    }
done:
    checked_free(&a);
    return status;
}

hr_status hr_checkpoint_read(hr_h5 *file, const hr_checkpoint_summary *summary,
                             const hr_checkpoint_rows *rows, const hr_row_block *block, hr_error *err)
{
    const int64_t dim = summary->dim;
    char name[HR_ARRAY_NAME_LENGTH];
    hr_status status = HR_OK;
    snprintf(name, sizeof name, "%s/user", rows->name);
    HR_TRY(read_checked(file, name, dim, block->first_user, block->users, rows->block, err));
    snprintf(name, sizeof name, "%s/movie", rows->name);
    HR_TRY(read_checked(file, name, dim, block->first_movie, block->movies, rows->block + block->users * dim,
                        err));
done:
    return status;
}

hr_status hr_checkpoint_read_dense(hr_h5 *file, const hr_checkpoint_dense *dense, hr_error *err)
{
    char name[HR_ARRAY_NAME_LENGTH];
    snprintf(name, sizeof name, "dense/%s", dense->name);
    return read_checked(file, name, 1, 0, dense->count, dense->values, err);
}

/* A call of hr_checkpoint_verify on one rank. */
typedef struct verification {
    const hr_comm *comm;
    int64_t arrays; /* seen so far */
} verification;

/* Compares this rank's share of an array's blocks. */
static hr_status verify_array(hr_h5 *file, const char *name, void *context, hr_error *err)
{
    verification *v = context;
    checked a = {0};
    hr_status status = HR_OK;
    HR_TRY(checked_open(&a, file, name, err));
    for (int64_t b = v->comm->rank; b < a.blocks; b += v->comm->size)
        HR_TRY(checked_read(&a, b, err));
    v->arrays++;
done:
    checked_free(&a);
    return status;
}

hr_status hr_checkpoint_verify(const hr_comm *comm, const char *path, hr_error *err)
{
    hr_h5 *file = NULL;
    hr_checkpoint_summary summary;
    verification v = {.comm = comm};
    hr_status status = hr_checkpoint_open(&file, &summary, NULL, path, err);
    if (status == HR_OK)
        status = hr_h5_each_array(file, "checksum", verify_array, &v, err);
    if (status == HR_OK && v.arrays != summary.arrays)
        status =
            hr_fail(err, HR_INPUT, "%s: has %" PRId64 " arrays, expected %" PRId64 "; the file is damaged",
                    path, v.arrays, summary.arrays);
    hr_h5_close(file);
    return hr_agree(comm, status, NULL, err);
}
