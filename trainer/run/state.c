#include "trainer/run/state.h"

#include "io/base/json.h"
#include "io/base/memory.h"
#include "io/base/philox.h"
#include "trainer/models/model.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* Two normal numbers from two uniform ones (Box & Muller 1958). */
static void normal_pair(double deviation, uint32_t a, uint32_t b, float *x, float *y)
{
    const double radius = deviation * sqrt(-2.0 * log(hr_uniform(a))),
                 angle = 2.0 * acos(-1.0) * hr_uniform(b);
    *x = (float)(radius * cos(angle));
    *y = (float)(radius * sin(angle));
}

/* Columns first_column … first_column + columns - 1 of a vertex's row; they are drawn in fours. */
static void draw_row(const hr_model_config *config, float *row, int64_t first_column, int64_t columns,
                     int64_t vertex)
{
    const int64_t end = first_column + columns;
    for (int64_t c = first_column - first_column % 4; c < end; c += 4) {
        const hr_random4 r = hr_philox(config->seed, HR_STREAM_INIT, (uint32_t)(c / 4), (uint64_t)vertex);
        float drawn[4];
        normal_pair(config->deviation, r.word[0], r.word[1], &drawn[0], &drawn[1]);
        normal_pair(config->deviation, r.word[2], r.word[3], &drawn[2], &drawn[3]);
        for (int64_t i = 0; i < 4; i++)
            if (c + i >= first_column && c + i < end)
                row[c + i - first_column] = drawn[i];
    }
}

hr_status hr_state_create(hr_state *state, const hr_graph_context *graph, const hr_model_config *config,
                          bool with_moments, hr_dense_counts dense, hr_error *err)
{
    const hr_shard *shard = &graph->shard;
    const int64_t dim = graph->grid.columns;
    hr_status status = HR_OK;
    state->rows = shard->owned;
    state->dim = dim;
    HR_ALLOC_SHARED(state->parameter, shard->owned * dim);
    HR_ALLOC_SHARED(state->output, shard->owned * dim);
    state->dense_count = dense.model + dense.mlp;
    state->mlp_count = dense.mlp;
    HR_ALLOC(state->dense, state->dense_count);
    HR_ALLOC(state->dense_first, state->dense_count);
    HR_ALLOC(state->dense_second, state->dense_count);
    HR_ALLOC(state->output_mlp, state->mlp_count);
    if (with_moments) {
        HR_ALLOC_SHARED(state->first, shard->owned * dim);
        HR_ALLOC_SHARED(state->second, shard->owned * dim);
    }
#pragma omp parallel for schedule(static)
    for (int64_t row = 0; row < shard->owned; row++)
        draw_row(config, state->parameter + row * dim, graph->grid.first_column, dim, shard->vertex[row]);
    assert(hr_state_is_valid(state, graph));
done:
    return status;
}

void hr_state_free(hr_state *state)
{
    free(state->parameter);
    free(state->first);
    free(state->second);
    free(state->output);
    free(state->dense);
    free(state->dense_first);
    free(state->dense_second);
    free(state->output_mlp);
    *state = (hr_state){0};
}

bool hr_state_is_valid(const hr_state *state, const hr_graph_context *graph)
{
    return state->rows == graph->shard.owned && state->dim == graph->grid.columns && state->parameter &&
           state->output && !state->first == !state->second && state->mlp_count >= 0 &&
           state->dense_count >= state->mlp_count && state->dense && state->dense_first &&
           state->dense_second && state->output_mlp && state->step >= 0 && state->position >= 0 &&
           state->best_epoch >= 0 && state->stale >= 0;
}

float *hr_state_mlp(const hr_state *state)
{
    return state->dense + state->dense_count - state->mlp_count;
}

void hr_state_keep_output(hr_state *state, const float *output)
{
    memcpy(state->output, output, (size_t)(state->rows * state->dim) * sizeof *output);
    memcpy(state->output_mlp, hr_state_mlp(state), (size_t)state->mlp_count * sizeof *output);
}

enum { DENSE_ARRAYS = 4 };

/* Fills in what a checkpoint keeps of dense weights; returns how many arrays. */
static int list_dense(const hr_state *state, hr_checkpoint_dense dense[DENSE_ARRAYS])
{
    dense[0] = (hr_checkpoint_dense){"weight", state->dense_count, state->dense};
    dense[1] = (hr_checkpoint_dense){"adam_first", state->dense_count, state->dense_first};
    dense[2] = (hr_checkpoint_dense){"adam_second", state->dense_count, state->dense_second};
    dense[3] = (hr_checkpoint_dense){"output", state->mlp_count, state->output_mlp};
    if (state->dense_count == 0)
        return 0;
    return state->mlp_count > 0 ? DENSE_ARRAYS : DENSE_ARRAYS - 1;
}

static const char *const array_names[HR_STATE_ARRAYS] = {"parameter", "output", "adam_first", "adam_second"};

int hr_state_arrays(const hr_state *state, float *array[HR_STATE_ARRAYS])
{
    array[0] = state->parameter;
    array[1] = state->output;
    array[2] = state->first;
    array[3] = state->second;
    return state->first ? HR_STATE_ARRAYS : 2;
}

