/* Normalisation of rows: of each row by its length, or of each column over all rows (batch normalisation). */
#ifndef HR_TRAINER_LAYERS_ROW_NORM_H
#define HR_TRAINER_LAYERS_ROW_NORM_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/numerics/row_sums.h"

#include <stdint.h>

/* Divides each row [rows x dim] by its length (Hamilton et al. 2017, algorithm 1, line 7). A row of zeros
 * stays.
 *   length  [rows] receives the divisors
 * Local. */
void hr_row_norm(int64_t rows, int64_t dim, float *row, float *length);

/* Backward, in place: the gradient of the normalised rows becomes that of the rows before.
 *   row, length  results of hr_row_norm
 * Local. */
void hr_row_norm_back(int64_t rows, int64_t dim, const float *row, const float *length, float *row_gradient);

/* Batch normalisation (Ioffe & Szegedy, ICML 2015) over the rows of all ranks. All vertices are the batch, in
 * training and afterwards, so there are no running averages. Zero-initialise; free with
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

/* row = gain * normalised row + shift, column by column.
 *   weights  gain [dim], shift [dim]
 * Collective. HR_COMM. */
hr_status hr_batch_norm_run(hr_batch_norm *norm, const float *weights, float *row, hr_error *err);

/* Backward, in place: the gradient of the rows of the last run becomes that of the rows before it. This
 * rank's share of the gradient of gain and shift is added to `gradient`, [2 x dim]. Collective. HR_COMM. */
hr_status hr_batch_norm_back(hr_batch_norm *norm, const float *weights, float *row_gradient,
                             const hr_row_sums *gradient, hr_error *err);

#endif
