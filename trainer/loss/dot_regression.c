#include "trainer/loss/dot_regression.h"

#include "io/base/memory.h"
#include "trainer/kernels/sample_gradients.h"
#include "trainer/kernels/scores.h"

#include <math.h>

typedef struct regression {
    const hr_graph_context *graph;
    float *score; /* [batch], then derivatives of the loss by the score */
} regression;

static hr_status create(void **state, hr_graph_context *graph, const hr_loss_config *loss,
                        const hr_sampling_config *sampling, hr_error *err)
{
    (void)loss;
    hr_status status = HR_OK;
    regression *r = NULL;
    HR_ALLOC(r, 1);
    *state = r;
    r->graph = graph;
    HR_ALLOC(r->score, sampling->batch);
done:
    return status;
}

static void destroy(void *state)
{
    regression *r = state;
    if (r)
        free(r->score);
    free(r);
}

static int64_t negatives(const void *state)
{
    (void)state;
    return 0;
}

static hr_loss_bounds bounds(void *state, const float *weights, double output)
{
    (void)weights;
    const hr_graph_context *graph = ((const regression *)state)->graph;
    const double score = (double)graph->grid.columns * output * output;
    const double error = score + fabs(graph->lowest_rating) + fabs(graph->highest_rating);
    return (hr_loss_bounds){.loss = error * error, .gradient = 2.0 * error * output};
}

/* Replaces scores by derivatives; returns the loss. */
static double score_gradients(const regression *r, const hr_loss_batch *b)
{
    hr_scalar_sum loss = {.unit = b->unit};
    for (int64_t s = 0; s < b->count; s++) {
        const hr_positive *positive = &b->positives[s];
        const float error = r->score[s] - r->graph->shard.rated_value[positive->rated];
        hr_scalar_sum_add(&loss, b->scale * (double)error * (double)error);
        r->score[s] = 2.0F * (float)b->scale * error;
        b->uses[positive->user_row] += 1.0F;
        b->uses[positive->movie_row] += 1.0F;
    }
    return loss.value;
}

static hr_status step(void *state, const hr_loss_batch *b, double *loss, hr_error *err)
{
    hr_status status = HR_OK;
    regression *r = state;
    const hr_grid *grid = &r->graph->grid;
    const int64_t dim = grid->columns, share = hr_columns_a_thread(dim);
#pragma omp parallel for schedule(static)
    for (int64_t s = 0; s < b->count; s++)
        r->score[s] = hr_dot(b->output + b->positives[s].user_row * dim,
                             b->output + b->positives[s].movie_row * dim, dim);
    HR_TRY(hr_sum_f32(&grid->groups, r->score, b->count, err));
    *loss = score_gradients(r, b);
#pragma omp parallel for schedule(static)
    for (int64_t c = 0; c < dim; c += share)
        hr_positive_gradients_add(b->positives, b->count, r->score, b->output, dim, b->gradient, c,
                                  c + share < dim ? c + share : dim);
done:
    return status;
}

static hr_status finish(void *state, const hr_loss_batch *batch, hr_error *err)
{
    (void)state;
    (void)batch;
    (void)err;
    return HR_OK;
}

static int64_t bytes(const void *state)
{
    (void)state;
    return 0;
}

/* Every group receives the one score of each sample. */
static int64_t step_bytes(const hr_loss_config *loss, const hr_sampling_config *sampling, int64_t dim,
                          hr_grid_shape grid)
{
    (void)loss;
    (void)dim;
    return 2 * (grid.groups - 1) * sampling->batch * (int64_t)sizeof(float);
}

const hr_loss_ops hr_dot_regression_ops = {.create = create,
                                           .destroy = destroy,
                                           .negatives = negatives,
                                           .bounds = bounds,
                                           .step = step,
                                           .finish = finish,
                                           .bytes = bytes,
                                           .step_bytes = step_bytes};
