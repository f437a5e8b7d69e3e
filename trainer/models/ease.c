#include "trainer/models/ease.h"

#include "trainer/item_items/least_squares_weights.h"
#include "trainer/models/item_model.h"
#include "trainer/models/popular.h"

#include <math.h>

static hr_status solve(void *state, double learning_rate, float *rows, double *loss, hr_error *err)
{
    (void)learning_rate;
    hr_status status = HR_OK;
    hr_item_model *m = state;
    hr_co_ratings co_ratings = {0};
    HR_TRY(hr_co_ratings_create(&co_ratings, m->graph, err));
    HR_TRY(hr_least_squares_weights(&m->weights, &co_ratings, m->config->ridge, m->config->neighbours, err));
    hr_item_model_rows(m, rows);
    *loss = 0.0;
done:
    hr_co_ratings_free(&co_ratings);
    return status;
}

/* 100 x the cube root of the train ratings of a movie in the mean (docs/decisions/097). */
static void complete(hr_model_config *config, hr_graph_size graph)
{
    if (config->ridge == 0.0)
        config->ridge = 100.0 * cbrt((double)graph.edges / (double)graph.movies);
}

const hr_model hr_ease = {
    .name = "ease",
    .summary = "item-item weights by least squares (Steck 2019)",
    .mixes_columns = true,
    .rounds_by_ranks = true,
    .defaults = "--dim 1 --layers 0 --spectral-rounds 0 --epochs 1",
    .complete = complete,
    .check = hr_popular_check,
    .create = hr_item_model_create,
    .destroy = hr_item_model_destroy,
    .solve = solve,
    .by_ratings = &hr_item_model_scores,
    .is_counted = true,
};
