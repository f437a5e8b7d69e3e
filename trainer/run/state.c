#include "trainer/run/state.h"

#include "io/base/memory.h"
#include "io/base/philox.h"
#include "trainer/fold_in/input_arrays.h"

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
    HR_ALLOC(state->source_dense, state->dense_count);
    state->newcomer_count = hr_input_arrays_of(config, shard->movies).count;
    HR_ALLOC(state->newcomer, state->newcomer_count);
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

hr_status hr_state_add_source(hr_state *state, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC_SHARED(state->source, state->rows * state->dim);
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
    free(state->source);
    free(state->source_dense);
    free(state->newcomer);
    *state = (hr_state){0};
}

bool hr_state_is_valid(const hr_state *state, const hr_graph_context *graph)
{
    return state->rows == graph->shard.owned && state->dim == graph->grid.columns && state->parameter &&
           state->output && !state->first == !state->second && state->mlp_count >= 0 &&
           state->dense_count >= state->mlp_count && state->dense && state->dense_first &&
           state->dense_second && state->source_dense && state->output_step >= 0 && state->step >= 0 &&
           state->position >= 0 && state->best_epoch >= 0 && state->stale >= 0;
}

float *hr_state_mlp(const hr_state *state)
{
    return state->dense + state->dense_count - state->mlp_count;
}

void hr_state_keep_output(hr_state *state, const float *output)
{
    const size_t bytes = (size_t)(state->rows * state->dim) * sizeof *output;
    memcpy(state->output, output, bytes);
    if (state->source)
        memcpy(state->source, state->parameter, bytes);
    memcpy(state->source_dense, state->dense, (size_t)state->dense_count * sizeof *output);
    state->output_step = state->step;
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
