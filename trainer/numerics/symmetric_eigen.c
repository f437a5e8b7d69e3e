#include "trainer/numerics/symmetric_eigen.h"

#include "io/base/memory.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* LAPACK's divide and conquer, which OpenBLAS has but declares in no header. */
void ssyevd_(const char *job, const char *triangle, const int *order, float *matrix, const int *stride,
             float *value, float *work, const int *work_size, int *index, const int *index_size, int *failed);

/* QL steps after which an eigenvalue is taken as it is: two are usual. */
enum { MOST_STEPS = 60 };

/* Sums are taken in this many parts, so that they are the same however the compiler vectorises them. */
enum { PARTS = 8 };

static double dot(const double *x, const double *y, int64_t count)
{
    double part[PARTS] = {0}, sum = 0.0;
    int64_t i = 0;
    for (; i + PARTS <= count; i += PARTS)
        for (int j = 0; j < PARTS; j++)
            part[j] += x[i + j] * y[i + j];
    for (; i < count; i++)
        sum += x[i] * y[i];
    for (int j = 0; j < PARTS; j++)
        sum += part[j];
    return sum;
}

static void add_scaled(double *restrict to, double factor, const double *restrict from, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        to[i] += factor * from[i];
}

/* A matrix on its way to three diagonals. */
typedef struct reduction {
    int64_t dim;
    double *matrix; /* [dim x dim] its rows k end in the vector of reflection k, behind the diagonal */
    double *vector; /* [dim x dim] of eigenvectors, one a row */
    double *value;  /* [dim] the diagonal */
    double *off;    /* [dim] beside the diagonal: entry k is between k and k + 1 */
    double *factor; /* [dim] of reflection k: H = I - factor v v' */
    double *work;   /* [dim] */
} reduction;

/* Reflection k makes zeros in row and column k behind the second diagonal. */
static void reflect(reduction *r, int64_t k)
{
    const int64_t dim = r->dim, first = k + 1, count = dim - first;
    double *v = r->matrix + k * dim + first, *p = r->work;
    const double length = sqrt(dot(v, v, count)), head = v[0] > 0.0 ? -length : length;
    r->value[k] = r->matrix[k * dim + k];
    r->off[k] = head;
    v[0] -= head;
    const double square = dot(v, v, count);
    r->factor[k] = square > 0.0 ? 2.0 / square : 0.0;
    for (int64_t i = 0; i < count; i++)
        p[i] = r->factor[k] * dot(r->matrix + (first + i) * dim + first, v, count);
    add_scaled(p, -0.5 * r->factor[k] * dot(p, v, count), v, count);
    for (int64_t i = 0; i < count; i++) {
        double *row = r->matrix + (first + i) * dim + first;
        add_scaled(row, -v[i], p, count);
        add_scaled(row, -p[i], v, count);
    }
}

/* The product of all reflections, transposed. */
static void multiply_reflections(reduction *r)
{
    const int64_t dim = r->dim;
    for (int64_t i = 0; i < dim * dim; i++)
        r->vector[i] = i % (dim + 1) == 0 ? 1.0 : 0.0;
    for (int64_t k = dim - 3; k >= 0; k--) {
        const int64_t first = k + 1, count = dim - first;
        const double *v = r->matrix + k * dim + first;
        for (int64_t i = first; i < dim; i++) {
            double *row = r->vector + i * dim + first;
            add_scaled(row, -r->factor[k] * dot(row, v, count), v, count);
        }
    }
}

/* Rotates two vectors in their plane. */
static void rotate(double *restrict low, double *restrict high, double cosine, double sine, int64_t dim)
{
    for (int64_t c = 0; c < dim; c++) {
        const double was = high[c];
        high[c] = sine * low[c] + cosine * was;
        low[c] = cosine * low[c] - sine * was;
    }
}

/* One QL step on entries l … m of the diagonals, with the shift that the first two of them give. */
static void ql_step(reduction *r, int64_t l, int64_t m)
{
    double *d = r->value, *e = r->off;
    const double ratio = (d[l + 1] - d[l]) / (2.0 * e[l]);
    double g = d[m] - d[l] + e[l] / (ratio + copysign(sqrt(ratio * ratio + 1.0), ratio));
    double sine = 1.0, cosine = 1.0, shift = 0.0;
    for (int64_t i = m - 1; i >= l; i--) {
        const double f = sine * e[i], b = cosine * e[i], length = sqrt(f * f + g * g);
        e[i + 1] = length;
        if (length == 0.0) { /* the matrix falls apart here */
            d[i + 1] -= shift;
            e[m] = 0.0;
            return;
        }
        sine = f / length;
        cosine = g / length;
        const double rest = d[i + 1] - shift, twice = (d[i] - rest) * sine + 2.0 * cosine * b;
        shift = sine * twice;
        d[i + 1] = rest + shift;
        g = cosine * twice - b;
        rotate(r->vector + i * r->dim, r->vector + (i + 1) * r->dim, cosine, sine, r->dim);
    }
    d[l] -= shift;
    e[l] = g;
    e[m] = 0.0;
}

/* The first entry from l on that is not coupled with the next one. */
static int64_t end_of_block(const reduction *r, int64_t l)
{
    int64_t m = l;
    while (m + 1 < r->dim && fabs(r->off[m]) > DBL_EPSILON * (fabs(r->value[m]) + fabs(r->value[m + 1])))
        m++;
    return m;
}

static void diagonalise(reduction *r)
{
    const int64_t dim = r->dim;
    for (int64_t k = 0; k + 2 < dim; k++)
        reflect(r, k);
    for (int64_t k = dim > 2 ? dim - 2 : 0; k < dim; k++) {
        r->value[k] = r->matrix[k * dim + k];
        r->off[k] = k + 1 < dim ? r->matrix[k * dim + k + 1] : 0.0;
    }
    multiply_reflections(r);
    for (int64_t l = 0; l < dim; l++)
        for (int step = 0; step < MOST_STEPS; step++) {
            const int64_t m = end_of_block(r, l);
            if (m == l)
                break;
            ql_step(r, l, m);
        }
}

hr_status hr_symmetric_eigen(int64_t dim, double *matrix, double *value, hr_error *err)
{
    hr_status status = HR_OK;
    reduction r = {.dim = dim, .matrix = matrix, .value = value};
    HR_ALLOC(r.vector, dim * dim);
    HR_ALLOC(r.off, dim);
    HR_ALLOC(r.factor, dim);
    HR_ALLOC(r.work, dim);
    diagonalise(&r);
    memcpy(matrix, r.vector, (size_t)(dim * dim) * sizeof *matrix);
done:
    free(r.work);
    free(r.factor);
    free(r.off);
    free(r.vector);
    return status;
}

hr_status hr_symmetric_eigen_lapack(int64_t dim, float *matrix, float *value, hr_error *err)
{
    hr_status status = HR_OK;
    const int order = (int)dim, size = (int)(1 + 6 * dim + 2 * dim * dim), indices = (int)(3 + 5 * dim);
    int failed = 0, *index = NULL;
    float *work = NULL;
    HR_ALLOC(work, size);
    HR_ALLOC(index, indices);
    for (int64_t i = 0; i < dim * dim; i++)
        failed |= !isfinite(matrix[i]);
    if (!failed)
        ssyevd_("V", "L", &order, matrix, &order, value, work, &size, index, &indices, &failed);
    for (int64_t i = 0; failed && i < dim; i++)
        value[i] = NAN;
done:
    free(index);
    free(work);
    return status;
}
