#include "trainer/run/extend.h"

#include "io/base/memory.h"
#include "io/base/search.h"
#include "io/comm/log.h"
#include "io/dataset/dataset.h"
#include "io/dataset/dataset_verify.h"
#include "io/dataset/ids_file.h"
#include "trainer/config/graph_size.h"
#include "trainer/config/train_config.h"
#include "trainer/models/model.h"
#include "trainer/run/load_graph.h"
#include "trainer/run/saver.h"
#include "trainer/run/state.h"
#include "trainer/run/step.h"
#include "trainer/scoring/kept_extras.h"

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
    hr_mixer mixer; /* of scores */
    hr_checkpoint_extras extras;
    hr_checkpoint_extras kept; /* those, and what the model keeps: views */
    hr_saver saver;
    float *block;   /* [block rows x dim] of parameters */
    bool *is_known; /* [block rows] whether the checkpoint has the row */
} extension;

static hr_status open_files(extension *e, const char *trained, const char *before, const char *data,
                            hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_checkpoint_open(&e->trained, &e->model, &e->run, trained, err));
    HR_TRY(hr_dataset_open(&e->before.file, &e->before.data, before, err));
    HR_TRY(hr_checkpoint_match(e->trained, &e->model, e->before.data.fingerprint, e->before.data.users,
                               e->before.data.movies, err));
    HR_TRY(hr_dataset_open(&e->after.file, &e->after.data, data, err));
done:
    return hr_agree(e->comm, status, NULL, err);
}

/* Which rows of the checkpoint a block of the new data's users or movies gets. */
typedef struct known_rows {
    hr_ids mine, before;
    int64_t *row;         /* [mine.count] of the checkpoint, or HR_NOT_FOUND */
    int64_t first, count; /* the rows of the checkpoint that all these lie in */
} known_rows;

/* What --valid holds out goes by numbers of users and movies: a number that moves would have what was trained on validated, and what
 * was held out trained on. */
static hr_status check_numbers(const known_rows *k, const extension *e, const char *name, int64_t first,
                               hr_error *err)
{
    char id[HR_ID_BUFFER];
    if (e->config.run.valid == 0.0)
        return HR_OK;
    for (int64_t i = 0; i < k->mine.count; i++)
        if (k->row[i] != HR_NOT_FOUND && k->row[i] != first + i)
            return hr_fail(
                err, HR_USAGE,
                "%s: %s %s has number %" PRId64 ", and %" PRId64
                " in %s: --valid %g of the run would hold other ratings out than it did; train anew, "
                "or on data that import has split",
                hr_h5_path(e->after.file), name, hr_ids_text(&k->mine, i, id), first + i, k->row[i],
                hr_h5_path(e->before.file), e->config.run.valid);
    return HR_OK;
}

static hr_status find_rows(known_rows *k, const extension *e, const char *name, int64_t first, int64_t count,
                           int64_t before, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t end = 0;
    HR_TRY(hr_ids_read(e->after.file, name, first, count, &k->mine, err));
    HR_TRY(hr_ids_read(e->before.file, name, 0, before, &k->before, err));
    HR_ALLOC(k->row, count);
    hr_ids_match(&k->before, &k->mine, k->row);
    for (int64_t i = 0; i < count; i++) {
        if (k->row[i] == HR_NOT_FOUND)
            continue;
        k->first = end == 0 || k->row[i] < k->first ? k->row[i] : k->first;
        end = k->row[i] >= end ? k->row[i] + 1 : end;
    }
    k->count = end - k->first;
    HR_TRY(check_numbers(k, e, name, first, err));
done:
    return status;
}

static void known_rows_free(known_rows *k)
{
    free(k->row);
    hr_ids_free(&k->mine);
    hr_ids_free(&k->before);
}

/* Copies the rows that the checkpoint has, rows [count], into the block from its row `first` on. */
static void copy_known(extension *e, const known_rows *k, const float *rows, int64_t first)
{
    const int64_t dim = e->model.dim;
    for (int64_t i = 0; i < k->mine.count; i++) {
        e->is_known[first + i] = k->row[i] != HR_NOT_FOUND;
        if (e->is_known[first + i])
            memcpy(e->block + (first + i) * dim, rows + (k->row[i] - k->first) * dim,
                   (size_t)dim * sizeof *rows);
    }
}

/* Fills this rank's block of the new data with rows of the checkpoint; others stay zeros. */
static hr_status read_block(extension *e, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t dim = e->model.dim;
    const hr_row_block mine = hr_row_block_of(e->comm, e->after.data.users, e->after.data.movies);
    known_rows users = {0}, movies = {0};
    hr_checkpoint_rows rows = {.name = e->model.source};
    HR_TRY(find_rows(&users, e, "user/id", mine.first_user, mine.users, e->before.data.users, err));
    HR_TRY(find_rows(&movies, e, "movie/id", mine.first_movie, mine.movies, e->before.data.movies, err));
    HR_ALLOC(rows.block, (users.count + movies.count) * dim);
    HR_TRY(hr_checkpoint_read(e->trained, &e->model, &rows,
                              &(hr_row_block){users.first, users.count, movies.first, movies.count}, err));
    copy_known(e, &users, rows.block, 0);
    copy_known(e, &movies, rows.block + users.count * dim, mine.users);
done:
    free(rows.block);
    known_rows_free(&users);
    known_rows_free(&movies);
    return status;
}

