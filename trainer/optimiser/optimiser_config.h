/* How parameters follow their gradients. */
#ifndef HR_TRAINER_OPTIMISER_OPTIMISER_CONFIG_H
#define HR_TRAINER_OPTIMISER_OPTIMISER_CONFIG_H

#include <stdint.h>

/* The rule of a step. The learning rate is Adam's, or that of one sample in stochastic gradient descent,
 * whose step is the sum over the samples of the batch. */
typedef enum hr_optimiser { HR_OPTIMISER_ADAM, HR_OPTIMISER_SGD, HR_OPTIMISER_ADAMW } hr_optimiser;

/* The learning rate after warmup: constant, or half a cosine that ends at 0 after the last epoch (Loshchilov
 * & Hutter, ICLR 2017, without restarts). */
typedef enum hr_schedule { HR_SCHEDULE_CONSTANT, HR_SCHEDULE_COSINE } hr_schedule;

/* A resolved optimiser: nothing is left to be chosen. */
typedef struct hr_optimiser_config {
    hr_optimiser kind;
    double rate;         /* learning rate of rows, without warmup and schedule */
    double dense_rate;   /* of dense weights, which Adam moves */
    double decay;        /* L2 of a row, for each use of it in a batch */
    double ridge;        /* L2 of every row at every step, against a sum over all train edges */
    double weight_decay; /* of AdamW */
    double clip;         /* largest norm of all gradients together; 0: no limit */
    int64_t warmup;      /* steps in which the learning rate grows to `rate` */
    hr_schedule schedule;
    int64_t steps; /* of the whole run: where the schedule ends */
} hr_optimiser_config;

/* The learning rate of rows in a step, `step` steps after the first: grown linearly in warmup, then by the
 * schedule. */
double hr_optimiser_rate(const hr_optimiser_config *config, int64_t step);

#endif
