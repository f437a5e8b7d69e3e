#include "trainer/item_items/least_squares_weights.h"

#include "io/base/memory.h"
#include "trainer/item_items/inverse.h"

/* What a rank works with. */
typedef struct work {
    hr_inverse inverse;
    int64_t width;    /* rows at a time, for each rank */
    int64_t *movie;   /* [ranks x width] */
    double *rows;     /* [ranks x width x movies] of sums; the first is a row of weights */
    float *inverted;  /* [2 x width x movies] rows of the inverse, and what they are made with */
    double *diagonal; /* [movies] */
    hr_keyed *keyed;  /* [movies] */
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
    HR_ALLOC(k->diagonal, c->movies);
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
    free(k->diagonal);
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

/* Makes X'X + ridge I: columns from the diagonal down are rows from the diagonal on. */
static hr_status fill(work *k, const hr_co_ratings *c, double ridge, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t most = hr_inverse_most_columns(c->movies, c->comm->size);
    for (int64_t first = 0; first < most; first += k->width) {
        list_movies(k, first, most - first);
        HR_TRY(hr_co_ratings_sum(c, k->movie, k->width, true, k->rows, err));
        for (int64_t i = 0; i < k->width && first + i < k->inverse.columns; i++) {
            const double *row = k->rows + i * c->movies;
            float *column = k->inverse.values + (first + i) * c->movies;
            const int64_t movie = k->movie[c->comm->rank * k->width + i];
            for (int64_t m = movie; m < c->movies; m++)
                column[m] = (float)row[m];
            column[movie] = (float)(row[movie] + ridge);
        }
    }
done:
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
            k->rows[m] = 0.0 - (double)row[m] / k->diagonal[m];
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

hr_status hr_least_squares_weights(hr_item_weights *w, const hr_co_ratings *c, double ridge, int64_t keep,
                                   hr_error *err)
{
    work k = {0};
    hr_status status = HR_OK;
    HR_TRY(work_create(&k, c, err));
    HR_TRY(fill(&k, c, ridge, err));
    HR_TRY(hr_inverse_compute(&k.inverse, err));
    HR_TRY(hr_inverse_diagonal(&k.inverse, k.diagonal, err));
    status = hr_item_weights_begin(w, keep, err);
    HR_TRY(hr_agree(c->comm, status, NULL, err));
    HR_TRY(distribute(w, &k, keep, err));
done:
    work_free(&k);
    return status;
}
