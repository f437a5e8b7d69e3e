#include "trainer/spectral.h"

#include "io/memory.h"
#include "trainer/exact.h"
#include "trainer/simd.h"

#include <cblas.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

/* LAPACK's Cholesky factorisation, which OpenBLAS has but declares in no header. */
void dpotrf_(const char *triangle, const int *order, double *matrix, const int *stride, int *failed);

/* Rows that are turned into doubles at a time. */
enum { CHUNK = 1024 };

typedef struct workspace {
    double *gram;  /* [dim x dim] */
    double *chunk; /* [CHUNK x dim] */
    float *whole;  /* [rows x dim] this rank's share of the rows, all columns */
    int64_t rows, dim;
    bool exact;
    int bits; /* of an entry that the Gram matrix is made of, in an exact sum */
} workspace;

static hr_status workspace_new(workspace *w, const hr_graph_context *graph, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t dim = graph->grid.dim;
    w->dim = dim;
    w->exact = graph->exact;
    w->bits = (53 - (ilogb((double)(graph->shard.users + graph->shard.movies)) + 1)) / 2;
    w->rows = hr_grid_rows(&graph->grid, graph->shard.owned);
    HR_ALLOC(w->whole, w->rows * dim);
    HR_ALLOC(w->gram, dim * dim);
    HR_ALLOC(w->chunk, CHUNK * dim);
done:
    return status;
}

/* Turns rows from `first` on into doubles, rounded to the unit; returns how many. */
static int64_t read_chunk(const workspace *w, int64_t first, double unit)
{
    const int64_t count = w->rows - first < CHUNK ? w->rows - first : CHUNK;
    for (int64_t i = 0; i < count * w->dim; i++)
        w->chunk[i] = hr_exact_round((double)w->whole[first * w->dim + i], unit);
    return count;
}

/* In an exact sum, entries are rounded to so few bits that products of them add up without rounding, in
 * whatever order the library takes. */
static hr_status find_unit(const hr_comm *comm, const workspace *w, double *unit, hr_error *err)
{
    double largest = 0.0;
    *unit = 0.0;
    if (!w->exact)
        return HR_OK;
    const hr_status status = hr_exact_largest(comm, w->whole, w->rows * w->dim, &largest, err);
    if (largest > 0.0)
        *unit = ldexp(1.0, ilogb(largest) + 1 - w->bits);
    return status;
}

/* gram = sum over the rows of all ranks of row' row; its lower triangle. */
static hr_status sum_gram(const hr_comm *comm, workspace *w, hr_error *err)
{
    const int dim = (int)w->dim;
    double unit = 0.0;
    const hr_status status = find_unit(comm, w, &unit, err);
    if (status != HR_OK)
        return status;
    memset(w->gram, 0, (size_t)(w->dim * w->dim) * sizeof *w->gram);
    for (int64_t first = 0; first < w->rows; first += CHUNK)
        cblas_dsyrk(CblasRowMajor, CblasLower, CblasTrans, dim, (int)read_chunk(w, first, unit), 1.0,
                    w->chunk, dim, 1.0, w->gram, dim);
    return hr_sum_f64(comm, w->gram, w->dim * w->dim, err);
}

/* Turns the Gram matrix into its Cholesky factor L; false where columns depend on one another. */
static bool factor(workspace *w, int64_t dim)
{
    const int order = (int)dim;
    int failed = 0;
    double largest = 0.0, smallest = INFINITY;
    dpotrf_("U", &order, w->gram, &order, &failed); /* the upper triangle by columns is the lower by rows */
    for (int64_t i = 0; failed == 0 && i < dim; i++) {
        largest = fmax(largest, w->gram[i * dim + i]);
        smallest = fmin(smallest, w->gram[i * dim + i]);
    }
    return failed == 0 && smallest > 1e-5 * largest;
}

/* The lower triangle's entries, in the upper one as well: what a row is solved by lies together. */
static void mirror(workspace *w)
{
    for (int64_t i = 0; i < w->dim; i++)
        for (int64_t j = 0; j < i; j++)
            w->gram[j * w->dim + i] = w->gram[i * w->dim + j];
}

/* row <- scale row L^-T, by forward substitution: each row by itself, so that it does not matter which rank
 * has it beside which others. */
HR_SIMD static void solve_row(const double *gram, int64_t dim, double scale, double *restrict x, float *row)
{
    for (int64_t c = 0; c < dim; c++)
        x[c] = scale * (double)row[c];
    for (int64_t i = 0; i < dim; i++) {
        const double *restrict below = gram + i * dim; /* column i of L */
        const double solved = x[i] / below[i];
        row[i] = (float)solved;
#pragma omp simd
        for (int64_t c = i + 1; c < dim; c++)
            x[c] -= solved * below[c];
    }
}

/* Multiplies rows by scale * L^-T: columns become orthonormal, times `scale`. */
static void orthonormalise(workspace *w, double scale)
{
    mirror(w);
#pragma omp parallel for schedule(static)
    for (int64_t row = 0; row < w->rows; row++)
        solve_row(w->gram, w->dim, scale, w->chunk + omp_get_thread_num() * w->dim, w->whole + row * w->dim);
}

hr_status hr_spectral_start(const hr_graph_context *graph, const hr_model *model, void *model_state,
                            int64_t rounds, double deviation, float *parameter, float *output, hr_error *err)
{
    workspace w = {0};
    const hr_grid *grid = &graph->grid;
    const int64_t owned = graph->shard.owned;
    const double vertices = (double)(graph->shard.users + graph->shard.movies);
    const double scale = deviation * sqrt(vertices); /* of columns of unit length */
    hr_status status = workspace_new(&w, graph, err);
    HR_TRY(hr_agree(&grid->world, status, NULL, err));
    for (int64_t round = 0; round < rounds; round++) {
        HR_TRY(model->forward(model_state, HR_AT_REST, parameter, NULL, output, err));
        HR_TRY(hr_grid_to_rows(grid, owned, output, w.whole, err));
        HR_TRY(sum_gram(&grid->world, &w, err));
        if (!factor(&w, w.dim))
            break;
        orthonormalise(&w, scale);
        HR_TRY(hr_grid_to_columns(grid, owned, w.whole, parameter, err));
    }
done:
    free(w.whole);
    free(w.chunk);
    free(w.gram);
    return status;
}
