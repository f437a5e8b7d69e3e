#include "trainer/filters/singular_vectors.h"

#include "io/base/memory.h"
#include "io/base/philox.h"
#include "trainer/numerics/dense.h"
#include "trainer/numerics/gram.h"
#include "trainer/numerics/symmetric_eigen.h"

#include <cblas.h>
#include <math.h>
#include <omp.h>
#include <stdbool.h>
#include <string.h>

/* Products with N'N between two orthonormalisations, and how often both are done. */
enum { PRODUCTS = 2, ROUNDS = 8 };

/* An eigenvalue of the Gram matrix that is so much smaller than the largest is rounding. */
static const double SMALLEST = 1e-11;

typedef struct iteration {
    const hr_comm *comm;
    const hr_filter *filter;
    hr_summation how;
    int64_t columns;
    float *product;            /* [movies x columns] */
    double *gram, *eigenvalue; /* [columns x columns], [columns] */
    double *scale;             /* [columns] */
    int64_t *order;            /* [columns] */
    double *chunk;             /* [HR_GRAM_CHUNK x columns] */
    float *basis;              /* [columns x columns] */
    int threads;
    hr_filter_workspace *workspace; /* [threads] */
} iteration;

static void iteration_free(iteration *it)
{
    for (int i = 0; it->workspace && i < it->threads; i++)
        hr_filter_workspace_free(&it->workspace[i]);
    free(it->workspace);
    free(it->product);
    free(it->gram);
    free(it->eigenvalue);
    free(it->scale);
    free(it->order);
    free(it->chunk);
    free(it->basis);
}

static hr_status allocate(iteration *it, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t columns = it->columns;
    HR_ALLOC(it->product, it->filter->graph->movies * columns);
    HR_ALLOC(it->gram, columns * columns);
    HR_ALLOC(it->eigenvalue, columns);
    HR_ALLOC(it->scale, columns);
    HR_ALLOC(it->order, columns);
    HR_ALLOC(it->chunk, HR_GRAM_CHUNK * columns);
    HR_ALLOC(it->basis, columns * columns);
    it->threads = omp_get_max_threads();
    HR_ALLOC(it->workspace, it->threads);
    for (int i = 0; i < it->threads; i++)
        HR_TRY(hr_filter_workspace_create(&it->workspace[i], it->filter, err));
done:
    return status;
}

/* Random numbers between -1 and 1. */
static void draw(const iteration *it, uint64_t seed, float *vector)
{
    for (int64_t m = 0; m < it->filter->graph->movies; m++)
        for (int64_t c = 0; c < it->columns; c++) {
            const hr_random4 r = hr_philox(seed, HR_STREAM_INIT, (uint32_t)(c / 4), (uint64_t)m);
            vector[m * it->columns + c] = 2.0F * (float)hr_uniform(r.word[c % 4]) - 1.0F;
        }
}

/* product = N'N vector: ranks take panels, threads those of a rank, and what others took is added to zeros. Collective. */
static hr_status multiply(iteration *it, const float *vector, hr_error *err)
{
    const int64_t movies = it->filter->graph->movies, panels = (it->columns + HR_LANES - 1) / HR_LANES;
    memset(it->product, 0, (size_t)(movies * it->columns) * sizeof *it->product);
#pragma omp parallel for schedule(dynamic, 1) num_threads(it->threads)
    for (int64_t panel = it->comm->rank; panel < panels; panel += it->comm->size) {
        const int64_t first = panel * HR_LANES, left = it->columns - first;
        hr_filter_multiply(it->filter, &it->workspace[omp_get_thread_num()], vector + first, it->columns,
                           left < HR_LANES ? left : HR_LANES, it->product + first);
    }
    return hr_sum_f32(it->comm, it->product, movies * it->columns, err);
}

/* Scales the columns of the product to lengths of about 1, by powers of two, so that none is lost beside the longest. */
static void scale_columns(iteration *it)
{
    const int64_t columns = it->columns, movies = it->filter->graph->movies;
    memset(it->scale, 0, (size_t)columns * sizeof *it->scale);
    for (int64_t i = 0; i < movies * columns; i++)
        it->scale[i % columns] += (double)it->product[i] * (double)it->product[i];
    for (int64_t c = 0; c < columns; c++) {
        int exponent = 0;
        frexp(sqrt(it->scale[c]), &exponent);
        it->scale[c] = ldexp(1.0, exponent);
    }
    for (int64_t i = 0; i < movies * columns; i++)
        it->product[i] = (float)((double)it->product[i] / it->scale[i % columns]);
}

/* The numbers of the eigenvalues, the largest first. */
static void order_values(iteration *it)
{
    for (int64_t c = 0; c < it->columns; c++) {
        int64_t at = c;
        for (; at > 0 && it->eigenvalue[c] > it->eigenvalue[it->order[at - 1]]; at--)
            it->order[at] = it->order[at - 1];
        it->order[at] = c;
    }
}

/* The Gram matrix of the product as it was before its columns were scaled. */
static hr_status sum_gram(iteration *it, hr_error *err)
{
    const int64_t columns = it->columns, movies = it->filter->graph->movies;
    const hr_comm alone = hr_comm_alone();
    const hr_gram_rows rows = {it->product, movies, columns, movies, it->how};
    openblas_set_num_threads(1);
    const hr_status status = hr_gram_sum(&alone, &rows, it->chunk, it->gram, err);
    for (int64_t i = 0; i < columns; i++)
        for (int64_t j = 0; j < columns; j++)
            it->gram[i * columns + j] *= it->scale[i] * it->scale[j];
    return status;
}

/* basis = the eigenvectors of the Gram matrix, as columns, divided by the roots of their eigenvalues: the scaled product
 * times the basis is orthonormal. value = eigenvalues of N'N. */
static hr_status find_basis(iteration *it, double *value, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t columns = it->columns;
    HR_TRY(sum_gram(it, err));
    HR_TRY(hr_symmetric_eigen(columns, it->gram, it->eigenvalue, err));
    order_values(it);
    for (int64_t c = 0; c < columns; c++) {
        const double *vector = it->gram + it->order[c] * columns, eigenvalue = it->eigenvalue[it->order[c]];
        const bool is_one = eigenvalue > SMALLEST * it->eigenvalue[it->order[0]];
        for (int64_t i = 0; i < columns; i++)
            it->basis[i * columns + c] = is_one ? (float)(it->scale[i] * vector[i] / sqrt(eigenvalue)) : 0.0F;
        value[c] = is_one ? pow(eigenvalue, 0.5 / (double)PRODUCTS) : 0.0;
    }
done:
    return status;
}

hr_status hr_singular_vectors(const hr_comm *comm, const hr_filter *filter, hr_summation how, uint64_t seed,
                              int64_t columns, float *vector, double *value, hr_error *err)
{
    iteration it = {.comm = comm, .filter = filter, .how = how, .columns = columns};
    const int64_t movies = filter->graph->movies;
    hr_status status = hr_agree(comm, allocate(&it, err), NULL, err);
    HR_TRY(status);
    draw(&it, seed, vector);
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < PRODUCTS; i++) {
            HR_TRY(multiply(&it, vector, err));
            memcpy(vector, it.product, (size_t)(movies * columns) * sizeof *vector);
        }
        scale_columns(&it);
        status = find_basis(&it, value, err);
        HR_TRY(hr_agree(comm, status, NULL, err));
        hr_dense_multiply(how, movies, hr_all_columns(it.product, columns), false, it.basis, 0.0F, vector,
                          columns);
    }
done:
    iteration_free(&it);
    return status;
}
