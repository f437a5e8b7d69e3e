/* How the samples of a step are drawn. */
#ifndef HR_TRAINER_SAMPLING_SAMPLING_CONFIG_H
#define HR_TRAINER_SAMPLING_SAMPLING_CONFIG_H

#include <stdint.h>

/* Most pool movies that a positive is compared with. */
enum { HR_MAX_CANDIDATES = 1024 };

/* How a train edge is drawn (sampler.h). */
typedef enum hr_sample_mode { HR_SAMPLE_USER, HR_SAMPLE_EDGE, HR_SAMPLE_MIXED } hr_sample_mode;

/* Movies that a shared pool of negatives is drawn from: all, or those with train ratings, so that a movie is
 * not trained as a negative only because nobody has rated it yet. */
typedef enum hr_pool_from { HR_POOL_ALL, HR_POOL_RATED } hr_pool_from;

/* Resolved sampling: nothing is left to be chosen. Numbers of negatives matter to ranking losses alone. */
typedef struct hr_sampling_config {
    uint64_t seed;
    int64_t batch; /* samples a step, over all ranks */
    hr_sample_mode mode;
    int64_t pool; /* movies in the pool that all samples of a step share; 0: each sample has one of its own */
    hr_pool_from pool_from;
    int64_t candidates; /* pool movies that a sample scores, from 1 to HR_MAX_CANDIDATES; 1 where pool is 0 */
} hr_sampling_config;

#endif
