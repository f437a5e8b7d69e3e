#include "trainer/propagation/spectral.h"

#include "io/base/memory.h"
#include "trainer/kernels/dense_rows.h"
#include "trainer/numerics/gram.h"

#include <math.h>
#include <omp.h>
#include <stdbool.h>
#include <string.h>

/* LAPACK's Cholesky factorisation, which OpenBLAS has but declares in no header. */
void dpotrf_(const char *triangle, const int *order, double *matrix, const int *stride, int *failed);

typedef struct workspace {
    double *gram;  /* [dim x dim] */
    double *chunk; /* [HR_GRAM_CHUNK x dim] */
    float *whole;  /* [rows x dim] this rank's share of the rows, all columns */
    int64_t rows, dim;
} workspace;

static hr_status workspace_new(workspace *w, const hr_graph_context *graph, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t dim = graph->grid.dim;
    w->dim = dim;
    w->rows = hr_grid_rows(&graph->grid, graph->shard.owned);
    HR_ALLOC(w->whole, w->rows * dim);
    HR_ALLOC(w->gram, dim * dim);
    HR_ALLOC(w->chunk, HR_GRAM_CHUNK * dim);
done:
    return status;
}

/* Replaces the Gram matrix by its Cholesky factor L, column after column; false where columns depend on one
 * another. */
static bool factor(workspace *w, int64_t dim)
{
    const int order = (int)dim;
    int failed = 0;
    double largest = 0.0, smallest = INFINITY;
    dpotrf_("L", &order, w->gram, &order, &failed);
    for (int64_t i = 0; failed == 0 && i < dim; i++) {
        largest = fmax(largest, w->gram[i * dim + i]);
        smallest = fmin(smallest, w->gram[i * dim + i]);
    }
    return failed == 0 && smallest > 1e-5 * largest;
}

/* Multiplies rows by scale * L^-T: columns become orthonormal, times `scale`. */
static void orthonormalise(workspace *w, double scale)
{
#pragma omp parallel for schedule(static)
    for (int64_t row = 0; row < w->rows; row++)
        hr_solve_row(w->gram, w->dim, scale, w->chunk + omp_get_thread_num() * w->dim,
                     w->whole + row * w->dim);
}

hr_status hr_spectral_start(const hr_graph_context *graph, const hr_row_map *map, int64_t rounds,
                            double deviation, float *parameter, float *output, hr_error *err)
{
    workspace w = {0};
    const hr_grid *grid = &graph->grid;
    const int64_t owned = graph->shard.owned;
    const double vertices = (double)(graph->shard.users + graph->shard.movies);
    const double scale = deviation * sqrt(vertices); /* of columns of unit length */
    hr_status status = workspace_new(&w, graph, err);
    HR_TRY(hr_agree(&grid->world, status, NULL, err));
    const hr_gram_rows rows = {w.whole, w.rows, w.dim, (int64_t)vertices, graph->summation};
    for (int64_t round = 0; round < rounds; round++) {
        HR_TRY(map->apply(map->argument, parameter, output, err));
        HR_TRY(hr_grid_to_rows(grid, owned, output, w.whole, err));
        HR_TRY(hr_gram_sum(&grid->world, &rows, w.chunk, w.gram, err));
        bool independent = factor(&w, w.dim);
        /* Processors may round differently, and all ranks must go on alike. */
        HR_TRY(hr_broadcast(&grid->world, &independent, sizeof independent, 0, err));
        if (!independent)
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
