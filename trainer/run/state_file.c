/* The state as a checkpoint keeps it: what is written, and how it is read again. */
#include "io/base/json.h"
#include "io/base/memory.h"
#include "trainer/loss/mlp_offsets.h"
#include "trainer/models/model.h"
#include "trainer/run/state.h"

#include <assert.h>
#include <string.h>

/* Which rows output was made of, by their name in the file. */
static const char *source_name(const hr_state *state)
{
    if (state->output_step == state->step)
        return HR_SOURCE_LAST;
    return state->source ? HR_SOURCE_BEST : HR_SOURCE_OUTPUT;
}

int hr_state_arrays(const hr_state *state, hr_state_array array[HR_STATE_ARRAYS])
{
    int count = 0;
    array[count++] = (hr_state_array){HR_SOURCE_LAST, state->parameter};
    array[count++] = (hr_state_array){HR_SOURCE_OUTPUT, state->output};
    if (state->first) {
        array[count++] = (hr_state_array){"adam_first", state->first};
        array[count++] = (hr_state_array){"adam_second", state->second};
    }
    if (strcmp(source_name(state), HR_SOURCE_BEST) == 0)
        array[count++] = (hr_state_array){HR_SOURCE_BEST, state->source};
    return count;
}

int hr_state_most_arrays(const hr_state *state)
{
    return 2 + (state->first ? 2 : 0) + (state->source ? 1 : 0);
}

enum { DENSE_ARRAYS = 6, TRAINED_DENSE = 3 };

/* What newcomers' rows are computed of. */
static hr_checkpoint_dense newcomer_array(const hr_state *state)
{
    return (hr_checkpoint_dense){"fold_in", state->newcomer_count, state->newcomer};
}

/* Fills in what a checkpoint keeps of dense weights, those that training goes on from first; returns how many
 * arrays. */
static int list_weights(const hr_state *state, hr_checkpoint_dense dense[DENSE_ARRAYS])
{
    const int64_t count = state->dense_count, mlp = state->mlp_count;
    int arrays = 0;
    if (count == 0)
        return 0;
    dense[arrays++] = (hr_checkpoint_dense){"weight", count, state->dense};
    dense[arrays++] = (hr_checkpoint_dense){"adam_first", count, state->dense_first};
    dense[arrays++] = (hr_checkpoint_dense){"adam_second", count, state->dense_second};
    if (mlp > 0)
        dense[arrays++] = (hr_checkpoint_dense){HR_SOURCE_OUTPUT, mlp, state->source_dense + count - mlp};
    if (strcmp(source_name(state), HR_SOURCE_BEST) == 0)
        dense[arrays++] = (hr_checkpoint_dense){HR_SOURCE_BEST, count, state->source_dense};
    return arrays;
}

/* Those, and what is kept for newcomers. */
static int list_dense(const hr_state *state, hr_checkpoint_dense dense[DENSE_ARRAYS])
{
    int arrays = list_weights(state, dense);
    if (state->newcomer_count > 0)
        dense[arrays++] = newcomer_array(state);
    return arrays;
}

static json_t *run_to_json(const hr_state *state, const hr_train_config *config)
{
    return json_pack("{s:o, s:f, s:b, s:f, s:I, s:I, s:I, s:I, s:I}", "options",
                     hr_train_config_to_json(config), "epoch_loss", state->epoch_loss, "has_best",
                     state->has_best, "best", state->best, "best_epoch", (json_int_t)state->best_epoch,
                     "stale", (json_int_t)state->stale, "position", (json_int_t)state->position, "batch",
                     (json_int_t)config->sampling.batch, "output_step", (json_int_t)state->output_step);
}

hr_status hr_state_check_room(const hr_state *state, const hr_graph_context *graph, int64_t model_bytes,
                              const char *path, hr_error *err)
{
    const hr_checkpoint_summary summary = {
        .users = graph->shard.users, .movies = graph->shard.movies, .dim = graph->grid.dim};
    return hr_checkpoint_check_room(&graph->grid.world, path, &summary, hr_state_most_arrays(state),
                                    model_bytes, err);
}

/* Lists what stands beside the state, then each matrix of the dense weights that output was made of, which rank 0 writes;
 * returns how many. `array` is of HR_MOST_EXTRAS + HR_MOST_DENSE_PARTS. */
