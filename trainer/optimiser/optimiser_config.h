/* How parameters follow their gradients. */
#ifndef HR_TRAINER_OPTIMISER_OPTIMISER_CONFIG_H
#define HR_TRAINER_OPTIMISER_OPTIMISER_CONFIG_H

/* The rule of a step. The learning rate is Adam's, or that of one sample in stochastic gradient descent, whose
 * step is the sum over the samples of the batch. */
typedef enum hr_optimiser { HR_OPTIMISER_ADAM, HR_OPTIMISER_SGD, HR_OPTIMISER_ADAMW } hr_optimiser;

/* The learning rate after warmup: constant, or half a cosine that ends at 0 after the last epoch (Loshchilov &
 * Hutter, ICLR 2017, without restarts). */
typedef enum hr_schedule { HR_SCHEDULE_CONSTANT, HR_SCHEDULE_COSINE } hr_schedule;

#endif
