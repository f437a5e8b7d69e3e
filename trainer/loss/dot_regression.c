#include "trainer/loss/dot_regression.h"

#include "io/base/memory.h"
#include "trainer/kernels/sample_gradients.h"
#include "trainer/kernels/simd.h"

hr_status hr_regression_create(hr_regression *regression, const hr_graph_context *graph, int64_t batch,
                               hr_error *err)
{
    hr_status status = HR_OK;
    regression->graph = graph;
    HR_ALLOC(regression->score, batch);
done:
    return status;
}

void hr_regression_free(hr_regression *regression)
{
    free(regression->score);
    *regression = (hr_regression){0};
}

/* Turns scores into derivatives; returns the loss. */
static double judge(const hr_regression *regression, const hr_positive *positives, int64_t count,
                    double scale, float *uses, double unit)
{
    double loss = 0.0;
    for (int64_t s = 0; s < count; s++) {
        const float error = regression->score[s] - regression->graph->shard.rated_value[positives[s].rated];
        loss += hr_exact_round(scale * (double)error * (double)error, unit);
        regression->score[s] = 2.0F * (float)scale * error;
        uses[positives[s].user_row] += 1.0F;
        uses[positives[s].movie_row] += 1.0F;
    }
    return loss;
}

hr_status hr_regression_step(hr_regression *regression, const hr_positive *positives, int64_t count,
                             double scale, const float *output, const hr_row_sums *gradient, float *uses,
                             double unit, double *loss, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_grid *grid = &regression->graph->grid;
    const int64_t dim = grid->columns, share = hr_columns_a_thread(dim);
#pragma omp parallel for schedule(static)
    for (int64_t s = 0; s < count; s++)
        regression->score[s] =
            hr_dot(output + positives[s].user_row * dim, output + positives[s].movie_row * dim, dim);
    HR_TRY(hr_sum_f32(&grid->groups, regression->score, count, err));
    *loss = judge(regression, positives, count, scale, uses, unit);
#pragma omp parallel for schedule(static)
    for (int64_t c = 0; c < dim; c += share)
        hr_positive_gradients_add(positives, count, regression->score, output, dim, gradient, c,
                                  c + share < dim ? c + share : dim);
done:
    return status;
}
