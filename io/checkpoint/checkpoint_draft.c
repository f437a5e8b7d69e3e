#include "io/checkpoint/checkpoint_draft.h"

#include "io/base/checksum.h"
#include "io/base/json.h"
#include "io/base/memory.h"
#include "io/checkpoint/checkpoint_kept.h"
#include "io/hdf5/shared_file.h"

#include <string.h>

/* One array of the file. */
typedef struct array {
    char name[HR_ARRAY_NAME_LENGTH];
    int64_t rows, row_bytes, blocks;
    hr_h5_type type;
    int64_t cols, text; /* text: length of each text, 0 where it holds numbers */
    uint64_t *sums;     /* [blocks] of what this rank has written */
} array;

/* Byte offsets of an array and of its checksums in the file. */
typedef struct offsets {
    int64_t rows, sums;
} offsets;

struct hr_draft {
    const hr_comm *comm;
    hr_shared_file *file;
    int64_t step, keep;
    int pairs, dense,
        count; /* arrays: users' and movies' rows of each pair, then `dense` dense ones, then extra ones */
    array *arrays;
    offsets *offset; /* [count] */
    int64_t blocks;
    uint64_t *sums; /* [blocks] of all arrays */
};

static int64_t file_bytes(const hr_draft *d)
{
    int64_t bytes = d->blocks * (int64_t)sizeof(uint64_t);
    for (int i = 0; i < d->count; i++)
        bytes += d->arrays[i].rows * d->arrays[i].row_bytes;
    return bytes;
}

static void describe(array *a, const char *name, const char *part, int64_t rows, int64_t cols)
{
    snprintf(a->name, sizeof a->name, "%s/%s", name, part);
    a->rows = rows;
    a->type = HR_H5_F32;
    a->cols = cols;
    a->row_bytes = cols * (int64_t)sizeof(float);
    a->blocks = hr_checksum_blocks(rows, a->row_bytes);
}

static void describe_extra(array *a, const hr_checkpoint_array *extra)
{
    snprintf(a->name, sizeof a->name, "%s", extra->name);
    a->rows = extra->rows;
    a->type = extra->type;
    a->cols = extra->is_text ? 1 : extra->cols;
    a->text = extra->is_text ? extra->cols : 0;
    a->row_bytes = extra->cols * (extra->is_text ? 1 : hr_h5_type_bytes(extra->type));
    a->blocks = hr_checksum_blocks(extra->rows, a->row_bytes);
}

static hr_status list_arrays(hr_draft *d, const hr_draft_content *content, hr_error *err)
{
    const hr_checkpoint_summary *summary = content->summary;
    const hr_checkpoint_rows *rows = content->rows;
    const hr_checkpoint_dense *dense = content->dense;
    const int extra = 2 * d->pairs + d->dense;
    hr_status status = HR_OK;
    HR_ALLOC(d->arrays, d->count);
    HR_ALLOC(d->offset, d->count);
    for (int i = 0; i < d->pairs; i++) {
        describe(&d->arrays[2 * i], rows[i].name, "user", summary->users, summary->dim);
        describe(&d->arrays[2 * i + 1], rows[i].name, "movie", summary->movies, summary->dim);
    }
    for (int i = extra; i < d->count; i++)
        describe_extra(&d->arrays[i], &content->extra[i - extra]);
    for (int i = 2 * d->pairs; i < extra; i++)
        describe(&d->arrays[i], "dense", dense[i - 2 * d->pairs].name, dense[i - 2 * d->pairs].count, 1);
    for (int i = 0; i < d->count; i++)
        d->blocks += d->arrays[i].blocks;
    HR_ALLOC(d->sums, d->blocks);
    uint64_t *next = d->sums;
    for (int i = 0; i < d->count; next += d->arrays[i++].blocks)
        d->arrays[i].sums = next;
done:
    return status;
}

static hr_status draft_new(hr_draft **out, const hr_comm *comm, const hr_draft_content *content,
                           hr_error *err)
{
    hr_status status = HR_OK;
    hr_draft *d = NULL;
    *out = NULL;
    HR_ALLOC(d, 1);
    *out = d;
    d->comm = comm;
    d->step = content->summary->step;
    d->pairs = content->count;
    d->dense = content->dense_count;
    d->count = 2 * content->count + content->dense_count + content->extra_count;
    HR_TRY(list_arrays(d, content, err));
done:
    return status;
}

static hr_status write_attributes(hr_h5 *file, const hr_checkpoint_summary *summary, const json_t *json,
                                  hr_error *err)
{
    hr_status status = HR_OK;
    char *run = NULL;
    HR_TRY(hr_json_text(json, JSON_COMPACT | JSON_SORT_KEYS, "the run's options", &run, err));
    if (strlen(run) >= HR_RUN_LENGTH)
        HR_TRY(hr_fail(err, HR_MEMORY, "%s: the run's options are longer than %d bytes", hr_h5_path(file),
                       HR_RUN_LENGTH));
    HR_TRY(hr_h5_set_text(file, "fingerprint", summary->fingerprint, err));
    HR_TRY(hr_h5_set_text(file, "model", summary->model, err));
    HR_TRY(hr_h5_set_text(file, "source", summary->source, err));
    HR_TRY(hr_h5_set_i64(file, "users", summary->users, err));
    HR_TRY(hr_h5_set_i64(file, "movies", summary->movies, err));
    HR_TRY(hr_h5_set_i64(file, "dim", summary->dim, err));
    HR_TRY(hr_h5_set_i64(file, "step", summary->step, err));
    HR_TRY(hr_h5_set_i64(file, "arrays", summary->arrays, err));
    HR_TRY(hr_h5_set_text(file, "run", run, err));
    HR_TRY(hr_h5_set_i64(file, "checksum", hr_checkpoint_sum_attributes(summary, run), err));
done:
    free(run);
    return status;
}

