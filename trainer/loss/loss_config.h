/* Which loss a run minimises. */
#ifndef HR_TRAINER_LOSS_LOSS_CONFIG_H
#define HR_TRAINER_LOSS_LOSS_CONFIG_H

#include "trainer/loss/mlp.h"

/* What training minimises, and with it what validation measures: the ranking of held-out movies or, for
 * squared error (HR_LOSS_MSE), the error of held-out ratings. HR_LOSS_OWN is a model's usual loss, in options
 * only; the configuration of a model that is not trained by gradients keeps it. */
typedef enum hr_loss { HR_LOSS_OWN, HR_LOSS_BPR, HR_LOSS_SOFTMAX, HR_LOSS_BCE, HR_LOSS_MSE } hr_loss;

/* A resolved loss: nothing is left to be chosen. */
typedef struct hr_loss_config {
    hr_loss kind;
    hr_mlp_shape mlp; /* what scores a pair of rows; dot products where it has no layers */
} hr_loss_config;

#endif
