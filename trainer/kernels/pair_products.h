/* The products of least squares over lists of edges: for a vertex with row x, whose neighbours have rows y,
 *     sum over its edges of (x . y) y,    or    sum over its edges of (value - x . y) y.
 * Rows are whole, in lines of 16 floats. Sums are lines of 16 floats, or twice as many lines of 8 doubles
 * whose terms are rounded to a unit (simd/rounding.h). */
#ifndef HR_TRAINER_KERNELS_PAIR_PRODUCTS_H
#define HR_TRAINER_KERNELS_PAIR_PRODUCTS_H

#include "trainer/simd/dispatch.h"
#include "trainer/simd/line.h"

#include <stdbool.h>
#include <stdint.h>

/* Most columns of a row. */
enum { HR_PAIR_MOST_COLUMNS = 4096 };

/* Lists of edges, each of one vertex, and the rows of both ends. */
typedef struct hr_pair_lists {
    bool doubles;
    bool by_value;            /* the sum is of (value - x . y) y */
    bool is_whole;            /* a list has all edges of its vertex: the sum is set, not added to */
    int lines;                /* of a row */
    int64_t edges;            /* of all lists */
    const int64_t *ptr;       /* [lists + 1] offsets of each list's edges */
    const int32_t *own;       /* [lists] index of the vertex's row in x, and of its sum */
    const int32_t *neighbour; /* [edges] index of the neighbour's row in y */
    const float *value;       /* [edges], or NULL: all 1 */
    const hr_line *x, *y;     /* rows of `lines` lines */
    hr_line *sum;             /* sums of `lines` lines, or twice as many of doubles */
    double unit, error_unit;  /* of sums in doubles, and of the sum of squared errors */
} hr_pair_lists;

/* Adds up lists first … end - 1. Returns the sum of the squares of (value - x . y) where by_value, else 0. */
HR_KERNEL(double, hr_pair_products_sum, (const hr_pair_lists *lists, int64_t first, int64_t end),
          (lists, first, end))

/* to[i] += from[i], of lines of floats or of doubles. */
HR_KERNEL(void, hr_lines_add, (bool doubles, hr_line *to, const hr_line *from, int64_t lines),
          (doubles, to, from, lines))

#endif
