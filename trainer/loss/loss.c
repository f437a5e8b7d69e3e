#include "trainer/loss/loss.h"

#include "trainer/loss/dot_ranking.h"
#include "trainer/loss/dot_regression.h"
#include "trainer/loss/mlp_loss.h"

const hr_loss_ops *hr_loss_ops_of(const hr_loss_config *config)
{
    if (config->mlp.layers > 0)
        return &hr_mlp_loss_ops;
    return config->kind == HR_LOSS_MSE ? &hr_dot_regression_ops : &hr_dot_ranking_ops;
}
