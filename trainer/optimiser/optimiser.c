#include "trainer/optimiser/optimiser.h"

#include "io/base/memory.h"
#include "io/comm/comm.h"
#include "trainer/kernels/gradient_steps.h"
#include "trainer/numerics/summation.h"

#include <math.h>

/* Values of one partial sum of squares: sums do not depend on the number of threads. */
enum { CHUNK = 65536 };

/* The sum of squares of `count` values, by a unit (numerics/summation.h). */
static double sum_of_squares(const float *values, int64_t count, double unit, double *chunk_sum)
{
    const int64_t chunks = (count + CHUNK - 1) / CHUNK;
    double sum = 0.0;
#pragma omp parallel for schedule(static)
    for (int64_t chunk = 0; chunk < chunks; chunk++) {
        const int64_t end = (chunk + 1) * CHUNK < count ? (chunk + 1) * CHUNK : count;
        hr_scalar_sum squares = {.unit = unit};
        for (int64_t i = chunk * CHUNK; i < end; i++)
            hr_scalar_sum_add(&squares, (double)values[i] * (double)values[i]);
        chunk_sum[chunk] = squares.value;
    }
    for (int64_t chunk = 0; chunk < chunks; chunk++)
        sum += chunk_sum[chunk];
    return sum;
}

/* The unit of the sum of squares of all ranks' gradients. */
static hr_status find_unit(const hr_graph_context *graph, const float *gradient, int64_t values, double *unit,
                           hr_error *err)
{
    double largest = 0.0;
    const double all = (double)(graph->shard.users + graph->shard.movies) * (double)graph->grid.dim;
    const hr_status status = hr_graph_largest_entry(graph, gradient, values, &largest, err);
    *unit = hr_sum_unit(graph->summation, all * largest * largest);
    return status;
}

/* The factor of gradients that bounds the norm of them all, over all ranks, by config->clip (Pascanu et al.,
 * ICML 2013). */
static hr_status find_clip(const hr_optimiser_config *config, const hr_graph_context *graph,
                           const hr_optimiser_arrays *a, double *factor, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t values = a->rows * a->dim, most = values > a->dense_count ? values : a->dense_count;
    double *chunk_sum = hr_alloc(most / CHUNK + 1, sizeof *chunk_sum);
    double unit = 0.0;
    *factor = 1.0;
    if (!chunk_sum)
        status = hr_fail_memory(err, most / CHUNK + 1, sizeof *chunk_sum, "the norm of gradients");
    HR_TRY(hr_agree(&graph->grid.world, status, NULL, err));
    HR_TRY(find_unit(graph, a->gradient, values, &unit, err));
    double square = sum_of_squares(a->gradient, values, unit, chunk_sum);
    HR_TRY(hr_sum_f64(&graph->grid.world, &square, 1, err));
    square += sum_of_squares(a->dense_gradient, a->dense_count, 0.0, chunk_sum);
    if (square > config->clip * config->clip)
        *factor = config->clip / sqrt(square);
done:
    free(chunk_sum);
    return status;
}

/* Dense weights follow by Adam without L2, at dense_rate, with the warmup and schedule of the rows' rate. */
static void move_dense(const hr_optimiser_config *config, const hr_adam *rows, int64_t step,
                       const hr_optimiser_arrays *a)
{
    const float unused = 0.0F;
    hr_adam adam = *rows;
    adam.rate *= config->dense_rate / config->rate;
    adam.decay = adam.ridge = 0.0;
    if (a->dense_count > 0)
        hr_adam_step(&adam, step, 1, a->dense_count, a->dense, a->dense_first, a->dense_second,
                     a->dense_gradient, &unused);
}

hr_status hr_optimiser_move(const hr_optimiser_config *config, const hr_graph_context *graph, double rate,
                            int64_t step, int64_t batch, const hr_optimiser_arrays *arrays, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_optimiser_arrays *a = arrays;
    hr_adam adam = {.rate = rate,
                    .decay = config->decay / (double)batch,
                    .ridge = config->ridge / (double)graph->shard.edges_total,
                    .scale = 1.0,
                    .shrink = config->kind == HR_OPTIMISER_ADAMW ? config->weight_decay : 0.0};
    if (config->clip > 0.0)
        HR_TRY(find_clip(config, graph, a, &adam.scale, err));
    const hr_sgd sgd = {adam.rate * (double)batch, adam.decay, adam.ridge, adam.scale};
    if (config->kind == HR_OPTIMISER_SGD)
        hr_sgd_step(&sgd, a->rows, a->dim, a->parameter, a->gradient, a->uses);
    else
        hr_adam_step(&adam, step, a->rows, a->dim, a->parameter, a->first, a->second, a->gradient, a->uses);
    move_dense(config, &adam, step, a);
done:
    return status;
}
