/* Scores of a row with sixteen others at a time, that are stored column by column: a line has one column of
 * all sixteen. Every score is summed in the same order, wherever its row is stored, which a library's matrix
 * product does not promise. */
#ifndef HR_TRAINER_KERNELS_SCORES_H
#define HR_TRAINER_KERNELS_SCORES_H

#include "trainer/simd/dispatch.h"
#include "trainer/simd/line.h"

#include <stdbool.h>
#include <stdint.h>

/* score[lane] = sum over c of x[c] column[c][lane].
 *   column  [dim] lines of a block
 *   x       [dim]
 *   score   [HR_LANES] overwritten
 *   fused   multiplications and additions may be one instruction: faster, with other bits on processors that
 *           have none */
HR_KERNEL(void, hr_block_scores,
          (bool fused, const hr_line *column, int64_t dim, const float *x, float *score),
          (fused, column, dim, x, score))

/* Scores of several rows with blocks one after the other:
 *
 *     score[r * stride + b * HR_LANES + lane] = sum over c of x[r * dim + c] line[b * dim + c][lane],
 *
 * summed from c = 0 on: a score has the same bits whatever rows and blocks it is computed with.
 *   line    [blocks x dim]
 *   x       [rows x dim]
 *   score   overwritten; stride >= blocks x HR_LANES
 *   fused   as above */
HR_KERNEL(void, hr_scores_of_rows,
          (bool fused, const hr_line *line, int64_t blocks, int64_t dim, const float *x, int64_t rows,
           float *score, int64_t stride),
          (fused, line, blocks, dim, x, rows, score, stride))

/* Appends to `found` the numbers of the scores above `limit`, each plus `first`, in ascending order; returns how many.
 * NaN is not above.
 *   found  has room for `count` */
HR_KERNEL(int64_t, hr_scores_above,
          (const float *score, int64_t count, float limit, int32_t first, int32_t *found),
          (score, count, limit, first, found))

/* A number of leading scores none of which is above `limit`: those of the groups of HR_SCORE_GROUP scores
 * before the first group with a higher one. A rest of fewer than a group is not examined. */
enum { HR_SCORE_GROUP = 32 };
HR_KERNEL(int64_t, hr_scores_not_above, (const float *score, int64_t count, float limit),
          (score, count, limit))

/* The index of the first of the highest of `count` > 0 scores, none of which is NaN. */
HR_KERNEL(int64_t, hr_highest, (const float *score, int64_t count), (score, count))

/* Pairs in the right order between one held-out score and others: 1 for a lower one, 1/2 for an equal one.
 *   score  [count] of the others; NaN takes no part. count is a multiple of HR_LANES */
HR_KERNEL(double, hr_count_right_order, (const float *score, int64_t count, float held), (score, count, held))

/* interval[i] = (score[i] - lowest) scale + 1, rounded down, from 0 to `last`, where NaN is too: never less for
 * a higher score. */
HR_KERNEL(void, hr_score_intervals,
          (const float *score, int64_t count, float lowest, float scale, int32_t last, int32_t *interval),
          (score, count, lowest, scale, last, interval))

/* The dot product x . y, [dim] each, not fused. */
HR_KERNEL(float, hr_dot, (const float *x, const float *y, int64_t dim), (x, y, dim))

#endif
