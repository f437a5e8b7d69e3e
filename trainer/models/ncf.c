#include "trainer/models/ncf.h"

#include "trainer/models/parameter_rows.h"
#include "trainer/sampling/sampler.h"

#include <string.h>

static void defaults(hr_train_options *options)
{
    options->layers = 0;
    options->spectral_rounds = 0;
    options->sample = HR_SAMPLE_USER;
    strcpy(options->mlp, "256,128,64");
    options->dropout = 0.2;
    options->decay = 0.05;
    options->epochs = 12;
}

const hr_model hr_ncf = {
    .name = "ncf",
    .summary = "NeuMF: products of rows beside an MLP of hidden layers (He et al. 2017)",
    .losses = {HR_LOSS_BPR, HR_LOSS_BCE, HR_LOSS_SOFTMAX, HR_LOSS_MSE},
    .mixes_columns = true,
    .mlp = HR_MLP_HALVES,
    .defaults = defaults,
    .create = hr_parameter_rows_create,
    .destroy = hr_parameter_rows_destroy,
    .forward = hr_parameter_rows_forward,
    .backward = hr_parameter_rows_backward,
};

static void hybrid_defaults(hr_train_options *options)
{
    defaults(options);
    strcpy(options->mixture, "5:70/20/10,10:50/35/15,30/60/10");
}

const hr_model hr_hybrid = {
    .name = "hybrid",
    .summary = "ncf mixed with content and popularity, by how much is known of a user",
    .losses = {HR_LOSS_BPR, HR_LOSS_BCE, HR_LOSS_SOFTMAX},
    .mixes_columns = true,
    .mlp = HR_MLP_HALVES,
    .defaults = hybrid_defaults,
    .create = hr_parameter_rows_create,
    .destroy = hr_parameter_rows_destroy,
    .forward = hr_parameter_rows_forward,
    .backward = hr_parameter_rows_backward,
};
