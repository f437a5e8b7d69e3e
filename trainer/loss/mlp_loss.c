#include "trainer/loss/mlp_loss.h"

#include "io/base/memory.h"
#include "trainer/loss/mlp_bounds.h"
#include "trainer/loss/ranking_loss.h"

#include <math.h>

static hr_status side_create(hr_mlp_side *side, const hr_mlp_shape *shape, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(side->row, HR_MLP_CHUNK * shape->columns);
    HR_ALLOC(side->half, HR_MLP_CHUNK * shape->width[0]);
    HR_ALLOC(side->half_gradient, HR_MLP_CHUNK * shape->width[0]);
    HR_ALLOC(side->row_gradient, HR_MLP_CHUNK * (shape->columns - shape->first));
done:
    return status;
}

static void side_free(hr_mlp_side *side)
{
    free(side->row);
    free(side->half);
    free(side->half_gradient);
    free(side->row_gradient);
}

/* The pool, and room for what its rows contribute to the first layer. */
static hr_status negatives_create(hr_mlp_loss *l, hr_graph_context *graph, const hr_sampling_config *sampling,
                                  hr_error *err)
{
    hr_status status = HR_OK;
    const hr_mlp_shape *shape = &l->mlp.shape;
    l->candidates = hr_candidates_of(sampling->seed, sampling->candidates);
    HR_TRY(hr_pool_create(&l->pool, graph, sampling, err));
    HR_ALLOC(l->pool_half, l->pool.size * shape->width[0]);
    HR_TRY(hr_row_sums_create(&l->pool_sums, l->pool.size * shape->width[0], shape->summation, err));
    HR_ALLOC(l->pool_gradient, l->pool.size * (shape->columns - shape->first));
done:
    return status;
}

static hr_status create(void **state, hr_graph_context *graph, const hr_loss_config *loss,
                        const hr_sampling_config *sampling, hr_error *err)
{
    hr_status status = HR_OK;
    hr_mlp_loss *l = NULL;
    HR_ALLOC(l, 1);
    *state = l;
    l->graph = graph;
    l->kind = loss->kind;
    l->ranks = loss->kind != HR_LOSS_MSE;
    l->batch = sampling->batch;
    const int64_t pairs = HR_MLP_CHUNK * (1 + (l->ranks ? sampling->candidates : 0));
    HR_TRY(hr_mlp_create(&l->mlp, &loss->mlp, pairs, sampling->seed, err));
    if (l->ranks)
        HR_TRY(negatives_create(l, graph, sampling, err));
    for (int side = 0; side < HR_MLP_SIDES; side++)
        HR_TRY(side_create(&l->side[side], &loss->mlp, err));
    HR_ALLOC(l->pair, pairs);
    HR_ALLOC(l->sample, pairs);
    HR_ALLOC(l->index, pairs);
    HR_ALLOC(l->gradient, pairs);
done:
    return status;
}

static void destroy(void *state)
{
    hr_mlp_loss *l = state;
    if (!l)
        return;
    hr_mlp_free(&l->mlp);
    hr_pool_free(&l->pool);
    for (int side = 0; side < HR_MLP_SIDES; side++)
        side_free(&l->side[side]);
    free(l->pair);
    free(l->sample);
    free(l->index);
    free(l->gradient);
    free(l->pool_half);
    hr_row_sums_free(&l->pool_sums);
    free(l->pool_gradient);
    free(l);
}

static int64_t negatives(const void *state)
{
    return ((const hr_mlp_loss *)state)->candidates.count;
}

/* The largest size of a score, after it is bounded to ratings. */
static double largest_score(const hr_mlp_loss *l, const float *weights, double output)
{
    const hr_graph_context *graph = l->graph;
    return l->mlp.shape.bounded ? fmax(fabs(graph->lowest_rating), fabs(graph->highest_rating))
                                : hr_mlp_largest_score(&l->mlp.shape, weights, output);
}

