/* Steps of Adam, of stochastic gradient descent and of conjugate gradients. */
#include "tests/kernels/support/checks.h"
#include "trainer/kernels/conjugate_gradients.h"
#include "trainer/kernels/gradient_steps.h"

#include <math.h>
#include <stdlib.h>

enum { ROWS = 5, DIM = 37, SIZE = ROWS * DIM };

/* Parameters, moments, gradients, uses: as they are before a step. */
typedef struct rows {
    float *parameter, *first, *second, *gradient, *uses;
} rows;

static rows some_rows(void)
{
    rows r = {some_floats(SIZE, 1), some_floats(SIZE, 2), some_floats(SIZE, 3), some_floats(SIZE, 4),
              some_floats(ROWS, 5)};
    for (int64_t i = 0; i < SIZE; i++)
        r.second[i] *= r.second[i];
    for (int64_t v = 0; v < ROWS; v++)
        r.uses[v] = (float)v;
    return r;
}

static void rows_free(rows *r)
{
    free(r->uses);
    free(r->gradient);
    free(r->second);
    free(r->first);
    free(r->parameter);
}

static void adam(void)
{
    const hr_adam a = {.rate = 0.01, .decay = 0.02, .ridge = 0.03, .scale = 0.5, .shrink = 0.1};
    const double steps = 4.0;
    rows r = some_rows(), before = some_rows();
    hr_adam_step(&a, 3, ROWS, DIM, r.parameter, r.first, r.second, r.gradient, r.uses);
    for (int64_t i = 0; i < SIZE; i++) {
        const double p = (double)before.parameter[i], l2 = a.decay * (double)before.uses[i / DIM] + a.ridge;
        const double g = a.scale * (double)before.gradient[i] + l2 * p;
        const double first = 0.9 * (double)before.first[i] + 0.1 * g;
        const double second = 0.999 * (double)before.second[i] + 0.001 * g * g;
        const double moment = first / (1.0 - pow(0.9, steps));
        const double length = sqrt(second / (1.0 - pow(0.999, steps))) + 1e-8;
        check_number("first moment", false, (double)r.first[i], first);
        check_number("second moment", false, (double)r.second[i], second);
        check_number("parameter by Adam", false, (double)r.parameter[i],
                     (1.0 - a.rate * a.shrink) * p - a.rate * moment / length);
    }
    keep_bits(r.parameter, SIZE * sizeof(float));
    rows_free(&before);
    rows_free(&r);
}

static void gradient_descent(void)
{
    const hr_sgd s = {.rate = 0.1, .decay = 0.02, .ridge = 0.03, .scale = 0.5};
    rows r = some_rows(), before = some_rows();
    hr_sgd_step(&s, ROWS, DIM, r.parameter, r.gradient, r.uses);
    for (int64_t i = 0; i < SIZE; i++) {
        const double p = (double)before.parameter[i], l2 = s.decay * (double)before.uses[i / DIM] + s.ridge;
        check_number("parameter by SGD", false, (double)r.parameter[i],
                     p - s.rate * (s.scale * (double)before.gradient[i] + l2 * p));
    }
    keep_bits(r.parameter, SIZE * sizeof(float));
    rows_free(&before);
    rows_free(&r);
}

/* Products with the matrix of row v: what edges add, 1 everywhere, and 1 + v + c on the diagonal. */
static void multiply_edges(const hr_cg_rows *cg, const float *x, float *curvature)
{
    for (int64_t v = 0; v < ROWS; v++) {
        double sum = 0.0;
        for (int64_t c = 0; c < DIM; c++)
            sum += (double)x[v * DIM + c];
        for (int64_t c = 0; c < DIM; c++)
            cg->product[v * DIM + c] = (float)sum;
        curvature[v] = (float)(sum * sum);
    }
}

/* A x = b of each row, from 0, in as many steps as there are columns: then A x is b. */
static void solve(bool fused)
{
    float *product = some_floats(SIZE, 6), *b = some_floats(SIZE, 6), *x = calloc(SIZE, sizeof *x);
    float *residual = calloc(SIZE, sizeof *x), *direction = calloc(SIZE, sizeof *x);
    float square[ROWS], curvature[ROWS], weight[ROWS], spectrum[DIM], moment[DIM];
    int32_t degree[ROWS];
    const hr_cg_rows cg = {fused, DIM,       spectrum, moment, weight,  degree,
                           x,     direction, residual, square, product, curvature};
    for (int v = 0; v < ROWS; v++) {
        weight[v] = (float)v;
        degree[v] = 1 + v % 2;
    }
    for (int c = 0; c < DIM; c++) {
        spectrum[c] = (float)(1 + c);
        moment[c] = 1.0F;
    }
    hr_cg_begin(&cg, 0, ROWS);
    for (int64_t step = 1; step < DIM; step++) {
        multiply_edges(&cg, direction, curvature);
        hr_cg_add_diagonal(&cg, direction, 1.0F, 0, ROWS);
        hr_cg_step(&cg, 0, 2);
        hr_cg_step(&cg, 2, ROWS - 2);
    }
    multiply_edges(&cg, direction, curvature);
    hr_cg_last_step(&cg, 0, ROWS);
    if (!fused)
        keep_bits(x, SIZE * sizeof *x);
    multiply_edges(&cg, x, curvature);
    hr_cg_add_diagonal(&cg, x, 1.0F, 0, ROWS);
    for (int64_t i = 0; i < SIZE; i++)
        check_number(fused ? "fused A x" : "A x", false, (double)product[i], (double)b[i]);
    free(direction);
    free(residual);
    free(x);
    free(b);
    free(product);
}

static void conjugate_gradients(void)
{
    solve(false);
    solve(true);
}

RUN_CHECKS(adam, gradient_descent, conjugate_gradients)
