#include "trainer/item_items/weights_file.h"

#include "io/base/memory.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>

#define DENSE "weight/item_item"
#define PTR DENSE "_ptr"
#define COLUMN DENSE "_column"
#define VALUE DENSE "_value"

static hr_checkpoint_array array_of(const char *name, hr_h5_type type, int64_t rows, int64_t cols)
{
    hr_checkpoint_array a = {.type = type, .rows = rows, .cols = cols};
    snprintf(a.name, sizeof a.name, "%s", name);
    return a;
}

static void append(hr_checkpoint_extras *e, const char *name, hr_h5_type type, int64_t rows, int64_t cols,
                   int64_t first, int64_t count, const void *data)
{
    hr_checkpoint_array *a = &e->array[e->count++];
    *a = array_of(name, type, rows, cols);
    a->first = first;
    a->count = count;
    a->data = data;
}

hr_status hr_item_weights_keep(const hr_item_weights *w, const hr_comm *comm, int64_t *ptr,
                               hr_checkpoint_extras *e, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t mine = w->is_dense ? 0 : w->ptr[w->count];
    int64_t before = mine, entries = mine;
    if (w->is_dense) {
        append(e, DENSE, HR_H5_F32, w->movies, w->movies, w->first, w->count, w->weight);
        return HR_OK;
    }
    HR_TRY(hr_sum_before_i64(comm, &before, 1, err));
    HR_TRY(hr_sum_i64(comm, &entries, 1, err));
    for (int64_t i = 0; i <= w->count; i++)
        ptr[i] = before + w->ptr[i];
    const bool is_last = w->count > 0 && w->first + w->count == w->movies;
    append(e, PTR, HR_H5_I64, w->movies + 1, 1, w->first, w->count + is_last, ptr);
    if (entries > 0) {
        append(e, COLUMN, HR_H5_I32, entries, 1, before, mine, w->movie);
        append(e, VALUE, HR_H5_F32, entries, 1, before, mine, w->weight);
    }
done:
    return status;
}

/* Scores are floats, sums of up to as many weights as there are movies: of larger ones there would be no order. */
static hr_status check_size(const hr_item_weights *w, const hr_h5 *file, const char *name, int64_t count,
                            hr_error *err)
{
    const double most = (double)FLT_MAX / (double)w->movies;
    for (int64_t i = 0; i < count; i++)
        if (fabs((double)w->weight[i]) >= most)
            return hr_fail(err, HR_INPUT,
                           "%s: the array %s has %g, expected weights below %g; the file is damaged",
                           hr_h5_path(file), name, (double)w->weight[i], most);
    return HR_OK;
}

static hr_status read_dense(hr_item_weights *w, hr_h5 *file, hr_error *err)
{
    hr_status status = HR_OK;
    hr_checkpoint_array a = array_of(DENSE, HR_H5_F32, w->movies, w->movies);
    a.first = w->first;
    a.count = w->count;
    HR_TRY(hr_checkpoint_expect_shape(file, DENSE, w->movies, w->movies, err));
    HR_TRY(hr_item_weights_begin(w, 0, err));
    HR_TRY(hr_checkpoint_read_array(file, &a, w->weight, err));
    HR_TRY(check_size(w, file, DENSE, w->count * w->movies, err));
done:
    return status;
}

static hr_status damaged(const hr_h5 *file, const char *name, int64_t row, int64_t value,
                         const char *expected, hr_error *err)
{
    return hr_fail(err, HR_INPUT,
                   "%s: the array %s has %" PRId64 " in row %" PRId64 ", expected %s; the file is damaged",
                   hr_h5_path(file), name, value, row, expected);
}

/* ptr of this rank's rows as the file has it, of up to `entries`. */
static hr_status read_ptr(hr_item_weights *w, hr_h5 *file, int64_t entries, hr_error *err)
{
    hr_status status = HR_OK;
    hr_checkpoint_array a = array_of(PTR, HR_H5_I64, w->movies + 1, 1);
    a.first = w->first;
    a.count = w->count + 1;
    HR_TRY(hr_checkpoint_read_array(file, &a, w->ptr, err));
    for (int64_t i = 0; i <= w->count; i++) {
        const int64_t lowest = i > 0 ? w->ptr[i - 1] : 0;
        if (w->ptr[i] < lowest || w->ptr[i] > entries || (w->first + i == 0 && w->ptr[i] != 0) ||
            (w->first + i == w->movies && w->ptr[i] != entries))
            HR_TRY(damaged(file, PTR, w->first + i, w->ptr[i], "ascending numbers up to the entries", err));
    }
done:
    return status;
}

static hr_status check_columns(const hr_item_weights *w, const hr_h5 *file, int64_t before, hr_error *err)
{
    for (int64_t i = 0; i < w->count; i++)
        for (int64_t e = w->ptr[i]; e < w->ptr[i + 1]; e++) {
            const int32_t lowest = e > w->ptr[i] ? w->movie[e - 1] + 1 : 0;
            if (w->movie[e] < lowest || w->movie[e] >= w->movies)
                return damaged(file, COLUMN, before + e, w->movie[e], "ascending numbers of movies", err);
        }
    return HR_OK;
}

/* How many entries the file says it has. */
static hr_status count_entries(const hr_item_weights *w, hr_h5 *file, int64_t *entries, hr_error *err)
{
    hr_status status = HR_OK;
    *entries = 0;
    if (hr_h5_content_of(file, COLUMN) == HR_H5_NONE)
        return HR_OK;
    HR_TRY(hr_h5_shape(file, COLUMN, entries, NULL, err));
    if (*entries > w->movies * w->movies || *entries > hr_h5_bytes(file) / (int64_t)sizeof(float))
        HR_TRY(damaged(file, COLUMN, 0, *entries, "no more entries than the file holds", err));
done:
    return status;
}

static hr_status read_sparse(hr_item_weights *w, hr_h5 *file, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t entries = 0;
    HR_TRY(count_entries(w, file, &entries, err));
    HR_TRY(hr_item_weights_begin(w, 1, err));
    HR_TRY(read_ptr(w, file, entries, err));
    const int64_t before = w->ptr[0], mine = w->ptr[w->count] - before;
    for (int64_t i = 0; i <= w->count; i++)
        w->ptr[i] -= before;
    if (mine == 0)
        return HR_OK;
    HR_GROW(w->weight, w->capacity, mine);
    HR_GROW(w->movie, w->movie_capacity, mine);
    hr_checkpoint_array a = array_of(COLUMN, HR_H5_I32, entries, 1);
    a.first = before;
    a.count = mine;
    HR_TRY(hr_checkpoint_read_array(file, &a, w->movie, err));
    HR_TRY(check_columns(w, file, before, err));
    snprintf(a.name, sizeof a.name, VALUE);
    a.type = HR_H5_F32;
    HR_TRY(hr_checkpoint_read_array(file, &a, w->weight, err));
    HR_TRY(check_size(w, file, VALUE, mine, err));
done:
    return status;
}

hr_status hr_item_weights_read(hr_item_weights *w, hr_h5 *file, hr_error *err)
{
    const bool is_dense = hr_h5_content_of(file, DENSE) != HR_H5_NONE;
    return is_dense ? read_dense(w, file, err) : read_sparse(w, file, err);
}
