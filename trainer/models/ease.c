#include "trainer/models/ease.h"

#include "io/comm/log.h"
#include "trainer/item_items/least_squares_weights.h"
#include "trainer/models/item_model.h"
#include "trainer/models/popular.h"

static hr_status choose_ridge(const hr_co_ratings *c, double *ridge, hr_error *err)
{
    const hr_status status = hr_least_squares_ridge(c, ridge, err);
    if (status == HR_OK)
        hr_log(c->comm, "ease: ridge %g", *ridge);
    return status;
}

static hr_status solve(void *state, double learning_rate, float *rows, double *loss, hr_error *err)
{
    (void)learning_rate;
    hr_status status = HR_OK;
    hr_item_model *m = state;
    const hr_model_config *c = m->config;
    hr_co_ratings co_ratings = {0};
    HR_TRY(hr_co_ratings_create(&co_ratings, m->graph, err));
    hr_least_squares_options options = {c->ridge, c->user_power, c->dropout, c->self_weight, c->neighbours};
    if (options.ridge == 0.0)
        HR_TRY(choose_ridge(&co_ratings, &options.ridge, err));
    HR_TRY(hr_least_squares_weights(&m->weights, &co_ratings, &options, err));
    hr_item_model_rows(m, rows);
    *loss = 0.0;
done:
    hr_co_ratings_free(&co_ratings);
    return status;
}

const hr_model hr_ease = {
    .name = "ease",
    .summary = "item-item weights by least squares (Steck 2019)",
    .mixes_columns = true,
    .rounds_by_ranks = true,
    .defaults =
        "--dim 1 --layers 0 --spectral-rounds 0 --epochs 1 "
        "--user-power 0.25 --dropout 0.2 --self-weight 0.2",
    .check = hr_popular_check,
    .create = hr_item_model_create,
    .destroy = hr_item_model_destroy,
    .solve = solve,
    .by_ratings = &hr_item_model_scores,
    .is_counted = true,
};
