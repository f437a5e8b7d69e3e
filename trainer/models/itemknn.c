#include "trainer/models/itemknn.h"

#include "trainer/item_items/neighbours.h"
#include "trainer/models/item_model.h"
#include "trainer/models/popular.h"

#include <math.h>

typedef struct cosine {
    const hr_co_ratings *co_ratings;
    double shrinkage;
} cosine;

static void weigh(const void *context, int64_t movie, double *row)
{
    const cosine *c = context;
    const int64_t *count = c->co_ratings->count;
    for (int64_t m = 0; m < c->co_ratings->movies; m++)
        if (row[m] > 0.0)
            row[m] /= sqrt((double)count[movie] * (double)count[m]) + c->shrinkage;
    row[movie] = 0.0;
}

static hr_status solve(void *state, double learning_rate, float *rows, double *loss, hr_error *err)
{
    (void)learning_rate;
    hr_status status = HR_OK;
    hr_item_model *m = state;
    hr_co_ratings co_ratings = {0};
    HR_TRY(hr_co_ratings_create(&co_ratings, m->graph, err));
    HR_TRY(hr_neighbours_make(&m->weights, &co_ratings, m->config->neighbours, weigh,
                              &(cosine){&co_ratings, m->config->shrinkage}, err));
    hr_item_model_rows(m, rows);
    *loss = 0.0;
done:
    hr_co_ratings_free(&co_ratings);
    return status;
}

const hr_model hr_itemknn = {
    .name = "itemknn",
    .summary = "nearest neighbours of movies by cosine with shrinkage (Sarwar et al. 2001)",
    .mixes_columns = true,
    .defaults = "--dim 1 --layers 0 --spectral-rounds 0 --epochs 1 --neighbours 50 --shrinkage 10",
    .check = hr_popular_check,
    .create = hr_item_model_create,
    .destroy = hr_item_model_destroy,
    .solve = solve,
    .by_ratings = &hr_item_model_scores,
    .is_counted = true,
};