static hr_status read_state(extension *e, hr_error *err)
{
    hr_status status = HR_OK;
    hr_state *s = &e->state;
    HR_TRY(hr_state_create(s, &e->graph, &e->config.model, !e->stepper.model->solve,
                           hr_stepper_dense_counts(&e->stepper), err));
    s->step = s->position = e->model.step;
    HR_TRY(hr_checkpoint_read_weights(e->trained, &e->model, s->dense_count, s->dense, err));
    HR_ALLOC(e->is_known, hr_blocks_rows(e->graph.blocks));
    HR_ALLOC(e->block, hr_blocks_rows(e->graph.blocks) * e->model.dim);
    HR_TRY(read_block(e, err));
done:
    return hr_agree(e->comm, status, NULL, err);
}

/* Solves for the rows that the checkpoint does not have; others stay. Where rows are counted, all of them are. */
static hr_status solve(extension *e, hr_error *err)
{
    const hr_model *model = e->stepper.model;
    const int64_t dim = e->model.dim, rows = hr_blocks_rows(e->graph.blocks);
    float *solved = NULL;
    double loss = 0.0;
    hr_status status = HR_OK;
    HR_TRY(model->solve(e->stepper.model_state, 0.0, e->state.parameter, &loss, err));
    if (model->is_counted)
        return HR_OK;
    HR_ALLOC(solved, rows * dim);
    HR_TRY(hr_blocks_collect(e->graph.blocks, e->state.parameter, solved, err));
    for (int64_t row = 0; row < rows; row++)
        if (!e->is_known[row])
            memcpy(e->block + row * dim, solved + row * dim, (size_t)dim * sizeof *solved);
    HR_TRY(hr_blocks_distribute(e->graph.blocks, e->block, e->state.parameter, err));
done:
    free(solved);
    return status;
}

/* Computes the output rows of the parameters. */
static hr_status make_output(extension *e, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_blocks_distribute(e->graph.blocks, e->block, e->state.parameter, err));
    if (e->stepper.model->solve && !e->stepper.model->forward)
        HR_TRY(solve(e, err));
    HR_TRY(hr_stepper_output(&e->stepper, &e->state, e->stepper.output, err));
    HR_TRY(hr_stepper_keep_output(&e->stepper, &e->state, err));
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
    HR_TRY(hr_dataset_verify(e->comm, e->before.file, &e->before.data, err));
    HR_TRY(hr_train_graph_size(e->comm, data, valid, &size, err));
    HR_TRY(hr_fail_in(err, hr_train_config_from_json(kept, size, &e->config, err), hr_h5_path(e->trained)));
    HR_TRY(hr_checkpoint_fits(e->trained, &e->model, e->config.model.table->name, e->config.model.dim, err));
    if (hr_train_options_are_of_plain_ease(kept) && e->config.model.ridge == 0.0)
        hr_log(
            e->comm,
            "%s: was solved with a ridge by the graph's size; it now follows from the data, unless train is "
            "given --ridge",
            hr_h5_path(e->trained));
    snprintf(e->config.checkpoint.path, sizeof e->config.checkpoint.path, "%s", out);
done:
    return hr_agree(e->comm, status, NULL, err);
}

static void extension_free(extension *e)
{
    hr_saver_free(&e->saver);
    hr_checkpoint_extras_free(&e->extras);
    hr_mixer_free(&e->mixer);
    free(e->block);
    free(e->is_known);
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
    HR_TRY(hr_mixer_create(&e.mixer, comm, data, 1, &e.config.scoring, err));
    HR_TRY(hr_kept_extras_read(&e.extras, comm, data, &e.mixer, err));
    e.kept = e.extras;
    HR_TRY(hr_stepper_keep(&e.stepper, &e.kept, err));
    HR_TRY(hr_saver_create(&e.saver, &e.state, &e.graph, 1, false, err));
    e.saver.extras = &e.kept;
    HR_TRY(hr_saver_begin(&e.saver, &e.state, &e.config, e.after.data.fingerprint, out, err));
    HR_TRY(hr_saver_finish(&e.saver, err));
    hr_log(comm,
           "%s: %" PRId64 " users and %" PRId64 " movies, of which the model knew %" PRId64 " and %" PRId64,
           out, e.after.data.users, e.after.data.movies, e.before.data.users, e.before.data.movies);
done:
    extension_free(&e);
    return status;
}
