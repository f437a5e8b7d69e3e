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
} workspace;

static hr_status workspace_new(workspace *w, int64_t dim, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(w->gram, dim * dim);
    HR_ALLOC(w->chunk, CHUNK * dim);
done:
    return status;
}

static int64_t read_chunk(const workspace *w, const float *x, int64_t first, int64_t rows, int64_t dim)
{
    const int64_t count = rows - first < CHUNK ? rows - first : CHUNK;
    for (int64_t i = 0; i < count * dim; i++)
        w->chunk[i] = (double)x[first * dim + i];
    return count;
}

/* gram = sum over the rows of all ranks of row' row; its lower triangle. */
static hr_status sum_gram(const hr_comm *comm, workspace *w, const float *x, int64_t rows, int64_t dim,
                          hr_error *err)
{
    memset(w->gram, 0, (size_t)(dim * dim) * sizeof *w->gram);
    for (int64_t first = 0; first < rows; first += CHUNK) {
        const int64_t count = read_chunk(w, x, first, rows, dim);
        cblas_dsyrk(CblasRowMajor, CblasLower, CblasTrans, (int)dim, (int)count, 1.0, w->chunk, (int)dim, 1.0,
                    w->gram, (int)dim);
    }
    return hr_sum_f64(comm, w->gram, dim * dim, err);
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

/* to = scale * from L^-T: columns become orthonormal, times `scale`. */
static void orthonormalise(workspace *w, const float *from, float *to, int64_t rows, int64_t dim,
                           double scale)
{
    for (int64_t first = 0; first < rows; first += CHUNK) {
        const int64_t count = read_chunk(w, from, first, rows, dim);
        cblas_dtrsm(CblasRowMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, (int)count, (int)dim,
                    scale, w->gram, (int)dim, w->chunk, (int)dim);
        for (int64_t i = 0; i < count * dim; i++)
            to[first * dim + i] = (float)w->chunk[i];
    }
}

hr_status hr_spectral_start(const hr_comm *comm, const hr_model *model, void *model_state, int64_t rounds,
                            double deviation, int64_t vertices, int64_t rows, int64_t dim, float *parameter,
                            float *output, hr_error *err)
{
    workspace w = {0};
    const double scale = deviation * sqrt((double)vertices); /* of columns of unit length */
    hr_status status = workspace_new(&w, dim, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    for (int64_t round = 0; round < rounds; round++) {
        HR_TRY(model->forward(model_state, parameter, output, err));
        HR_TRY(sum_gram(comm, &w, output, rows, dim, err));
        if (!factor(&w, dim))
            break;
        orthonormalise(&w, output, parameter, rows, dim, scale);
    }
done:
    free(w.chunk);
    free(w.gram);
    return status;
}
