#include "trainer/models/ncf.h"

#include "trainer/models/parameter_rows.h"

#define NCF_DEFAULTS                                                                                         \
    "--layers 0 --spectral-rounds 0 --sample user --mlp 256,128,64 --dropout 0.2 --decay 0.05 --epochs 12"

const hr_model hr_ncf = {
    .name = "ncf",
    .summary = "NeuMF: products of rows beside an MLP of hidden layers (He et al. 2017)",
    .losses = {HR_LOSS_BPR, HR_LOSS_BCE, HR_LOSS_SOFTMAX, HR_LOSS_MSE},
    .mixes_columns = true,
    .mlp = HR_MLP_HALVES,
    .defaults = NCF_DEFAULTS,
    .create = hr_parameter_rows_create,
    .destroy = hr_parameter_rows_destroy,
    .forward = hr_parameter_rows_forward,
    .backward = hr_parameter_rows_backward,
};

const hr_model hr_hybrid = {
    .name = "hybrid",
    .summary = "ncf mixed with content and popularity, by how much is known of a user",
    .losses = {HR_LOSS_BPR, HR_LOSS_BCE, HR_LOSS_SOFTMAX},
    .mixes_columns = true,
    .mlp = HR_MLP_HALVES,
    .defaults = NCF_DEFAULTS " --mixture 5:70/20/10,10:50/35/15,30/60/10",
    .create = hr_parameter_rows_create,
    .destroy = hr_parameter_rows_destroy,
    .forward = hr_parameter_rows_forward,
    .backward = hr_parameter_rows_backward,
};
