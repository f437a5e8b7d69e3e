/* What a loss is asked to be. */
#ifndef HR_TRAINER_LOSS_LOSS_CONFIG_H
#define HR_TRAINER_LOSS_LOSS_CONFIG_H

/* What training minimises, and with it what validation measures: the ranking of held-out movies or, for squared
 * error (HR_LOSS_MSE), the error of held-out ratings. HR_LOSS_OWN stands for a model's usual loss, in options
 * only; a model that is not trained by gradients keeps it. */
typedef enum hr_loss { HR_LOSS_OWN, HR_LOSS_BPR, HR_LOSS_SOFTMAX, HR_LOSS_BCE, HR_LOSS_MSE } hr_loss;

#endif