static int list_extra(const hr_state *state, const hr_graph_context *graph, const hr_train_config *config,
                      const hr_checkpoint_extras *extras, hr_checkpoint_array *array)
{
    hr_dense_parts parts = {0};
    int count = 0;
    const float *next = state->source_dense;
    if (config->model.table->dense_parts)
        config->model.table->dense_parts(&config->model, state->dense_count - state->mlp_count, &parts);
    hr_mlp_parts(&config->loss.mlp, &parts);
    for (; extras && count < extras->count; count++)
        array[count] = extras->array[count];
    for (int i = 0; i < parts.count; i++) {
        const hr_dense_part *part = &parts.part[i];
        hr_checkpoint_array *a = &array[count++];
        *a = (hr_checkpoint_array){.type = HR_H5_F32, .rows = part->rows, .cols = part->cols, .data = next};
        a->count = graph->grid.world.rank == 0 ? part->rows : 0;
        snprintf(a->name, sizeof a->name, "weight/%s", part->name);
        next += part->rows * part->cols;
    }
    assert(next == state->source_dense + state->dense_count);
    return count;
}

/* Writes what does not change while rows are written. Local. */
static hr_status write_small(hr_draft *draft, const hr_draft_content *content, hr_error *err)
{
    hr_status status = HR_OK;
    for (int i = 0; i < content->dense_count && status == HR_OK; i++)
        status = hr_draft_write_dense(draft, i, content->dense[i].values, err);
    for (int i = 0; i < content->extra_count && status == HR_OK; i++)
        status = hr_draft_write_extra(draft, i, &content->extra[i], err);
    return status;
}

hr_status hr_state_draft(hr_draft **draft, const hr_state *state, const hr_graph_context *graph,
                         const hr_train_config *config, const char *fingerprint,
                         const hr_checkpoint_extras *extras, const char *path, hr_error *err)
{
    assert(hr_state_is_valid(state, graph));
    hr_state_array array[HR_STATE_ARRAYS];
    hr_checkpoint_rows rows[HR_STATE_ARRAYS];
    hr_checkpoint_dense dense[DENSE_ARRAYS];
    const int count = hr_state_arrays(state, array), dense_count = list_dense(state, dense);
    hr_checkpoint_summary summary = {.users = graph->shard.users,
                                     .movies = graph->shard.movies,
                                     .dim = graph->grid.dim,
                                     .step = state->step};
    snprintf(summary.fingerprint, sizeof summary.fingerprint, "%s", fingerprint);
    snprintf(summary.model, sizeof summary.model, "%.*s", HR_MODEL_NAME_LENGTH - 1,
             config->model.table->name);
    snprintf(summary.source, sizeof summary.source, "%s", source_name(state));
    for (int i = 0; i < count; i++)
        rows[i].name = array[i].name;
    json_t *run = graph->grid.world.rank == 0 ? run_to_json(state, config) : NULL;
    hr_checkpoint_array *extra = NULL;
    hr_draft_content content = {.summary = &summary, run, rows, count, dense, dense_count};
    hr_status status = HR_OK;
    HR_TRY(hr_json_check("the run's options", err));
    HR_ALLOC(extra, HR_MOST_EXTRAS + HR_MOST_DENSE_PARTS);
    content.extra = extra;
    content.extra_count = list_extra(state, graph, config, extras, extra);
done:
    status = hr_agree(&graph->grid.world, status, NULL, err);
    if (status == HR_OK)
        status = hr_draft_create(draft, &graph->grid.world, path, &content, err);
    if (status == HR_OK)
        status = hr_agree(&graph->grid.world, write_small(*draft, &content, err), NULL, err);
    json_decref(run);
    free(extra);
    return status;
}

/* How far the run is; *batch receives the samples of its steps. */
static hr_status run_from_json(hr_state *state, json_t *run, const char *path, int64_t *batch, hr_error *err)
{
    json_int_t best_epoch = 0, stale = 0, position = state->position, samples = *batch, output_step = 0;
    int has_best = 0;
    const int unread =
        json_unpack(run, "{s:F, s:b, s:F, s:I, s:I, s:I, s:I, s:I}", "epoch_loss", &state->epoch_loss,
                    "has_best", &has_best, "best", &state->best, "best_epoch", &best_epoch, "stale", &stale,
                    "position", &position, "batch", &samples, "output_step", &output_step);
    const hr_status status = hr_json_check("how far the run is", err);
    if (status != HR_OK)
        return status;
    if (unread)
        return hr_fail(err, HR_INPUT, "%s: does not say how far the run is; the file is damaged", path);
    state->has_best = has_best;
    state->best_epoch = best_epoch;
    state->stale = stale;
    state->position = position;
    state->output_step = output_step;
    *batch = samples;
    return HR_OK;
}

/* Whether numbers of steps, epochs and samples are some that a run can have, and that can be multiplied. */
static bool progress_is_possible(const hr_state *state, int64_t batch, int64_t edges)
{
    return state->position >= 0 && state->position <= INT64_MAX / edges && batch >= 1 &&
           batch <= INT64_MAX / edges && state->best_epoch >= 0 && state->best_epoch <= HR_MOST_STEPS &&
           state->output_step >= 0 && state->output_step <= state->step && state->stale >= 0 &&
           state->stale <= HR_MOST_STEPS;
}

