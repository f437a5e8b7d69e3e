#include "trainer/item_items/least_squares_weights.h"

#include "io/base/memory.h"
#include "trainer/item_items/inverse.h"

#include <math.h>

/* What a rank works with. */
typedef struct work {
    hr_inverse inverse;
    int64_t width;   /* rows at a time, for each rank */
    int64_t *movie;  /* [ranks x width] */
    double *rows;    /* [ranks x width x movies] of sums; the first is a row of weights */
    float *inverted; /* [2 x width x movies] rows of the inverse, and what they are made with */
    double *ridge;   /* [movies] ridge_m; on each rank those of its columns, until all have them */
    double *factor;  /* [movies] c_m */
    hr_keyed *keyed; /* [movies] */
} work;

static hr_status work_create(work *k, const hr_co_ratings *c, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t ranks = c->comm->size;
    HR_TRY(hr_inverse_create(&k->inverse, c->comm, c->movies, err));
    k->width = hr_co_ratings_width(c, HR_INVERSE_BLOCK);
    HR_ALLOC(k->movie, ranks * k->width);
    HR_ALLOC(k->rows, ranks * k->width * c->movies);
    HR_ALLOC(k->inverted, 2 * k->width * c->movies);
    HR_ALLOC(k->ridge, c->movies);
    HR_ALLOC(k->factor, c->movies);
    HR_ALLOC(k->keyed, c->movies);
done:
    return hr_agree(c->comm, status, NULL, err);
}

static void work_free(work *k)
{
    hr_inverse_free(&k->inverse);
    free(k->movie);
    free(k->rows);
    free(k->inverted);
    free(k->ridge);
    free(k->factor);
    free(k->keyed);
}

/* The movies of the ranks' columns number `first` … first + count - 1. */
static void list_movies(const work *k, int64_t first, int64_t count)
{
    for (int r = 0; r < k->inverse.comm->size; r++)
        for (int64_t i = 0; i < k->width; i++) {
            const int64_t movie = i < count ? hr_inverse_column(&k->inverse, r, first + i) : k->inverse.order;
            k->movie[r * k->width + i] = movie < k->inverse.order ? movie : -1;
        }
}

/* A column of G + diag(ridge_m) of a row of G. */
static void fill_column(work *k, int64_t movie, double ridge, double growth, const double *row, float *column)
{
    k->ridge[movie] = ridge + growth * row[movie];
    for (int64_t m = movie; m < k->inverse.order; m++)
        column[m] = (float)row[m];
    column[movie] = (float)(row[movie] + k->ridge[movie]);
}

/* Makes G + diag(ridge_m), with ridge_m = ridge + growth G[m, m]: columns from the diagonal down are rows from the diagonal
 * on. */
static hr_status fill(work *k, const hr_co_ratings *c, double ridge, double growth, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t most = hr_inverse_most_columns(c->movies, c->comm->size);
    for (int64_t first = 0; first < most; first += k->width) {
        list_movies(k, first, most - first);
        HR_TRY(hr_co_ratings_sum(c, k->movie, k->width, true, k->rows, err));
        for (int64_t i = 0; i < k->width && first + i < k->inverse.columns; i++)
            fill_column(k, k->movie[c->comm->rank * k->width + i], ridge, growth, k->rows + i * c->movies,
                        k->inverse.values + (first + i) * c->movies);
    }
    HR_TRY(hr_sum_f64(c->comm, k->ridge, c->movies, err));
done:
    return status;
}

/* Collective. */
static hr_status find_factors(work *k, double self_weight, hr_error *err)
{
    const hr_status status = hr_inverse_diagonal(&k->inverse, k->factor, err);
    for (int64_t m = 0; m < k->inverse.order; m++)
        k->factor[m] = fmax((1.0 - self_weight) / k->factor[m], k->ridge[m]);
    return status;
}

/* Makes rows of B of rows of P, and stores them. */
static hr_status store(hr_item_weights *w, const work *k, int64_t at, int64_t count, int64_t keep,
                       hr_error *err)
{
    hr_status status = HR_OK;
    for (int64_t i = 0; i < count; i++) {
        const float *row = k->inverted + i * w->movies;
        for (int64_t m = 0; m < w->movies; m++)
            k->rows[m] = 0.0 - (double)row[m] * k->factor[m];
        k->rows[w->first + at + i] = 0.0;
        HR_TRY(hr_item_weights_store(w, at + i, k->rows, keep, k->keyed, err));
    }
done:
    return status;
}

/* Each rank receives the rows of its block, one rank after the other. */
static hr_status distribute(hr_item_weights *w, const work *k, int64_t keep, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_comm *comm = k->inverse.comm;
    const int64_t movies = w->movies, rows = hr_item_weights_rows(movies, comm->size);
    for (int r = 0; r < comm->size; r++) {
        const int64_t end = (r + 1) * rows < movies ? (r + 1) * rows : movies;
        for (int64_t first = r * rows; first < end; first += k->width) {
            const int64_t count = end - first < k->width ? end - first : k->width;
            hr_inverse_rows(&k->inverse, r, first, count, k->inverted, k->inverted + k->width * movies);
            if (r == comm->rank && status == HR_OK)
                status = store(w, k, first - w->first, count, keep, err);
        }
    }
    return hr_agree(comm, status, NULL, err);
}

hr_status hr_least_squares_ridge(const hr_co_ratings *c, double *ridge, hr_error *err)
{
    int64_t sum = 0;
    for (int64_t u = 0; u < c->users; u++)
        sum += (c->ptr[u + 1] - c->ptr[u]) * (c->ptr[u + 1] - c->ptr[u]);
    const hr_status status = hr_sum_i64(c->comm, &sum, 1, err);
    *ridge = 6.0 * sqrt(fmax((double)sum, 1.0) / (double)c->movies);
    return status;
}

hr_status hr_least_squares_weights(hr_item_weights *w, hr_co_ratings *c,
                                   const hr_least_squares_options *options, hr_error *err)
{
    work k = {0};
    hr_status status = HR_OK;
    double mean = 0.0;
    HR_TRY(work_create(&k, c, err));
    HR_TRY(hr_co_ratings_weigh(c, 2.0 * options->user_power, &mean, err));
    HR_TRY(fill(&k, c, mean * options->ridge, options->dropout / (1.0 - options->dropout), err));
    HR_TRY(hr_inverse_compute(&k.inverse, err));
    HR_TRY(find_factors(&k, options->self_weight, err));
    status = hr_item_weights_begin(w, options->keep, err);
    HR_TRY(hr_agree(c->comm, status, NULL, err));
    HR_TRY(distribute(w, &k, options->keep, err));
done:
    work_free(&k);
    return status;
}
