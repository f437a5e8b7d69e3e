#include "trainer/item_items/neighbours.h"

#include "io/base/memory.h"

/* What a rank works with. */
typedef struct work {
    int64_t width;
    int64_t *movie; /* [ranks x width] */
    double *rows;   /* [ranks x width x movies] */
    hr_keyed *keyed;
} work;

static hr_status work_create(work *k, const hr_co_ratings *c, int64_t rows, hr_error *err)
{
    hr_status status = HR_OK;
    k->width = hr_co_ratings_width(c, rows);
    HR_ALLOC(k->movie, c->comm->size * k->width);
    HR_ALLOC(k->rows, c->comm->size * k->width * c->movies);
    HR_ALLOC(k->keyed, c->movies);
done:
    return status;
}

static void work_free(work *k)
{
    free(k->movie);
    free(k->rows);
    free(k->keyed);
}

/* The movies of each rank's rows number `at` … of its block. */
static void list_movies(const work *k, const hr_co_ratings *c, int64_t rows, int64_t at)
{
    for (int r = 0; r < c->comm->size; r++)
        for (int64_t i = 0; i < k->width; i++) {
            const int64_t movie = r * rows + at + i;
            k->movie[r * k->width + i] = at + i < rows && movie < c->movies ? movie : -1;
        }
}

/* Weighs and stores this rank's rows of those that were summed. */
static hr_status store(hr_item_weights *w, const work *k, int64_t at, int64_t keep, hr_weigh_row *weigh,
                       const void *context, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t count = w->count - at < k->width ? w->count - at : k->width;
#pragma omp parallel for schedule(dynamic)
    for (int64_t i = 0; i < count; i++)
        weigh(context, w->first + at + i, k->rows + i * w->movies);
    for (int64_t i = 0; i < count; i++)
        HR_TRY(hr_item_weights_store(w, at + i, k->rows + i * w->movies, keep, k->keyed, err));
done:
    return status;
}

hr_status hr_neighbours_make(hr_item_weights *w, const hr_co_ratings *c, int64_t keep, hr_weigh_row *weigh,
                             const void *context, hr_error *err)
{
    work k = {0};
    const int64_t rows = hr_item_weights_rows(c->movies, c->comm->size);
    hr_status status = work_create(&k, c, rows, err);
    if (status == HR_OK)
        status = hr_item_weights_begin(w, keep, err);
    HR_TRY(hr_agree(c->comm, status, NULL, err));
    for (int64_t at = 0; at < rows; at += k.width) {
        list_movies(&k, c, rows, at);
        HR_TRY(hr_co_ratings_sum(c, k.movie, k.width, false, k.rows, err));
        HR_TRY(hr_agree(c->comm, store(w, &k, at, keep, weigh, context, err), NULL, err));
    }
done:
    work_free(&k);
    return status;
}
