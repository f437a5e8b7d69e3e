#include "trainer/run/extend.h"

#include "io/base/memory.h"
#include "io/comm/log.h"
#include "io/dataset/dataset.h"
#include "trainer/config/graph_size.h"
#include "trainer/config/train_config.h"
#include "trainer/run/load_graph.h"
#include "trainer/run/saver.h"
#include "trainer/run/state.h"
#include "trainer/run/step.h"

#include <inttypes.h>
#include <string.h>

/* One of the two datasets. */
typedef struct side {
    hr_h5 *file;
    hr_dataset_summary data;
} side;

/* The memory of one rank. */
typedef struct extension {
    const hr_comm *comm;
    side before, after;
    hr_h5 *trained;
    hr_checkpoint_summary model;
    json_t *run; /* of the checkpoint */
    hr_train_config config;
    hr_graph_context graph;
    hr_stepper stepper;
    hr_state state;
    hr_saver saver;
    float *block; /* [block rows x dim] of parameters */
} extension;

static hr_status open_files(extension *e, const char *trained, const char *before, const char *data,
                            hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_checkpoint_open(&e->trained, &e->model, &e->run, trained, err));
    HR_TRY(hr_dataset_open(&e->before.file, &e->before.data, before, err));
    HR_TRY(hr_checkpoint_match(e->trained, &e->model, e->before.data.fingerprint, err));
    HR_TRY(hr_dataset_open(&e->after.file, &e->after.data, data, err));
done:
    return hr_agree(e->comm, status, NULL, err);
}

/* Original ids, ascending, of consecutive users or movies. */
typedef struct ids {
    int64_t first, count;
    int64_t *id; /* [count] */
} ids;

static hr_status read_ids(ids *i, hr_h5 *file, const char *name, int64_t first, int64_t count, hr_error *err)
{
    hr_status status = HR_OK;
    *i = (ids){first, count, NULL};
    HR_ALLOC(i->id, count);
    HR_TRY(hr_h5_read_rows(file, name, HR_H5_I64, first, count, 1, i->id, err));
done:
    return status;
}

/* Removes from `all` what is before the first or after the last of `mine`. */
static void cut_to(ids *all, const ids *mine)
{
    int64_t first = 0, end = all->count;
    while (first < end && (mine->count == 0 || all->id[first] < mine->id[0]))
        first++;
    while (end > first && all->id[end - 1] > mine->id[mine->count - 1])
        end--;
    all->first += first;
    all->count = end - first;
    memmove(all->id, all->id + first, (size_t)all->count * sizeof *all->id);
}

/* Copies the rows of ids that are in both lists. */
static void copy_known(const ids *from, const float *rows, const ids *to, float *block, int64_t dim)
{
    for (int64_t i = 0, j = 0; i < to->count; i++) {
        while (j < from->count && from->id[j] < to->id[i])
            j++;
        if (j < from->count && from->id[j] == to->id[i])
            memcpy(block + i * dim, rows + j * dim, (size_t)dim * sizeof *block);
    }
}

/* Fills this rank's block of the new data with rows of the checkpoint; others stay zeros. */
static hr_status read_block(extension *e, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t dim = e->model.dim;
    const hr_row_block mine = hr_row_block_of(e->comm, e->after.data.users, e->after.data.movies);
    ids users = {0}, movies = {0}, old_users = {0}, old_movies = {0};
    hr_checkpoint_rows rows = {.name = "parameter"};
    HR_TRY(read_ids(&users, e->after.file, "user/id", mine.first_user, mine.users, err));
    HR_TRY(read_ids(&movies, e->after.file, "movie/id", mine.first_movie, mine.movies, err));
    HR_TRY(read_ids(&old_users, e->before.file, "user/id", 0, e->before.data.users, err));
    HR_TRY(read_ids(&old_movies, e->before.file, "movie/id", 0, e->before.data.movies, err));
    cut_to(&old_users, &users);
    cut_to(&old_movies, &movies);
    HR_ALLOC(rows.block, (old_users.count + old_movies.count) * dim);
    HR_TRY(hr_checkpoint_read(
        e->trained, &e->model, &rows,
        &(hr_row_block){old_users.first, old_users.count, old_movies.first, old_movies.count}, err));
    copy_known(&old_users, rows.block, &users, e->block, dim);
    copy_known(&old_movies, rows.block + old_users.count * dim, &movies, e->block + users.count * dim, dim);
done:
    free(rows.block);
    free(users.id);
    free(movies.id);
    free(old_users.id);
    free(old_movies.id);
    return status;
}

