/* Gradients of dot-product scores, sample by sample. A score x . y has the gradient y by x, and x by y: each
 * derivative of the loss by a score moves both rows along the other. */
#ifndef HR_TRAINER_KERNELS_SAMPLE_GRADIENTS_H
#define HR_TRAINER_KERNELS_SAMPLE_GRADIENTS_H

#include "trainer/kernels/sums.h"

#include <stdint.h>

/* A positive: a train edge that lies on this rank. */
typedef struct hr_positive {
    int64_t number;    /* of the sample within the step, the same on any number of ranks */
    int32_t user_slot; /* of the shard */
    int32_t user_row, movie_row;
    int64_t rated; /* index among the shard's rated movies */
} hr_positive;

/* The derivative of the loss by one score of a sample. */
typedef struct hr_score_gradient {
    int32_t index; /* of a negative: its row in the pool, below 0 after the last one. Of a positive: below 0
                    * where the sample has no negative and counts for nothing */
    float derivative;
} hr_score_gradient;

/* Samples of a step, with the derivatives of their scores, and where gradients go. */
typedef struct hr_sample_gradients {
    const hr_positive *sample; /* [samples] */
    int64_t samples, dim;
    int64_t negatives;                 /* most that a sample has */
    const hr_score_gradient *gradient; /* [samples x (1 + negatives)] of the positive, then of negatives */
    const float *output;               /* [rows x dim] rows of users and movies */
    const float *pool;                 /* [pool size x dim] rows of negatives */
    hr_row_sums output_sums;           /* [rows x dim] d loss / d output is added */
    hr_row_sums pool_sums; /* [pool size x (dim + 1)] d loss / d pool is added to the first dim of each */
} hr_sample_gradients;

/* Adds the columns first … end - 1 of all gradients. Columns are independent: threads may take some each. */
HR_KERNEL(void, hr_sample_gradients_add, (const hr_sample_gradients *gradients, int64_t first, int64_t end),
          (gradients, first, end))

/* The same for samples without negatives: derivative [samples] by the score of each positive. */
HR_KERNEL(void, hr_positive_gradients_add,
          (const hr_positive *sample, int64_t samples, const float *derivative, const float *output,
           int64_t dim, const hr_row_sums *sums, int64_t first, int64_t end),
          (sample, samples, derivative, output, dim, sums, first, end))

#endif
