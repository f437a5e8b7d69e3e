#include "trainer/scaling/compute_rates.h"

#include "io/base/median.h"
#include "io/base/memory.h"

#include <mpi.h>

/* Floats of a timed sum, about as many as a pool has, and number of sums. */
enum { SUM_FLOATS = 1 << 17, SUMS = 9 };

/* Sums of squares and products, of a least-squares fit of seconds = first x a + second x b. */
typedef struct fit {
    double aa, ab, bb, a, b;
} fit;

static void fit_add(fit *f, double a, double b, double seconds)
{
    f->aa += a / seconds * a / seconds;
    f->ab += a / seconds * b / seconds;
    f->bb += b / seconds * b / seconds;
    f->a += a / seconds;
    f->b += b / seconds;
}

/* The two rates, none below 0; the second 0 where there is but one equation. */
static void fit_solve(const fit *f, int equations, double *first, double *second)
{
    const double determinant = f->aa * f->bb - f->ab * f->ab;
    *first = f->a / f->aa;
    *second = 0.0;
    if (equations < 2 || determinant <= 1e-12 * f->aa * f->bb)
        return;
    const double a = (f->a * f->bb - f->b * f->ab) / determinant;
    const double b = (f->b * f->aa - f->a * f->ab) / determinant;
    if (a < 0.0)
        *first = 0.0, *second = f->b / f->bb;
    else if (b >= 0.0)
        *first = a, *second = b;
}

void hr_compute_rates_scale(hr_compute_rates *rates, double factor)
{
    double *const rate[] = {&rates->edge, &rates->row,   &rates->sample, &rates->draw,
                            &rates->pool, &rates->value, &rates->clear};
    for (size_t i = 0; i < sizeof rate / sizeof *rate; i++)
        *rate[i] *= factor;
}

hr_status hr_compute_rates_add(hr_compute_rates *rates, hr_error *err)
{
    hr_status status = HR_OK;
    float *sum = NULL, *values = NULL;
    double seconds[SUMS];
    HR_ALLOC(sum, SUM_FLOATS);
    HR_ALLOC(values, SUM_FLOATS);
    for (int i = 0; i < SUMS; i++) {
        const double start = hr_seconds();
        MPI_Reduce_local(values, sum, SUM_FLOATS, MPI_FLOAT, MPI_SUM);
        seconds[i] = hr_seconds() - start;
    }
    rates->add = hr_median(seconds, SUMS) / (SUM_FLOATS * sizeof *sum);
done:
    free(values);
    free(sum);
    return status;
}

void hr_compute_rates_fit(const hr_part_timing *timings, int count, const hr_train_config *config,
                          hr_compute_rates *rates)
{
    const double dim = (double)config->model.dim, passes = 2.0 * (double)config->model.layers * dim;
    fit propagation = {0}, bare = {0}, samples = {0}, draws = {0}, values = {0};
    double none;
    for (int i = 0; i < count; i++) {
        const hr_part_timing *t = &timings[i];
        const double floats = dim * (double)t->rows, batch = (double)t->batch;
        if (config->model.layers > 0)
            fit_add(&propagation, passes * (double)t->edges, passes * (double)t->rows, t->propagation);
        fit_add(&bare, (double)config->sampling.pool * dim, floats, t->loss_bare);
        fit_add(&draws, batch, 0.0, t->draw);
        fit_add(&values, floats, 0.0, t->optimiser);
        if (t->loss > t->loss_bare)
            fit_add(&samples, batch, 0.0, t->loss - t->loss_bare);
    }
    *rates = (hr_compute_rates){.add = rates->add};
    if (config->model.layers > 0)
        fit_solve(&propagation, count, &rates->edge, &rates->row);
    if (config->model.layers > 0 && rates->edge <= 0.0) /* noise: edges do take time */
        fit_solve(&propagation, 1, &rates->edge, &rates->row);
    fit_solve(&bare, count, &rates->pool, &rates->clear);
    fit_solve(&draws, 1, &rates->draw, &none);
    fit_solve(&values, 1, &rates->value, &none);
    if (samples.aa > 0.0)
        fit_solve(&samples, 1, &rates->sample, &none);
}
