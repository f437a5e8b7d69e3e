#include "trainer/models/toprated.h"

#include "io/base/memory.h"
#include "io/base/sort.h"
#include "trainer/models/popular.h"
#include "trainer/numerics/row_sums.h"

#include <math.h>

/* Share of rated movies that have no more ratings than m. */
static const double busy_share = 0.9;

typedef struct toprated {
    hr_graph_context *graph;
    hr_row_sums sum; /* [owned + ghosts] of a movie's ratings, reproducible always */
    int32_t *votes;  /* [movies] ratings of each movie, on every rank */
} toprated;

static void destroy(void *state)
{
    toprated *t = state;
    if (!t)
        return;
    hr_row_sums_free(&t->sum);
    free(t->votes);
    free(t);
}

static hr_status create(void **state, hr_graph_context *graph, const hr_model_config *config, hr_error *err)
{
    hr_status status = HR_OK;
    toprated *t = NULL;
    (void)config;
    HR_ALLOC(t, 1);
    t->graph = graph;
    const int64_t rows = graph->shard.owned + graph->shard.ghosts;
    HR_TRY(hr_row_sums_create(&t->sum, rows, HR_SUM_REPRODUCIBLE, err));
    HR_ALLOC(t->votes, graph->shard.movies);
    *state = t;
done:
    if (status != HR_OK)
        destroy(t);
    return status;
}

/* Edge pass and reduce: each movie's sum of ratings. */
static hr_status sum_ratings(toprated *t, hr_error *err)
{
    const hr_shard *shard = &t->graph->shard;
    const double most = fmax(fabs(t->graph->lowest_rating), fabs(t->graph->highest_rating));
    hr_row_sums_bound(&t->sum, most * (double)shard->users);
    hr_row_sums_clear(&t->sum, shard->owned + shard->ghosts);
    for (int64_t s = 0; s < shard->user_slots; s++)
        for (int64_t e = shard->edge_ptr[s]; e < shard->edge_ptr[s + 1]; e++)
            hr_row_sums_add_value(&t->sum, shard->movie_row[shard->edge_movie[e]],
                                  hr_locate_rating(shard, (int32_t)s, e));
    return hr_row_sums_reduce(&t->sum, t->graph->halo, 1, err);
}

static hr_status find_busy(toprated *t, double *busy, hr_error *err)
{
    const hr_shard *shard = &t->graph->shard;
    int64_t unrated = 0;
    for (int64_t m = 0; m < shard->movies; m++)
        t->votes[m] = 0;
    for (int64_t v = shard->owned_users; v < shard->owned; v++)
        t->votes[shard->vertex[v] - shard->users] = shard->degree[v];
    const hr_status status = hr_sum_i32(&t->graph->grid.parts, t->votes, shard->movies, err);
    hr_sort_i32(t->votes, shard->movies);
    while (unrated < shard->movies - 1 && t->votes[unrated] == 0)
        unrated++;
    *busy = (double)t->votes[unrated + (int64_t)(busy_share * (double)(shard->movies - 1 - unrated))];
    return status;
}

static hr_status rate(void *state, double learning_rate, float *rows, double *loss, hr_error *err)
{
    (void)learning_rate;
    hr_status status = HR_OK;
    toprated *t = state;
    const hr_shard *shard = &t->graph->shard;
    double busy = 0.0;
    *loss = 0.0;
    HR_TRY(sum_ratings(t, err));
    HR_TRY(find_busy(t, &busy, err));
    for (int64_t v = 0; v < shard->owned; v++)
        rows[v] = v < shard->owned_users ? 1.0F
                                         : (float)((t->sum.doubles[v] + busy * t->graph->mean_rating) /
                                                   ((double)shard->degree[v] + busy));
done:
    return status;
}

const hr_model hr_toprated = {
    .name = "toprated",
    .summary = "movies by weighted rating, v/(v+m) R + m/(v+m) C",
    .mixes_columns = true,
    .wants_ratings = true,
    .defaults = hr_popular_defaults,
    .check = hr_popular_check,
    .create = create,
    .destroy = destroy,
    .solve = rate,
    .is_counted = true,
};