/* The dense weights that training goes on from, and those that belong to output. */
static hr_status load_dense(hr_state *state, hr_h5 *file, const hr_checkpoint_summary *summary, hr_error *err)
{
    hr_checkpoint_dense dense[DENSE_ARRAYS];
    hr_status status = HR_OK;
    hr_checkpoint_dense newcomers = newcomer_array(state);
    if (newcomers.count > 0)
        HR_TRY(hr_checkpoint_read_dense(file, &newcomers, err));
    if (list_weights(state, dense) == 0)
        return HR_OK;
    for (int i = 0; i < TRAINED_DENSE; i++)
        HR_TRY(hr_checkpoint_read_dense(file, &dense[i], err));
    HR_TRY(hr_checkpoint_read_weights(file, summary, state->dense_count, state->source_dense, err));
done:
    return status;
}

/* Everything but rows, which each rank reads by itself. */
static hr_status load_rest(hr_state *state, hr_h5 **file, hr_checkpoint_summary *summary,
                           const hr_graph_context *graph, const hr_train_config *config,
                           const char *fingerprint, const char *path, hr_error *err)
{
    int64_t batch = config->sampling.batch;
    json_t *run = NULL;
    hr_status status = HR_OK;
    HR_TRY(hr_checkpoint_open(file, summary, &run, path, err));
    HR_TRY(hr_checkpoint_match(*file, summary, fingerprint, graph->shard.users, graph->shard.movies, err));
    HR_TRY(hr_checkpoint_fits(*file, summary, config->model.table->name, graph->grid.dim, err));
    state->step = state->position = summary->step;
    HR_TRY(run_from_json(state, run, path, &batch, err));
    if (!progress_is_possible(state, batch, graph->shard.edges_total))
        HR_TRY(hr_fail(err, HR_INPUT, "%s: a number of steps or epochs is not possible; the file is damaged",
                       path));
    if (!config->model.table->solve)
        hr_state_rebatch(state, graph->shard.edges_total, batch, config->sampling.batch);
    HR_TRY(load_dense(state, *file, summary, err));
done:
    json_decref(run);
    return status;
}

/* What rows a state is made of again; returns how many arrays. Without its own, the source is that of `parameter`. */
static int list_loaded(const hr_state *state, const hr_checkpoint_summary *summary,
                       hr_state_array array[HR_STATE_ARRAYS])
{
    const bool is_best = strcmp(summary->source, HR_SOURCE_BEST) == 0;
    hr_state_array all[HR_STATE_ARRAYS] = {{HR_SOURCE_LAST, state->parameter},
                                           {HR_SOURCE_OUTPUT, state->output},
                                           {"adam_first", state->first},
                                           {"adam_second", state->second},
                                           {is_best ? HR_SOURCE_BEST : HR_SOURCE_LAST, state->source}};
    int count = 0;
    for (int i = 0; i < HR_STATE_ARRAYS; i++)
        if (all[i].rows)
            array[count++] = all[i];
    return count;
}

hr_status hr_state_load(hr_state *state, hr_graph_context *graph, const hr_train_config *config,
                        const char *fingerprint, const char *path, hr_error *err)
{
    const hr_comm *world = &graph->grid.world;
    const hr_row_block block = hr_row_block_of(world, graph->shard.users, graph->shard.movies);
    hr_state_array array[HR_STATE_ARRAYS];
    hr_h5 *file = NULL;
    hr_checkpoint_summary summary;
    hr_checkpoint_rows rows = {0};
    hr_status status = load_rest(state, &file, &summary, graph, config, fingerprint, path, err);
    if (status == HR_OK) {
        rows.block = hr_alloc(hr_blocks_rows(graph->blocks) * graph->grid.dim, sizeof *rows.block);
        if (!rows.block)
            status = hr_fail_memory(err, hr_blocks_rows(graph->blocks), sizeof *rows.block, "rows");
    }
    HR_TRY(hr_agree(world, status, NULL, err));
    const int count = list_loaded(state, &summary, array);
    for (int i = 0; i < count; i++) {
        rows.name = array[i].name;
        status = hr_checkpoint_read(file, &summary, &rows, &block, err);
        HR_TRY(hr_agree(world, status, NULL, err));
        HR_TRY(hr_blocks_distribute(graph->blocks, rows.block, array[i].rows, err));
    }
    assert(hr_state_is_valid(state, graph));
done:
    free(rows.block);
    hr_h5_close(file);
    return status;
}
