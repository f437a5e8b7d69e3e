/* The Gram matrix of rows that lie on many ranks, X'X. */
#ifndef HR_TRAINER_NUMERICS_GRAM_H
#define HR_TRAINER_NUMERICS_GRAM_H

#include "io/base/error.h"
#include "io/comm/comm.h"

#include <stdbool.h>
#include <stdint.h>

/* Rows that are turned into doubles at a time. */
enum { HR_GRAM_CHUNK = 1024 };

/* The rows of one rank. */
typedef struct hr_gram_rows {
    const float *row; /* [count x dim] */
    int64_t count, dim;
    int64_t all; /* rows of all ranks, or more */
    bool exact;  /* whether the sum is to come out the same in any order (exact.h) */
} hr_gram_rows;

/* gram [dim x dim], all of it, = sum over the rows of all ranks of row' row. In an exact sum entries are
 * rounded to so few bits that products of them add up without rounding, in whatever order the library takes.
 *   chunk  HR_GRAM_CHUNK x dim doubles to work with
 * Collective; the same on all ranks. HR_COMM. */
hr_status hr_gram_sum(const hr_comm *comm, const hr_gram_rows *rows, double *chunk, double *gram,
                      hr_error *err);

#endif
