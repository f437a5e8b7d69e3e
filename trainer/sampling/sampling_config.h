/* How the samples of a step are drawn. */
#ifndef HR_TRAINER_SAMPLING_SAMPLING_CONFIG_H
#define HR_TRAINER_SAMPLING_SAMPLING_CONFIG_H

/* How a train edge is drawn (sampler.h). */
typedef enum hr_sample_mode { HR_SAMPLE_USER, HR_SAMPLE_EDGE, HR_SAMPLE_MIXED } hr_sample_mode;

/* Movies that a shared pool of negatives is drawn from: all, or those with train ratings, so that a movie is
 * not trained as a negative only because nobody has rated it yet. */
typedef enum hr_pool_from { HR_POOL_ALL, HR_POOL_RATED } hr_pool_from;

#endif
