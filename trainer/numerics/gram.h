/* The Gram matrix of rows that lie on many ranks, G = X'X [dim x dim]. */
#ifndef HR_TRAINER_NUMERICS_GRAM_H
#define HR_TRAINER_NUMERICS_GRAM_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/numerics/interleaved_rows.h"
#include "trainer/numerics/summation.h"

#include <stdint.h>

/* Rows that are converted to doubles at a time. */
enum { HR_GRAM_CHUNK = 1024 };

/* The rows of one rank. */
typedef struct hr_gram_rows {
    const float *row; /* [count x dim] */
    int64_t count, dim;
    int64_t all; /* rows of all ranks, or more */
    hr_summation summation;
} hr_gram_rows;

/* Fills gram [dim x dim], both triangles, with the sum over all ranks' rows of row' row, in doubles. Where
 * sums are reproducible, entries are rounded to so few bits that their products add up without rounding, in
 * whatever order the library takes.
 *   chunk  HR_GRAM_CHUNK x dim doubles to work with
 * Collective; the same on all ranks. HR_COMM. */
hr_status hr_gram_sum(const hr_comm *comm, const hr_gram_rows *rows, double *chunk, double *gram,
                      hr_error *err);

/* A Gram matrix in floats to multiply rows with: plain sums are made of floats, reproducible ones by
 * hr_gram_sum. Zero-initialise; free with hr_gram_free. */
typedef struct hr_gram {
    hr_summation summation;
    int64_t dim;
    float *matrix;                   /* [dim x dim] */
    float *pieces;                   /* [HR_DENSE_PIECES x dim x dim] plain sums: to work with */
    double *sum, *chunk;             /* [dim x dim], [HR_GRAM_CHUNK x dim] reproducible sums: to work with */
    hr_interleaved_rows interleaved; /* reproducible sums: the matrix again, for products row by row */
} hr_gram;

/* dim is a multiple of HR_LANES. Local. HR_MEMORY. */
hr_status hr_gram_create(hr_gram *gram, hr_summation summation, int64_t dim, hr_error *err);
void hr_gram_free(hr_gram *gram);

/* G = factor * sum over all ranks' rows of row' row.
 *   row    [count x dim] this rank's
 *   all    rows of all ranks, or more
 * Collective. HR_COMM. */
hr_status hr_gram_make(hr_gram *gram, const hr_comm *comm, const float *row, int64_t count, int64_t all,
                       float factor, hr_error *err);

/* to += factor * x G, x and to [count x dim]. Reproducible: each row is multiplied in the same way whatever
 * others are multiplied with it. Local; threads may call it for different rows. */
void hr_gram_add_product(const hr_gram *gram, const float *x, float factor, int64_t count, float *to);

#endif
