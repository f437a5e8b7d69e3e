#include "trainer/optimiser/optimiser.h"

#include "io/base/memory.h"
#include "io/comm/comm.h"
#include "trainer/kernels/adam.h"
#include "trainer/kernels/sgd.h"
#include "trainer/numerics/exact.h"

#include <math.h>

/* Values whose squares are summed together, whatever thread does it. */
enum { CHUNK = 65536 };

/* unit  of the sum (exact.h), or 0 */
static double sum_of_squares(const float *values, int64_t count, double unit, double *chunk_sum)
{
    const int64_t chunks = (count + CHUNK - 1) / CHUNK;
    double sum = 0.0;
#pragma omp parallel for schedule(static)
    for (int64_t chunk = 0; chunk < chunks; chunk++) {
        const int64_t end = (chunk + 1) * CHUNK < count ? (chunk + 1) * CHUNK : count;
        double its = 0.0;
        for (int64_t i = chunk * CHUNK; i < end; i++)
            its += hr_exact_round((double)values[i] * (double)values[i], unit);
        chunk_sum[chunk] = its;
    }
    for (int64_t chunk = 0; chunk < chunks; chunk++)
        sum += chunk_sum[chunk];
    return sum;
}

/* The unit of the sum of squares of all ranks' rows. */
static hr_status find_unit(const hr_graph_context *graph, const float *gradient, int64_t values, double *unit,
                           hr_error *err)
{
    double largest = 0.0;
    const double all = (double)(graph->shard.users + graph->shard.movies) * (double)graph->grid.dim;
    const hr_status status = hr_exact_largest(&graph->grid.parts, gradient, values, &largest, err);
    *unit = hr_exact_unit(all * largest * largest);
    return status;
}

/* What gradients are multiplied by so that the length of them all, over all ranks, is at most the limit
 * (Pascanu et al., ICML 2013). */
static hr_status find_clip(const hr_graph_context *graph, const hr_state *state, double limit,
                           const float *gradient, const float *dense, double *factor, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t values = state->rows * state->dim;
    const int64_t most = values > state->dense_count ? values : state->dense_count;
    double *chunk_sum = hr_alloc(most / CHUNK + 1, sizeof *chunk_sum);
    double unit = 0.0;
    *factor = 1.0;
    if (!chunk_sum)
        status = hr_no_room(err, most / CHUNK + 1, sizeof *chunk_sum, "the length of gradients");
    HR_TRY(hr_agree(&graph->grid.world, status, NULL, err));
    if (graph->exact)
        HR_TRY(find_unit(graph, gradient, values, &unit, err));
    double square = sum_of_squares(gradient, values, unit, chunk_sum);
    HR_TRY(hr_sum_f64(&graph->grid.world, &square, 1, err));
    square += sum_of_squares(dense, state->dense_count, 0.0, chunk_sum); /* alike on all ranks */
    if (square > limit * limit)
        *factor = limit / sqrt(square);
done:
    free(chunk_sum);
    return status;
}

/* Dense weights follow by Adam, at a step size of their own that goes as the rows' does. */
static void move_dense(const hr_optimiser_run *run, const hr_adam *adam, hr_state *state, const float *dense)
{
    const hr_train_options *o = run->options;
    const float unused = 0.0F;
    hr_adam own = *adam;
    own.rate *= o->dense_lr / o->lr;
    own.decay = own.ridge = 0.0;
    if (state->dense_count > run->fixed)
        hr_adam_step(&own, state->step, 1, state->dense_count - run->fixed, state->dense, state->dense_first,
                     state->dense_second, dense, &unused);
}

hr_status hr_optimiser_move(const hr_optimiser_run *run, const hr_graph_context *graph, hr_state *state,
                            const float *gradient, const float *dense, const float *uses, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_train_options *o = run->options;
    const double batch = (double)run->batch;
    hr_adam adam = {.rate = hr_train_rate(o, state->step, run->steps),
                    .decay = o->decay / batch,
                    .ridge = o->ridge / (double)graph->shard.edges_total,
                    .scale = 1.0,
                    .shrink = o->optimiser == HR_OPTIMISER_ADAMW ? o->weight_decay : 0.0};
    if (o->clip > 0.0)
        HR_TRY(find_clip(graph, state, o->clip, gradient, dense, &adam.scale, err));
    const hr_sgd sgd = {adam.rate * batch, adam.decay, adam.ridge, adam.scale};
    if (o->optimiser == HR_OPTIMISER_SGD)
        hr_sgd_step(&sgd, state->rows, state->dim, state->parameter, gradient, uses);
    else
        hr_adam_step(&adam, state->step, state->rows, state->dim, state->parameter, state->first,
                     state->second, gradient, uses);
    move_dense(run, &adam, state, dense);
done:
    return status;
}
