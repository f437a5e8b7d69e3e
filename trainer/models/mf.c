#include "trainer/models/mf.h"

#include "trainer/models/few_ratings.h"
#include "trainer/models/mf_descent.h"
#include "trainer/models/parameter_rows.h"

/* Decay of rankings, where the options leave it to the graph (docs/decisions/054). */
static void complete(hr_model_config *config, hr_graph_size graph)
{
    if (config->decay == 0.0 && !config->predicts_ratings)
        config->decay = 0.05 * hr_few_ratings_factor(graph);
}

const hr_model hr_mf = {
    .name = "mf",
    .summary = "matrix factorisation with biases (Koren et al. 2009)",
    .losses = {HR_LOSS_MSE, HR_LOSS_BPR, HR_LOSS_SOFTMAX, HR_LOSS_BCE},
    .defaults = "--layers 0 --spectral-rounds 0 --sample user --decay 0",
    .rating_defaults =
        "--sample edge --optimiser sgd --lr 0.1 --deviation 0.02 --decay 0.1 --ridge 10 --epochs 20 "
        "--eval-every 1",
    .complete = complete,
    .descent = &hr_mf_descent,
    .create = hr_parameter_rows_create,
    .destroy = hr_parameter_rows_destroy,
    .forward = hr_parameter_rows_forward,
    .backward = hr_parameter_rows_backward,
};
