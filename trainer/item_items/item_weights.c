#include "trainer/item_items/item_weights.h"

#include "io/base/memory.h"
#include "io/base/search.h"

#include <string.h>

int64_t hr_item_weights_rows(int64_t movies, int ranks)
{
    return (movies + ranks - 1) / ranks;
}

static int64_t at_most(int64_t value, int64_t most)
{
    return value < most ? value : most;
}

hr_status hr_item_weights_create(hr_item_weights *w, const hr_comm *comm, int64_t movies, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t rows = hr_item_weights_rows(movies, comm->size);
    w->movies = movies;
    w->first = at_most(comm->rank * rows, movies);
    w->count = at_most(rows, movies - w->first);
    HR_ALLOC(w->ptr, w->count + 1);
done:
    return status;
}

void hr_item_weights_free(hr_item_weights *w)
{
    free(w->weight);
    free(w->ptr);
    free(w->movie);
    *w = (hr_item_weights){0};
}

hr_status hr_item_weights_begin(hr_item_weights *w, int64_t keep, hr_error *err)
{
    hr_status status = HR_OK;
    free(w->weight);
    w->weight = NULL;
    w->capacity = 0;
    w->is_dense = keep == 0;
    memset(w->ptr, 0, (size_t)(w->count + 1) * sizeof *w->ptr);
    if (w->is_dense)
        HR_ALLOC_SHARED(w->weight, w->count * w->movies);
done:
    return status;
}

/* A key by which larger sizes come first: the bits of a positive float are in the order of its value. */
static int64_t key_of(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return -(int64_t)(bits & INT32_MAX);
}

/* The entries that stay, in `work`, ascending by movie; returns how many. */
static int64_t choose(const double *entries, int64_t movies, int64_t keep, hr_keyed *work)
{
    int64_t count = 0;
    for (int64_t m = 0; m < movies; m++)
        if ((float)entries[m] != 0.0F)
            work[count++] = (hr_keyed){key_of((float)entries[m]), m};
    if (count > keep)
        hr_select_keyed(work, count, keep);
    count = at_most(count, keep);
    for (int64_t i = 0; i < count; i++)
        work[i] = (hr_keyed){work[i].value, 0};
    hr_sort_keyed(work, count);
    return count;
}

hr_status hr_item_weights_store(hr_item_weights *w, int64_t row, const double *entries, int64_t keep,
                                hr_keyed *work, hr_error *err)
{
    hr_status status = HR_OK;
    if (w->is_dense) {
        for (int64_t m = 0; m < w->movies; m++)
            w->weight[row * w->movies + m] = (float)entries[m];
        return HR_OK;
    }
    const int64_t count = choose(entries, w->movies, keep, work), first = w->ptr[row];
    HR_GROW(w->weight, w->capacity, first + count);
    HR_GROW(w->movie, w->movie_capacity, first + count);
    for (int64_t i = 0; i < count; i++) {
        w->movie[first + i] = (int32_t)work[i].key;
        w->weight[first + i] = (float)entries[work[i].key];
    }
    w->ptr[row + 1] = first + count;
done:
    return status;
}

/* Room for all rows: how many entries each rank has is summed first. */
static hr_status allocate(hr_item_weights *all, const hr_item_weights *mine, hr_error *err)
{
    hr_status status = HR_OK;
    if (all->is_dense) {
        HR_ALLOC_SHARED(all->weight, all->movies * all->movies);
    } else {
        HR_ALLOC(all->weight, all->ptr[all->movies]);
        HR_ALLOC(all->movie, all->ptr[all->movies]);
    }
    const int64_t at = all->is_dense ? mine->first * all->movies : all->ptr[mine->first];
    const int64_t count = all->is_dense ? mine->count * all->movies : mine->ptr[mine->count];
    if (count > 0)
        memcpy(all->weight + at, mine->weight, (size_t)count * sizeof *all->weight);
    if (!all->is_dense && count > 0)
        memcpy(all->movie + at, mine->movie, (size_t)count * sizeof *all->movie);
done:
    return status;
}

/* ptr of all rows, of the sizes of those of each rank. */
static hr_status gather_ptr(hr_item_weights *all, const hr_comm *comm, const hr_item_weights *mine,
                            hr_error *err)
{
    hr_status status = HR_OK;
    for (int64_t i = 0; i < mine->count; i++)
        all->ptr[mine->first + i + 1] = mine->ptr[i + 1] - mine->ptr[i];
    HR_TRY(hr_sum_i64(comm, all->ptr + 1, all->movies, err));
    for (int64_t i = 0; i < all->movies; i++)
        all->ptr[i + 1] += all->ptr[i];
done:
    return status;
}

/* The rows of each rank go to all. */
static hr_status share(hr_item_weights *all, const hr_comm *comm, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t rows = hr_item_weights_rows(all->movies, comm->size);
    for (int r = 0; r < comm->size; r++) {
        const int64_t first = at_most(r * rows, all->movies), end = at_most(first + rows, all->movies);
        const int64_t at = all->is_dense ? first * all->movies : all->ptr[first];
        const int64_t count = (all->is_dense ? end * all->movies : all->ptr[end]) - at;
        HR_TRY(hr_broadcast(comm, all->weight + at, count * (int64_t)sizeof *all->weight, r, err));
        if (!all->is_dense)
            HR_TRY(hr_broadcast(comm, all->movie + at, count * (int64_t)sizeof *all->movie, r, err));
    }
done:
    return status;
}

hr_status hr_item_weights_gather(hr_item_weights *all, const hr_comm *comm, const hr_item_weights *mine,
                                 hr_error *err)
{
    const hr_comm alone = hr_comm_alone();
    hr_status status = hr_item_weights_create(all, &alone, mine->movies, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    all->is_dense = mine->is_dense;
    if (!all->is_dense)
        HR_TRY(gather_ptr(all, comm, mine, err));
    status = allocate(all, mine, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(share(all, comm, err));
done:
    return status;
}

void hr_item_weights_row(const hr_item_weights *w, int64_t j, float *row)
{
    if (w->is_dense) {
        memcpy(row, w->weight + j * w->movies, (size_t)w->movies * sizeof *row);
        return;
    }
    memset(row, 0, (size_t)w->movies * sizeof *row);
    for (int64_t e = w->ptr[j]; e < w->ptr[j + 1]; e++)
        row[w->movie[e]] = w->weight[e];
}

/* Entry m of row j of a sparse matrix. */
static float entry(const hr_item_weights *w, int64_t j, int64_t m)
{
    const int64_t first = w->ptr[j];
    const int64_t at = hr_find_i32(w->movie + first, w->ptr[j + 1] - first, (int32_t)m);
    return at == HR_NOT_FOUND ? 0.0F : w->weight[first + at];
}

void hr_item_weights_column(const hr_item_weights *w, int64_t m, float *column)
{
    for (int64_t j = 0; j < w->movies; j++)
        column[j] = w->is_dense ? w->weight[j * w->movies + m] : entry(w, j, m);
}
