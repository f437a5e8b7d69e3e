/* The products of least squares over lists of edges, each list of one vertex with row x, whose neighbours have rows
 * y: scores x . y, sums over edges of a weight times y, where the weight is the score or a value less the score, and
 * sums of squared scores.
 *
 * Rows may be some columns of longer ones. Then scores are made piece by piece, in the array that the lists name,
 * and the last piece completes them. Sums are floats, or doubles whose terms are rounded to a unit
 * (simd/rounding.h). */
#ifndef HR_TRAINER_KERNELS_PAIR_PRODUCTS_H
#define HR_TRAINER_KERNELS_PAIR_PRODUCTS_H

#include "trainer/kernels/sums.h"
#include "trainer/simd/dispatch.h"
#include "trainer/simd/line.h"

#include <stdbool.h>
#include <stdint.h>

/* Most lines of a row. */
enum { HR_PAIR_MOST_LINES = 8 };

/* Lists of edges, and the columns that are in use of the rows of both ends. */
typedef struct hr_pair_lists {
    const int64_t *ptr;       /* [lists + 1] offsets of each list's edges */
    const int32_t *own;       /* [lists] index of the vertex: of its row in x, and of its sum */
    const int32_t *neighbour; /* [edges] index of the neighbour's row in y */
    const float *value;       /* [edges], or NULL: all 1 */
    int64_t edges;            /* of all lists */
    bool is_whole;            /* a list has all edges of its vertex: the sum is set, not added to */
    int lines;                /* of a row: its columns, 16 a line */
    const float *x;           /* rows, x_stride apart */
    int64_t x_stride;
    const hr_line *y; /* rows of `lines` lines, one after the other */
    float *score; /* [edges] of the columns before these, then with these; NULL where there are no others */
    bool adds;    /* there are columns before these */
    hr_row_sums sum; /* of rows sum_stride apart */
    int64_t sum_stride;
    double error_unit; /* to which squared errors are rounded */
} hr_pair_lists;

/* Makes the scores of lists first … end - 1, as far as these columns go. */
HR_KERNEL(void, hr_pair_scores, (const hr_pair_lists *lists, int64_t first, int64_t end), (lists, first, end))

/* Completes the scores, and adds weight * y to the sum of each list's vertex. Weights, by_value ? value - score :
 * score, take the place of the scores. Returns the sum of the squares of value - score where by_value, else 0. */
HR_KERNEL(double, hr_pair_products, (const hr_pair_lists *lists, bool by_value, int64_t first, int64_t end),
          (lists, by_value, first, end))

/* Adds weight * y, for further columns. */
HR_KERNEL(void, hr_pair_sums, (const hr_pair_lists *lists, int64_t first, int64_t end), (lists, first, end))

/* Completes the scores, and adds their squares to the sum of each list's vertex, one number. */
HR_KERNEL(void, hr_pair_squares, (const hr_pair_lists *lists, int64_t first, int64_t end),
          (lists, first, end))

#endif
