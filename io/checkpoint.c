#include "io/checkpoint.h"

#include "io/memory.h"

#include <inttypes.h>
#include <string.h>

enum { FORMAT_VERSION = 1, ARRAY_NAME_LENGTH = 64, RUN_LENGTH = 60000 };

/* What rank 0 needs to lay out the file. */
typedef struct layout {
    const hr_checkpoint_summary *summary;
    const json_t *run;
    const hr_checkpoint_rows *rows;
    int count;
    const hr_checkpoint_dense *dense;
    int dense_count;
} layout;

static void array_name(char name[ARRAY_NAME_LENGTH], const char *rows, const char *kind)
{
    snprintf(name, ARRAY_NAME_LENGTH, "%s/%s", rows, kind);
}

static hr_status write_run(hr_h5 *file, const json_t *run, hr_error *err)
{
    char *text = json_dumps(run, JSON_COMPACT | JSON_SORT_KEYS);
    if (!text)
        return hr_no_room(err, 1, RUN_LENGTH, "the run's options");
    const hr_status status = strlen(text) < RUN_LENGTH
                                 ? hr_h5_set_text(file, "run", text, err)
                                 : hr_fail(err, HR_MEMORY, "%s: the run's options are longer than %d bytes",
                                           hr_h5_path(file), RUN_LENGTH);
    free(text);
    return status;
}

static hr_status declare(hr_h5 *file, const void *context, hr_error *err)
{
    const layout *l = context;
    hr_status status = HR_OK;
    HR_TRY(hr_h5_set_text(file, "fingerprint", l->summary->fingerprint, err));
    HR_TRY(hr_h5_set_text(file, "model", l->summary->model, err));
    HR_TRY(hr_h5_set_i64(file, "users", l->summary->users, err));
    HR_TRY(hr_h5_set_i64(file, "movies", l->summary->movies, err));
    HR_TRY(hr_h5_set_i64(file, "dim", l->summary->dim, err));
    HR_TRY(write_run(file, l->run, err));
    for (int i = 0; i < l->count; i++) {
        char name[ARRAY_NAME_LENGTH];
        array_name(name, l->rows[i].name, "user");
        HR_TRY(hr_h5_declare(file, name, HR_H5_F32, l->summary->users, l->summary->dim, err));
        array_name(name, l->rows[i].name, "movie");
        HR_TRY(hr_h5_declare(file, name, HR_H5_F32, l->summary->movies, l->summary->dim, err));
    }
    for (int i = 0; i < l->dense_count; i++) {
        char name[ARRAY_NAME_LENGTH];
        array_name(name, "dense", l->dense[i].name);
        HR_TRY(hr_h5_declare(file, name, HR_H5_F32, l->dense[i].count, 1, err));
    }
done:
    return status;
}

static hr_status write_rows(hr_h5 *file, const hr_comm *comm, const hr_checkpoint_rows *rows,
                            const hr_checkpoint_block *block, int64_t dim, hr_error *err)
{
    char name[ARRAY_NAME_LENGTH];
    array_name(name, rows->name, "user");
    hr_status status =
        hr_h5_write_rows(file, name, HR_H5_F32, block->first_user, block->users, rows->block, err);
    status = hr_agree(comm, status, NULL, err);
    if (status != HR_OK)
        return status;
    array_name(name, rows->name, "movie");
    status = hr_h5_write_rows(file, name, HR_H5_F32, block->first_movie, block->movies,
                              rows->block + block->users * dim, err);
    return hr_agree(comm, status, NULL, err);
}

/* Each rank its share of what all have. */
static hr_status write_dense(hr_h5 *file, const hr_comm *comm, const hr_checkpoint_dense *dense,
                             hr_error *err)
{
    char name[ARRAY_NAME_LENGTH];
    const int64_t first = hr_block_first(dense->count, comm->rank, comm->size);
    const int64_t end = hr_block_first(dense->count, comm->rank + 1, comm->size);
    array_name(name, "dense", dense->name);
    const hr_status status =
        hr_h5_write_rows(file, name, HR_H5_F32, first, end - first, dense->values + first, err);
    return hr_agree(comm, status, NULL, err);
}

static int64_t array_bytes(const hr_checkpoint_summary *summary, int count)
{
    return count * (summary->users + summary->movies) * summary->dim * (int64_t)sizeof(float);
}

