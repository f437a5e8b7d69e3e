/* The Gram matrix of rows that lie on many ranks, G = X'X [dim x dim]. */
#ifndef HR_TRAINER_NUMERICS_GRAM_H
#define HR_TRAINER_NUMERICS_GRAM_H

#include "io/base/error.h"
#include "io/comm/comm.h"
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

/* Pieces of the rows that threads take. */
enum { HR_GRAM_PIECES = 8 };

/* The same in plain sums of floats, by syrk.
 *   pieces  HR_GRAM_PIECES x dim x dim to work with
 * Collective; the same on all ranks. HR_COMM. */
hr_status hr_gram_sum_floats(const hr_comm *comm, const hr_gram_rows *rows, float *pieces, float *gram,
                             hr_error *err);

#endif
