#include "trainer/models/mf.h"

#include "trainer/models/parameter_rows.h"
#include "trainer/sampling/sampler.h"

static void defaults(hr_train_options *options)
{
    options->layers = 0;
    options->spectral_rounds = 0;
    options->sample = HR_SAMPLE_USER;
    options->decay = 0.05;
    if (options->loss != HR_LOSS_MSE)
        return;
    options->sample = HR_SAMPLE_EDGE;
    options->deviation = 0.02;
    options->decay = 0.1;
    options->ridge = 10.0;
    options->epochs = 25;
    options->eval_every = 1;
}

const hr_model hr_mf = {
    .name = "mf",
    .summary = "matrix factorisation with biases (Koren et al. 2009)",
    .losses = {HR_LOSS_MSE, HR_LOSS_BPR, HR_LOSS_SOFTMAX, HR_LOSS_BCE},
    .defaults = defaults,
    .create = hr_parameter_rows_create,
    .destroy = hr_parameter_rows_destroy,
    .forward = hr_parameter_rows_forward,
    .backward = hr_parameter_rows_backward,
};
