/* What the options of a training run default to, by model, recipe and loss. */
#ifndef HR_TRAINER_CONFIG_RECIPE_H
#define HR_TRAINER_CONFIG_RECIPE_H

#include "io/base/error.h"
#include "trainer/config/train_options.h"
#include "trainer/models/model.h"

/* Replaces all options by the defaults for options->model, options->recipe and options->loss, to be changed
 * from there: those of LightGCN, then the recipe's, then the model's, then, for ratings, the model's for
 * these. HR_LOSS_OWN becomes the model's usual loss. HR_USAGE for an unknown model or a loss that it does not
 * have. */
hr_status hr_recipe_apply(hr_train_options *options, hr_error *err);

/* The loss asked for, or the model's usual one for HR_LOSS_OWN; HR_LOSS_OWN for a model that has none. HR_USAGE
 * for a loss that the model does not have. */
hr_status hr_recipe_loss(const hr_train_options *options, const hr_model *model, hr_loss *loss,
                         hr_error *err);

#endif