static hr_status read_state(extension *e, hr_error *err)
{
    hr_status status = HR_OK;
    hr_state *s = &e->state;
    HR_TRY(hr_state_create(s, &e->graph, &e->config.model, !e->stepper.model->solve,
                           hr_stepper_dense_counts(&e->stepper), err));
    s->step = e->model.step;
    if (s->dense_count > 0)
        HR_TRY(hr_checkpoint_read_dense(e->trained,
                                        &(hr_checkpoint_dense){"weight", s->dense_count, s->dense}, err));
    HR_ALLOC(e->block, hr_blocks_rows(e->graph.blocks) * e->model.dim);
    HR_TRY(read_block(e, err));
done:
    return hr_agree(e->comm, status, NULL, err);
}

/* Computes the output rows of the parameters. */
static hr_status make_output(extension *e, hr_error *err)
{
    hr_status status = HR_OK;
    double loss = 0.0;
    HR_TRY(hr_blocks_distribute(e->graph.blocks, e->block, e->state.parameter, err));
    if (e->stepper.model->solve && !e->stepper.model->forward)
        HR_TRY(e->stepper.model->solve(e->stepper.model_state, 0.0, e->state.parameter, &loss, err));
    HR_TRY(hr_stepper_output(&e->stepper, &e->state, e->stepper.output, err));
    hr_state_keep_output(&e->state, e->stepper.output);
done:
    return status;
}

/* The configuration of the checkpoint's run on the new data. */
static hr_status resolve(extension *e, const char *data, const char *out, hr_error *err)
{
    hr_status status = HR_OK;
    json_t *kept = json_object_get(e->run, "options");
    const double valid = json_number_value(json_object_get(kept, "valid"));
    hr_graph_size size;
    HR_TRY(hr_train_graph_size(e->comm, data, valid, &size, err));
    HR_TRY(hr_train_config_from_json(kept, size, &e->config, err));
    snprintf(e->config.checkpoint.path, sizeof e->config.checkpoint.path, "%s", out);
done:
    return hr_agree(e->comm, status, NULL, err);
}

static void extension_free(extension *e)
{
    hr_saver_free(&e->saver);
    free(e->block);
    hr_state_free(&e->state);
    hr_stepper_free(&e->stepper);
    hr_graph_context_free(&e->graph);
    json_decref(e->run);
    hr_h5_close(e->trained);
    hr_h5_close(e->before.file);
    hr_h5_close(e->after.file);
}

hr_status hr_extend(const hr_comm *comm, const char *trained, const char *before, const char *data,
                    const char *out, hr_error *err)
{
    hr_status status = HR_OK;
    extension e = {.comm = comm};
    HR_TRY(open_files(&e, trained, before, data, err));
    HR_TRY(resolve(&e, data, out, err));
    HR_TRY(hr_load_graph(&e.graph, comm, data, e.after.data.fingerprint, &e.config, err));
    HR_TRY(hr_stepper_create(&e.stepper, &e.graph, &e.config, err));
    HR_TRY(read_state(&e, err));
    HR_TRY(make_output(&e, err));
    HR_TRY(hr_saver_create(&e.saver, &e.state, &e.graph, 1, false, err));
    HR_TRY(hr_saver_begin(&e.saver, &e.state, &e.config, e.after.data.fingerprint, out, err));
    HR_TRY(hr_saver_finish(&e.saver, err));
    hr_log(comm,
           "%s: %" PRId64 " users and %" PRId64 " movies, of which the model knew %" PRId64 " and %" PRId64,
           out, e.after.data.users, e.after.data.movies, e.before.data.users, e.before.data.movies);
done:
    extension_free(&e);
    return status;
}
