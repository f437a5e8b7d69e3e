#include "trainer/models/mf.h"

#include "trainer/models/parameter_rows.h"

const hr_model hr_mf = {
    .name = "mf",
    .summary = "matrix factorisation with biases (Koren et al. 2009)",
    .losses = {HR_LOSS_MSE, HR_LOSS_BPR, HR_LOSS_SOFTMAX, HR_LOSS_BCE},
    .defaults = "--layers 0 --spectral-rounds 0 --sample user --decay 0.05",
    .rating_defaults = "--sample edge --deviation 0.02 --decay 0.1 --ridge 10 --epochs 25 --eval-every 1",
    .create = hr_parameter_rows_create,
    .destroy = hr_parameter_rows_destroy,
    .forward = hr_parameter_rows_forward,
    .backward = hr_parameter_rows_backward,
};
