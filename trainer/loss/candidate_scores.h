/* Scores of the candidates of samples, block after block of the pool: a block, 4 KB of 64 columns, is read from memory
 * once for all samples that have it. */
#ifndef HR_TRAINER_LOSS_CANDIDATE_SCORES_H
#define HR_TRAINER_LOSS_CANDIDATE_SCORES_H

#include "trainer/kernels/sample_gradients.h"
#include "trainer/sampling/candidates.h"
#include "trainer/sampling/pool.h"

/* Zero-initialise; free with hr_candidate_scores_free. */
typedef struct hr_candidate_scores {
    const hr_candidates *candidates;
    const hr_pool *pool;
    hr_candidate_block *block; /* [most samples x candidate blocks] of the samples that were scored last */
    int32_t *by_block;         /* likewise: indices of `block` in the order of the pool's blocks */
    int64_t *first;            /* [blocks of the pool + 1] of by_block */
} hr_candidate_scores;

/* For up to `most` samples at a time. Candidates and pool must outlive it. Local. HR_MEMORY. */
hr_status hr_candidate_scores_create(hr_candidate_scores *scores, const hr_candidates *candidates,
                                     const hr_pool *pool, int64_t most, hr_error *err);
void hr_candidate_scores_free(hr_candidate_scores *scores);

/* Scores of samples, by this rank's columns.
 *   output  rows of users
 *   score   receives the blocks of sample s one after the other from s * stride on; lanes that are not candidates get
 *           minus infinity
 * Local. Does not depend on the number of threads. */
void hr_candidate_scores_fill(hr_candidate_scores *scores, int64_t step, const hr_positive *sample,
                              int64_t samples, const float *output, float *score, int64_t stride);

/* The index in the pool of the movie of score number `score` of sample s of those that were scored last. */
int32_t hr_candidate_scores_index(const hr_candidate_scores *scores, int64_t s, int64_t score);

#endif
