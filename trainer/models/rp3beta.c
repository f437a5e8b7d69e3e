#include "trainer/models/rp3beta.h"

#include "io/base/memory.h"
#include "trainer/item_items/neighbours.h"
#include "trainer/models/item_model.h"
#include "trainer/models/popular.h"

#include <math.h>

typedef struct transitions {
    const hr_co_ratings *co_ratings;
    double *leave, *enter; /* [movies] n^-alpha and n^-beta; 0 without ratings */
} transitions;

static double power(int64_t ratings, double exponent)
{
    return ratings > 0 ? pow((double)ratings, -exponent) : 0.0;
}

static void weigh(const void *context, int64_t movie, double *row)
{
    const transitions *t = context;
    for (int64_t m = 0; m < t->co_ratings->movies; m++)
        row[m] *= t->leave[movie] * t->enter[m];
    row[movie] = 0.0;
}

static hr_status transitions_create(transitions *t, const hr_co_ratings *c, const hr_model_config *config,
                                    hr_error *err)
{
    hr_status status = HR_OK;
    t->co_ratings = c;
    HR_ALLOC(t->leave, c->movies);
    HR_ALLOC(t->enter, c->movies);
    for (int64_t m = 0; m < c->movies; m++) {
        t->leave[m] = power(c->count[m], config->alpha);
        t->enter[m] = power(c->count[m], config->beta);
    }
done:
    return hr_agree(c->comm, status, NULL, err);
}

static hr_status solve(void *state, double learning_rate, float *rows, double *loss, hr_error *err)
{
    (void)learning_rate;
    hr_status status = HR_OK;
    hr_item_model *m = state;
    hr_co_ratings co_ratings = {0};
    transitions t = {0};
    double mean = 0.0;
    HR_TRY(hr_co_ratings_create(&co_ratings, m->graph, err));
    HR_TRY(hr_co_ratings_weigh(&co_ratings, m->config->alpha, &mean, err));
    HR_TRY(transitions_create(&t, &co_ratings, m->config, err));
    HR_TRY(hr_neighbours_make(&m->weights, &co_ratings, m->config->neighbours, weigh, &t, err));
    hr_item_model_rows(m, rows);
    *loss = 0.0;
done:
    free(t.leave);
    free(t.enter);
    hr_co_ratings_free(&co_ratings);
    return status;
}

const hr_model hr_rp3beta = {
    .name = "rp3beta",
    .summary = "Markov chain of three steps, less of what is popular (Paudel et al. 2017)",
    .mixes_columns = true,
    .defaults = "--dim 1 --layers 0 --spectral-rounds 0 --epochs 1 --neighbours 200 --alpha 0.8 --beta 0.4",
    .check = hr_popular_check,
    .create = hr_item_model_create,
    .destroy = hr_item_model_destroy,
    .solve = solve,
    .by_ratings = &hr_item_model_scores,
    .is_counted = true,
};
