#include "trainer/figures/embedding_map.h"

#include "io/base/memory.h"
#include "trainer/numerics/symmetric_eigen.h"

#include <math.h>

void hr_embedding_map_free(hr_embedding_map *map)
{
    free(map->x);
    free(map->y);
    *map = (hr_embedding_map){0};
}

/* Rows [count x dim] of length 1; zeros where a row is. */
static void copy_directions(const float *row, int64_t dim, const int32_t *movie, int64_t count, double *unit)
{
    for (int64_t i = 0; i < count; i++) {
        double squares = 0.0;
        for (int64_t c = 0; c < dim; c++)
            squares += (double)row[movie[i] * dim + c] * (double)row[movie[i] * dim + c];
        for (int64_t c = 0; c < dim && squares > 0.0; c++)
            unit[i * dim + c] = (double)row[movie[i] * dim + c] / sqrt(squares);
    }
}

static void subtract_mean(double *unit, int64_t dim, int64_t count)
{
    for (int64_t c = 0; c < dim; c++) {
        double mean = 0.0;
        for (int64_t i = 0; i < count; i++)
            mean += unit[i * dim + c] / (double)count;
        for (int64_t i = 0; i < count; i++)
            unit[i * dim + c] -= mean;
    }
}

/* The sum of squares and products [dim x dim]. */
static void sum_products(const double *unit, int64_t dim, int64_t count, double *products)
{
    for (int64_t i = 0; i < count; i++)
        for (int64_t c = 0; c < dim; c++)
            for (int64_t d = 0; d < dim; d++)
                products[c * dim + d] += unit[i * dim + c] * unit[i * dim + d];
}

/* A coordinate of all rows along a direction. */
static void project(const double *unit, const float *direction, int64_t dim, int64_t count, double *out)
{
    double cubes = 0.0;
    for (int64_t i = 0; i < count; i++) {
        double sum = 0.0;
        for (int64_t c = 0; c < dim; c++)
            sum += unit[i * dim + c] * (double)direction[c];
        out[i] = sum;
        cubes += sum * sum * sum;
    }
    for (int64_t i = 0; cubes < 0.0 && i < count; i++)
        out[i] = -out[i];
}

/* Eigenvectors of the covariance, one a row, eigenvalues ascending; scaled so that the largest entry is 1. */
static hr_status decompose(const double *products, int64_t dim, float *vector, float *value, hr_error *err)
{
    double largest = 0.0;
    for (int64_t i = 0; i < dim * dim; i++)
        largest = fmax(largest, fabs(products[i]));
    for (int64_t i = 0; i < dim * dim; i++)
        vector[i] = largest > 0.0 ? (float)(products[i] / largest) : 0.0F;
    return hr_symmetric_eigen_lapack(dim, vector, value, err);
}

static double share_of(const float *value, int64_t dim, int64_t i)
{
    double sum = 0.0;
    for (int64_t c = 0; c < dim; c++)
        sum += fmax(0.0, (double)value[c]);
    return sum > 0.0 && i >= 0 ? fmax(0.0, (double)value[i]) / sum : 0.0;
}

hr_status hr_embedding_map_make(hr_embedding_map *map, const float *row, int64_t dim, const int32_t *movie,
                                int64_t count, hr_error *err)
{
    hr_status status = HR_OK;
    double *unit = NULL, *products = NULL;
    float *vector = NULL, *value = NULL;
    *map = (hr_embedding_map){.count = count, .movie = movie};
    HR_ALLOC(map->x, count);
    HR_ALLOC(map->y, count);
    HR_ALLOC(unit, count * dim);
    HR_ALLOC(products, dim * dim);
    HR_ALLOC(vector, dim * dim);
    HR_ALLOC(value, dim);
    if (dim < 2)
        goto done;
    copy_directions(row, dim, movie, count, unit);
    subtract_mean(unit, dim, count);
    sum_products(unit, dim, count, products);
    HR_TRY(decompose(products, dim, vector, value, err));
    map->share[0] = share_of(value, dim, dim - 1);
    map->share[1] = share_of(value, dim, dim - 2);
    project(unit, vector + (dim - 1) * dim, dim, count, map->x);
    project(unit, vector + (dim - 2) * dim, dim, count, map->y);
done:
    free(unit);
    free(products);
    free(vector);
    free(value);
    return status;
}
