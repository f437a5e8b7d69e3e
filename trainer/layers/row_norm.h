/* Normalising rows: each by its length, or each column over all rows of a kind. */
#ifndef HR_TRAINER_LAYERS_ROW_NORM_H
#define HR_TRAINER_LAYERS_ROW_NORM_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/numerics/row_sums.h"

#include <stdint.h>

/* row /= its length (Hamilton et al. 2017, algorithm 1, line 7); a row of zeros stays.
 *   length  [rows] receives what rows were divided by
 * Local. */
void hr_row_norm(int64_t rows, int64_t dim, float *row, float *length);

/* From the slopes of normalised rows to those of the rows before, in place. */
void hr_row_norm_back(int64_t rows, int64_t dim, const float *row, const float *length, float *slope);

/* Batch normalisation (Ioffe & Szegedy, ICML 2015), over the rows of all ranks: all vertices are the batch,
 * in training as afterwards, so that there are no running averages. Zero-initialise; free with
 * hr_batch_norm_free. */
typedef struct hr_batch_norm {
    const hr_comm *comm;
    int64_t rows, dim;
    hr_summation summation;
    double all_rows;   /* of all ranks */
    float *normalised; /* [rows x dim] of mean 0 and variance 1 */
    float *inverse;    /* [dim] 1 / deviation */
    double *sums;      /* [2 x dim] */
} hr_batch_norm;

/* For `rows` rows of this rank; comm must outlive it. Local. HR_MEMORY. */
hr_status hr_batch_norm_create(hr_batch_norm *norm, const hr_comm *comm, int64_t rows, int64_t dim,
                               hr_summation summation, hr_error *err);
void hr_batch_norm_free(hr_batch_norm *norm);

/* row = gain * normalised row + shift, each column by its own.
 *   weights  gain [dim], shift [dim]
 * Collective. HR_COMM. */
hr_status hr_batch_norm_run(hr_batch_norm *norm, const float *weights, float *row, hr_error *err);

/* From the slopes of the last run's rows to those of the rows before, in place; this rank's share of those of
 * the weights is added to `gradient`. Collective. HR_COMM. */
hr_status hr_batch_norm_back(hr_batch_norm *norm, const float *weights, float *slope,
                             const hr_row_sums *gradient, hr_error *err);

#endif