hr_status hr_checkpoint_check_room(const hr_comm *comm, const char *path,
                                   const hr_checkpoint_summary *summary, int count, hr_error *err)
{
    hr_status status = HR_OK;
    if (comm->rank == 0)
        status = hr_h5_check_room(path, array_bytes(summary, count), err);
    return hr_agree(comm, status, NULL, err);
}

hr_status hr_checkpoint_write(const hr_comm *comm, const char *path, const hr_checkpoint_summary *summary,
                              const json_t *run, const hr_checkpoint_rows *rows, int count,
                              const hr_checkpoint_dense *dense, int dense_count,
                              const hr_checkpoint_block *block, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    const layout l = {summary, run, rows, count, dense, dense_count};
    int64_t bytes = array_bytes(summary, count);
    for (int i = 0; i < dense_count; i++)
        bytes += dense[i].count * (int64_t)sizeof(float);
    HR_TRY(hr_h5_create_shared(&file, comm, path, HR_CHECKPOINT_FORMAT, FORMAT_VERSION, bytes, declare, &l,
                               err));
    for (int i = 0; i < count; i++)
        HR_TRY(write_rows(file, comm, &rows[i], block, summary->dim, err));
    for (int i = 0; i < dense_count; i++)
        HR_TRY(write_dense(file, comm, &dense[i], err));
    HR_TRY(hr_h5_publish(file, err));
done:
    hr_h5_close(file);
    return status;
}

static hr_status read_run(hr_h5 *file, json_t **run, hr_error *err)
{
    hr_status status = HR_OK;
    char *text = NULL;
    json_error_t reason;
    HR_ALLOC(text, RUN_LENGTH);
    HR_TRY(hr_h5_get_text(file, "run", text, RUN_LENGTH, err));
    *run = json_loads(text, 0, &reason);
    if (!*run)
        status =
            hr_fail(err, HR_INPUT, "%s: the attribute run is not JSON: %s", hr_h5_path(file), reason.text);
done:
    free(text);
    return status;
}

hr_status hr_checkpoint_open(hr_h5 **file, hr_checkpoint_summary *summary, json_t **run, const char *path,
                             hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_h5_open(file, path, HR_CHECKPOINT_FORMAT, FORMAT_VERSION, err));
    HR_TRY(hr_h5_get_text(*file, "fingerprint", summary->fingerprint, sizeof summary->fingerprint, err));
    HR_TRY(hr_h5_get_text(*file, "model", summary->model, sizeof summary->model, err));
    HR_TRY(hr_h5_get_i64(*file, "users", &summary->users, err));
    HR_TRY(hr_h5_get_i64(*file, "movies", &summary->movies, err));
    HR_TRY(hr_h5_get_i64(*file, "dim", &summary->dim, err));
    if (summary->users < 1 || summary->movies < 1 || summary->dim < 1)
        HR_TRY(hr_fail(err, HR_INPUT,
                       "%s: %" PRId64 " users, %" PRId64 " movies, %" PRId64
                       " columns: expected at least 1 of each; the file is damaged",
                       path, summary->users, summary->movies, summary->dim));
    if (run)
        HR_TRY(read_run(*file, run, err));
done:
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

static hr_status read_part(hr_h5 *file, const char *rows, const char *kind, int64_t dim, int64_t first,
                           int64_t count, float *block, hr_error *err)
{
    char name[ARRAY_NAME_LENGTH];
    array_name(name, rows, kind);
    return hr_h5_read_rows(file, name, HR_H5_F32, first, count, dim, block, err);
}

hr_status hr_checkpoint_read(hr_h5 *file, const hr_checkpoint_summary *summary,
                             const hr_checkpoint_rows *rows, const hr_checkpoint_block *block, hr_error *err)
{
    const int64_t dim = summary->dim;
    hr_status status =
        read_part(file, rows->name, "user", dim, block->first_user, block->users, rows->block, err);
    if (status == HR_OK)
        status = read_part(file, rows->name, "movie", dim, block->first_movie, block->movies,
                           rows->block + block->users * dim, err);
    return status;
}

hr_status hr_checkpoint_read_dense(hr_h5 *file, const hr_checkpoint_dense *dense, hr_error *err)
{
    char name[ARRAY_NAME_LENGTH];
    array_name(name, "dense", dense->name);
    return hr_h5_read_rows(file, name, HR_H5_F32, 0, dense->count, 1, dense->values, err);
}