static json_t *run_to_json(const hr_state *state, const hr_train_config *config)
{
    return json_pack("{s:o, s:f, s:b, s:f, s:I, s:I, s:I, s:I}", "options", hr_train_config_to_json(config),
                     "epoch_loss", state->epoch_loss, "has_best", state->has_best, "best", state->best,
                     "best_epoch", (json_int_t)state->best_epoch, "stale", (json_int_t)state->stale,
                     "position", (json_int_t)state->position, "batch", (json_int_t)config->sampling.batch);
}

hr_status hr_state_check_room(const hr_state *state, const hr_graph_context *graph, const char *path,
                              hr_error *err)
{
    const hr_checkpoint_summary summary = {
        .users = graph->shard.users, .movies = graph->shard.movies, .dim = graph->grid.dim};
    float *array[HR_STATE_ARRAYS];
    return hr_checkpoint_check_room(&graph->grid.world, path, &summary, hr_state_arrays(state, array), err);
}

hr_status hr_state_draft(hr_draft **draft, const hr_state *state, const hr_graph_context *graph,
                         const hr_train_config *config, const char *fingerprint, const char *path,
                         hr_error *err)
{
    assert(hr_state_is_valid(state, graph));
    float *array[HR_STATE_ARRAYS];
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
    for (int i = 0; i < count; i++)
        rows[i].name = array_names[i];
    json_t *run = graph->grid.world.rank == 0 ? run_to_json(state, config) : NULL;
    hr_status status = HR_OK;
    const hr_draft_content content = {&summary, run, rows, count, dense, dense_count};
    HR_TRY(hr_draft_create(draft, &graph->grid.world, path, &content, err));
    for (int i = 0; i < dense_count && status == HR_OK; i++)
        status = hr_draft_write_dense(*draft, i, dense[i].values, err);
    HR_TRY(hr_agree(&graph->grid.world, status, NULL, err));
done:
    json_decref(run);
    return status;
}

static int64_t epoch_steps(int64_t edges, int64_t batch)
{
    return edges / batch + (edges % batch != 0);
}

void hr_state_rebatch(hr_state *state, int64_t edges, int64_t before, int64_t batch)
{
    const int64_t old_steps = epoch_steps(edges, before), in_epoch = state->position % old_steps;
    const int64_t kept = in_epoch * before / batch; /* whole steps of the begun epoch's samples */
    if (before == batch)
        return;
    state->position = state->position / old_steps * epoch_steps(edges, batch) + kept;
    state->epoch_loss *= in_epoch > 0 ? (double)kept / (double)in_epoch : 0.0;
}

/* How far the run is; *batch receives the samples of its steps, as it was where older files do not say. */
static hr_status run_from_json(hr_state *state, json_t *run, const char *path, int64_t *batch, hr_error *err)
{
    json_int_t best_epoch = 0, stale = 0, position = state->position, samples = *batch;
    int has_best = 0;
    const int unread =
        json_unpack(run, "{s:F, s:b, s:F, s:I, s:I, s?I, s?I}", "epoch_loss", &state->epoch_loss, "has_best",
                    &has_best, "best", &state->best, "best_epoch", &best_epoch, "stale", &stale, "position",
                    &position, "batch", &samples);
    const hr_status status = hr_json_check("how far the run is", err);
    if (status != HR_OK)
        return status;
    if (unread)
        return hr_fail(err, HR_INPUT, "%s: does not say how far the run is; the file is damaged", path);
    state->has_best = has_best;
    state->best_epoch = best_epoch;
    state->stale = stale;
    state->position = position;
    *batch = samples;
    return HR_OK;
}

/* Whether numbers of steps, epochs and samples are some that a run can have, and that can be multiplied. */
static bool progress_is_possible(const hr_state *state, int64_t batch, int64_t edges)
{
    return state->position >= 0 && state->position <= INT64_MAX / edges && batch >= 1 &&
           batch <= INT64_MAX / edges && state->best_epoch >= 0 && state->best_epoch <= HR_MOST_STEPS &&
           state->stale >= 0 && state->stale <= HR_MOST_STEPS;
}

/* Everything but rows, which each rank reads by itself. */
static hr_status load_rest(hr_state *state, hr_h5 **file, hr_checkpoint_summary *summary,
                           const hr_graph_context *graph, const hr_train_config *config,
                           const char *fingerprint, const char *path, hr_error *err)
{
    int64_t batch = config->sampling.batch;
    json_t *run = NULL;
    hr_checkpoint_dense dense[DENSE_ARRAYS];
    const int dense_count = list_dense(state, dense);
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
    for (int i = 0; i < dense_count; i++)
        HR_TRY(hr_checkpoint_read_dense(*file, &dense[i], err));
done:
    json_decref(run);
    return status;
}

hr_status hr_state_load(hr_state *state, hr_graph_context *graph, const hr_train_config *config,
                        const char *fingerprint, const char *path, hr_error *err)
{
    const hr_comm *world = &graph->grid.world;
    const hr_row_block block = hr_row_block_of(world, graph->shard.users, graph->shard.movies);
    float *array[HR_STATE_ARRAYS];
    const int count = hr_state_arrays(state, array);
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
    for (int i = 0; i < count; i++) {
        rows.name = array_names[i];
        status = hr_checkpoint_read(file, &summary, &rows, &block, err);
        HR_TRY(hr_agree(world, status, NULL, err));
        HR_TRY(hr_blocks_distribute(graph->blocks, rows.block, array[i], err));
    }
    assert(hr_state_is_valid(state, graph));
done:
    free(rows.block);
    hr_h5_close(file);
    return status;
}