static hr_loss_bounds bounds(void *state, const float *weights, double output)
{
    hr_mlp_loss *l = state;
    const hr_graph_context *graph = l->graph;
    const double scores = 1.0 + (double)negatives(l), batch = (double)l->batch;
    const double score = largest_score(l, weights, output);
    const double error = score + fabs(graph->lowest_rating) + fabs(graph->highest_rating);
    const double range = graph->highest_rating - graph->lowest_rating;
    const double sigmoid = l->mlp.shape.bounded ? 0.25 * range : 1.0; /* its largest derivative */
    const double derivative = l->ranks ? 1.0 : 2.0 * error;
    l->bounds =
        hr_mlp_bounds_of(&l->mlp.shape, weights, output, derivative * sigmoid / batch, batch * scores);
    return (hr_loss_bounds){.loss = l->ranks ? hr_ranking_largest_loss(negatives(l), score) : error * error,
                            .gradient = l->bounds.row};
}

static hr_status begin_pool(hr_mlp_loss *l, const hr_loss_batch *b, hr_error *err)
{
    hr_status status = HR_OK;
    l->pool.sums.unit = b->gradient->unit;
    HR_TRY(hr_pool_draw(&l->pool, b->step, b->positives, b->count, err));
    HR_TRY(hr_pool_gather(&l->pool, b->output, err));
    hr_mlp_halves(&l->mlp.shape, b->weights, true, l->pool.size, l->pool.row, l->pool_half);
    hr_row_sums_bound(&l->pool_sums, l->bounds.half_gradient);
    hr_row_sums_clear(&l->pool_sums, l->pool.size * l->mlp.shape.width[0]);
done:
    return status;
}

/* Backward from the gradients of the pool's halves to the weights and to the pool's rows. */
static hr_status end_pool(hr_mlp_loss *l, const hr_loss_batch *b, const hr_mlp_gradient *weights,
                          hr_error *err)
{
    hr_status status = HR_OK;
    const hr_mlp_shape *shape = &l->mlp.shape;
    const int64_t columns = shape->columns, read = shape->first, width = shape->width[0];
    const int64_t rest = columns - read;
    int64_t first, end;
    HR_TRY(hr_row_sums_divide(&l->pool_sums, &l->graph->grid.parts, l->pool.size, width, &first, &end, err));
    hr_mlp_halves_back(&l->mlp, b->weights, true, end - first, l->pool.row + first * columns,
                       l->pool_sums.floats + first * width, weights, l->pool_gradient);
#pragma omp parallel for schedule(static)
    for (int64_t i = first; i < end; i++)
        hr_row_sums_add_row(&l->pool.sums, i * (columns + 1) + read, 1.0F,
                            l->pool_gradient + (i - first) * rest, 0, rest);
done:
    return status;
}

static hr_status step(void *state, const hr_loss_batch *batch, double *loss, hr_error *err)
{
    hr_status status = HR_OK;
    hr_mlp_loss *l = state;
    const hr_mlp_gradient weights = {batch->weight_gradient, l->bounds, l->mlp.shape.summation};
    *loss = 0.0;
    if (l->ranks)
        HR_TRY(begin_pool(l, batch, err));
    for (int64_t first = 0; first < batch->count; first += HR_MLP_CHUNK) {
        const int64_t left = batch->count - first, count = left < HR_MLP_CHUNK ? left : HR_MLP_CHUNK;
        *loss += hr_mlp_loss_chunk(l, batch, &weights, batch->positives + first, count);
    }
    if (l->ranks)
        HR_TRY(end_pool(l, batch, &weights, err));
done:
    return status;
}

static hr_status finish(void *state, const hr_loss_batch *batch, hr_error *err)
{
    hr_mlp_loss *l = state;
    return l->ranks ? hr_pool_return(&l->pool, batch->gradient, batch->uses, err) : HR_OK;
}

static int64_t bytes(const void *state)
{
    return ((const hr_mlp_loss *)state)->pool.bytes;
}

/* Whole rows are scored: nothing is sent between column groups. */
static int64_t step_bytes(const hr_loss_config *loss, const hr_sampling_config *sampling, int64_t dim,
                          hr_grid_shape grid)
{
    return loss->kind == HR_LOSS_MSE ? 0 : hr_pool_step_bytes(sampling, dim, grid);
}

const hr_loss_ops hr_mlp_loss_ops = {.create = create,
                                     .destroy = destroy,
                                     .negatives = negatives,
                                     .bounds = bounds,
                                     .step = step,
                                     .finish = finish,
                                     .bytes = bytes,
                                     .step_bytes = step_bytes};
