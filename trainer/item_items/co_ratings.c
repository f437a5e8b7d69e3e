#include "trainer/item_items/co_ratings.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "trainer/numerics/summation.h"

#include <math.h>
#include <string.h>

/* Of which parts weights of users are counted, to bound their sums. */
static const double parts = 1 << 20;

/* Memory of the rows that are summed at a time, over all ranks' shares. */
enum { SUMMED_BYTES = 1 << 26 };

static hr_status allocate(hr_co_ratings *c, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(c->weight, c->users);
    HR_ALLOC(c->rater_ptr, c->movies + 1);
    HR_ALLOC(c->rater, c->ptr[c->users]);
    HR_ALLOC(c->count, c->movies);
done:
    return status;
}

/* Lists the users of each movie. */
static void transpose(hr_co_ratings *c)
{
    for (int64_t e = 0; e < c->ptr[c->users]; e++)
        c->rater_ptr[c->movie[e] + 1]++;
    hr_offsets_sum(c->rater_ptr, c->movies);
    for (int64_t u = 0; u < c->users; u++)
        for (int64_t e = c->ptr[u]; e < c->ptr[u + 1]; e++)
            c->rater[c->rater_ptr[c->movie[e]]++] = (hr_rater){(int32_t)u, (int32_t)(e - c->ptr[u])};
    hr_offsets_restore(c->rater_ptr, c->movies);
}

hr_status hr_co_ratings_create(hr_co_ratings *c, const hr_graph_context *graph, hr_error *err)
{
    const hr_shard *shard = &graph->shard;
    hr_status status = HR_OK;
    c->comm = &graph->grid.parts;
    c->users = shard->owned_users;
    c->movies = shard->movies;
    c->ptr = shard->rated_ptr;
    c->movie = shard->rated_movie;
    status = allocate(c, err);
    HR_TRY(hr_agree(c->comm, status, NULL, err));
    transpose(c);
    for (int64_t u = 0; u < c->users; u++)
        c->weight[u] = 1.0;
    for (int64_t m = 0; m < c->movies; m++)
        c->count[m] = c->rater_ptr[m + 1] - c->rater_ptr[m];
    HR_TRY(hr_sum_i64(c->comm, c->count, c->movies, err));
done:
    return status;
}

void hr_co_ratings_free(hr_co_ratings *c)
{
    free(c->weight);
    free(c->rater_ptr);
    free(c->rater);
    free(c->count);
    *c = (hr_co_ratings){0};
}

/* The mean over the ratings of all ranks. Collective. */
static hr_status mean_of_ratings(const hr_co_ratings *c, double *mean, hr_error *err)
{
    int64_t ratings = 0;
    for (int64_t m = 0; m < c->movies; m++)
        ratings += c->count[m];
    hr_scalar_sum sum = hr_scalar_sum_of(HR_SUM_REPRODUCIBLE, (double)ratings);
    for (int64_t u = 0; u < c->users; u++)
        hr_scalar_sum_add(&sum, (double)(c->ptr[u + 1] - c->ptr[u]) * c->weight[u]);
    const hr_status status = hr_sum_f64(c->comm, &sum.value, 1, err);
    *mean = ratings > 0 ? sum.value / (double)ratings : 1.0;
    return status;
}

hr_status hr_co_ratings_weigh(hr_co_ratings *c, double exponent, double *mean, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t bound = 0; /* of a sum of weights, in whole parts */
    for (int64_t u = 0; u < c->users; u++) {
        const int64_t ratings = c->ptr[u + 1] - c->ptr[u];
        c->weight[u] = ratings > 0 ? pow((double)ratings, -exponent) : 0.0;
        bound += (int64_t)ceil(c->weight[u] * parts);
    }
    HR_TRY(hr_sum_i64(c->comm, &bound, 1, err));
    const double unit = hr_sum_unit(HR_SUM_REPRODUCIBLE, (double)bound / parts);
    for (int64_t u = 0; u < c->users; u++)
        c->weight[u] = hr_round_to_unit(c->weight[u], unit);
    HR_TRY(mean_of_ratings(c, mean, err));
done:
    return status;
}

int64_t hr_co_ratings_width(const hr_co_ratings *c, int64_t most)
{
    const int64_t width = SUMMED_BYTES / (int64_t)sizeof(double) / c->movies / c->comm->size;
    return width < 1 ? 1 : width < most ? width : most;
}

/* What this rank's users add to one row. */
static void add_row(const hr_co_ratings *c, int64_t movie, bool upper, double *row)
{
    memset(row, 0, (size_t)c->movies * sizeof *row);
    for (int64_t r = movie < 0 ? 0 : c->rater_ptr[movie]; movie >= 0 && r < c->rater_ptr[movie + 1]; r++) {
        const hr_rater rater = c->rater[r];
        const double weight = c->weight[rater.user];
        const int64_t end = c->ptr[rater.user + 1];
        for (int64_t e = c->ptr[rater.user] + (upper ? rater.place : 0); e < end; e++)
            row[c->movie[e]] += weight;
    }
}

hr_status hr_co_ratings_sum(const hr_co_ratings *c, const int64_t *movie, int64_t width, bool upper,
                            double *rows, hr_error *err)
{
    int64_t first[c->comm->size + 1];
    for (int r = 0; r <= c->comm->size; r++)
        first[r] = r * width;
#pragma omp parallel for schedule(dynamic)
    for (int64_t i = 0; i < first[c->comm->size]; i++)
        add_row(c, movie[i], upper, rows + i * c->movies);
    return hr_sum_shares_f64(c->comm, rows, first, c->movies, err);
}
