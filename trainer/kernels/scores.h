/* Scores of a row with sixteen others at a time, that are stored column by column: a line has one column of
 * all sixteen. Every score is summed in the same order, wherever its row is stored, which a library's matrix
 * product does not promise. */
#ifndef HR_TRAINER_KERNELS_SCORES_H
#define HR_TRAINER_KERNELS_SCORES_H

#include "trainer/kernels/simd.h"

#include <stdint.h>

/* score[lane] = sum over c of x[c] column[c][lane].
 *   column  [dim] lines of a block
 *   x       [dim]
 *   score   [HR_LANES] overwritten */
void hr_block_scores(const hr_f32x16 *column, int64_t dim, const float *x, float *score);

/* sum[lane] += factor * score[lane], of the same scores. */
void hr_block_scores_add(const hr_f32x16 *column, int64_t dim, const float *x, float factor, float *sum);

/* A number of leading scores none of which is above `limit`: those of the groups of HR_SCORE_GROUP scores
 * before the first group with a higher one. A rest of fewer than a group is not examined. */
enum { HR_SCORE_GROUP = 32 };
int64_t hr_scores_not_above(const float *score, int64_t count, float limit);

/* The index of the first of the highest of `count` > 0 scores, none of which is NaN. */
int64_t hr_highest(const float *score, int64_t count);

#endif
