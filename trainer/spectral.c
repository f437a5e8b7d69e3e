#include "trainer/spectral.h"

#include "io/memory.h"

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
} workspace;

static hr_status workspace_new(workspace *w, const hr_graph_context *graph, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t dim = graph->grid.dim;
    w->dim = dim;
    w->rows = hr_grid_rows(&graph->grid, graph->shard.owned);
    HR_ALLOC(w->whole, w->rows * dim);
    HR_ALLOC(w->gram, dim * dim);
    HR_ALLOC(w->chunk, CHUNK * dim);
done:
    return status;
}

static int64_t read_chunk(const workspace *w, int64_t first)
{
    const int64_t count = w->rows - first < CHUNK ? w->rows - first : CHUNK;
    for (int64_t i = 0; i < count * w->dim; i++)
        w->chunk[i] = (double)w->whole[first * w->dim + i];
    return count;
}

/* gram = sum over the rows of all ranks of row' row; its lower triangle. */
static hr_status sum_gram(const hr_comm *comm, workspace *w, hr_error *err)
{
    const int dim = (int)w->dim;
    memset(w->gram, 0, (size_t)(w->dim * w->dim) * sizeof *w->gram);
    for (int64_t first = 0; first < w->rows; first += CHUNK)
        cblas_dsyrk(CblasRowMajor, CblasLower, CblasTrans, dim, (int)read_chunk(w, first), 1.0, w->chunk, dim,
                    1.0, w->gram, dim);
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

/* Multiplies rows by scale * L^-T: columns become orthonormal, times `scale`. */
static void orthonormalise(workspace *w, double scale)
{
    const int dim = (int)w->dim;
    for (int64_t first = 0; first < w->rows; first += CHUNK) {
        const int64_t count = read_chunk(w, first);
        cblas_dtrsm(CblasRowMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, (int)count, dim, scale,
                    w->gram, dim, w->chunk, dim);
        for (int64_t i = 0; i < count * w->dim; i++)
            w->whole[first * w->dim + i] = (float)w->chunk[i];
    }
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