static hr_status declare_array(hr_h5 *file, const array *a, offsets *at, hr_error *err)
{
    hr_status status = HR_OK;
    char sums[2 * HR_ARRAY_NAME_LENGTH];
    snprintf(sums, sizeof sums, "checksum/%s", a->name);
    if (a->text > 0)
        HR_TRY(hr_h5_declare_texts(file, a->name, a->rows, a->text, err));
    else
        HR_TRY(hr_h5_declare(file, a->name, a->type, a->rows, a->cols, err));
    HR_TRY(hr_h5_declare(file, sums, HR_H5_U64, a->blocks, 1, err));
    HR_TRY(hr_h5_offset(file, a->name, &at->rows, err));
    HR_TRY(hr_h5_offset(file, sums, &at->sums, err));
done:
    return status;
}

static hr_status lay_out(hr_draft *d, const char *path, const hr_checkpoint_summary *summary,
                         const json_t *run, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    hr_checkpoint_summary counted = *summary;
    counted.arrays = d->count;
    HR_TRY(hr_h5_create(&file, path, HR_CHECKPOINT_FORMAT, HR_CHECKPOINT_VERSION, file_bytes(d), err));
    HR_TRY(write_attributes(file, &counted, run, err));
    for (int i = 0; i < d->count; i++)
        HR_TRY(declare_array(file, &d->arrays[i], &d->offset[i], err));
    HR_TRY(hr_h5_hand_over(file, err));
done:
    hr_h5_close(file);
    return status;
}

hr_status hr_draft_create(hr_draft **out, const hr_comm *comm, const char *path,
                          const hr_draft_content *content, hr_error *err)
{
    hr_status status = draft_new(out, comm, content, err);
    hr_draft *d = *out;
    HR_TRY(hr_agree(comm, status, NULL, err)); /* before there is a file to remove */
    if (comm->rank == 0)
        status = lay_out(d, path, content->summary, content->run, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_broadcast(comm, d->offset, d->count * (int64_t)sizeof *d->offset, 0, err));
    HR_TRY(hr_shared_open(&d->file, comm, path, err));
done:
    if (status != HR_OK) {
        hr_draft_destroy(d);
        *out = NULL;
    }
    return status;
}

/* Rows first … first + count - 1 of array i, and their checksums. */
static hr_status write_array(hr_draft *d, int i, int64_t first, int64_t count, const void *rows,
                             hr_error *err)
{
    const array *a = &d->arrays[i];
    memset(a->sums, 0, (size_t)a->blocks * sizeof *a->sums);
    hr_checksum_add(a->sums, rows, first, count, a->row_bytes);
    return hr_shared_write(d->file, d->offset[i].rows + first * a->row_bytes, rows, count * a->row_bytes,
                           err);
}

hr_status hr_draft_write_rows(hr_draft *d, int index, const float *rows, const hr_row_block *block,
                              hr_error *err)
{
    const int64_t cols = d->arrays[2 * index].row_bytes / (int64_t)sizeof(float);
    hr_status status = write_array(d, 2 * index, block->first_user, block->users, rows, err);
    if (status == HR_OK)
        status =
            write_array(d, 2 * index + 1, block->first_movie, block->movies, rows + block->users * cols, err);
    return status;
}

hr_status hr_draft_write_dense(hr_draft *d, int index, const float *values, hr_error *err)
{
    const int i = 2 * d->pairs + index;
    return d->comm->rank == 0 ? write_array(d, i, 0, d->arrays[i].rows, values, err) : HR_OK;
}

hr_status hr_draft_write_extra(hr_draft *d, int index, const hr_checkpoint_array *extra, hr_error *err)
{
    return write_array(d, 2 * d->pairs + d->dense + index, extra->first, extra->count, extra->data, err);
}

hr_status hr_draft_flush(hr_draft *d, hr_error *err)
{
    return hr_shared_flush(d->file, err);
}

/* What rank 0 does at the end. */
static hr_status write_sums(hr_draft *d, hr_error *err)
{
    hr_status status = HR_OK;
    for (int i = 0; status == HR_OK && i < d->count; i++)
        status = hr_shared_write(d->file, d->offset[i].sums, d->arrays[i].sums,
                                 d->arrays[i].blocks * (int64_t)sizeof(uint64_t), err);
    return status;
}

static hr_status publish(void *draft, const char *temporary, const char *path, hr_error *err)
{
    const hr_draft *d = draft;
    return hr_kept_publish(temporary, path, d->step, d->keep, err);
}

hr_status hr_draft_publish(hr_draft *d, hr_status mine, int64_t keep, hr_error *err)
{
    hr_status status = hr_agree(d->comm, mine, NULL, err);
    HR_TRY(status);
    HR_TRY(hr_sum_u64(d->comm, d->sums, d->blocks, err));
    if (d->comm->rank == 0)
        status = write_sums(d, err);
    d->keep = keep;
    status = hr_shared_publish_by(d->file, status, publish, d, err);
done:
    return status;
}

void hr_draft_destroy(hr_draft *d)
{
    if (!d)
        return;
    hr_shared_close(d->file);
    free(d->sums);
    free(d->offset);
    free(d->arrays);
    free(d);
}

hr_status hr_checkpoint_check_room(const hr_comm *comm, const char *path,
                                   const hr_checkpoint_summary *summary, int count, int64_t more,
                                   hr_error *err)
{
    hr_status status = HR_OK;
    if (comm->rank == 0)
        status = hr_h5_check_room(
            path, count * (summary->users + summary->movies) * summary->dim * (int64_t)sizeof(float) + more,
            err);
    return hr_agree(comm, status, NULL, err);
}
