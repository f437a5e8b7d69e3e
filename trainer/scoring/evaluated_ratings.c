#include "trainer/scoring/evaluated_ratings.h"

#include "io/base/memory.h"

/* Where slices go. */
typedef struct reader {
    const hr_user_sample *sample;
    bool train_of_all;
    hr_ratings *ratings;
    int64_t movies, splits, values; /* that the arrays have room for */
    int64_t users;                  /* so far */
    hr_train_figures *train;
} reader;

/* Appends ratings of a user: all, or those of train only. */
static hr_status append_user(reader *to, const hr_ratings *slice, int64_t user, bool train_only,
                             hr_error *err)
{
    hr_status status = HR_OK;
    hr_ratings *r = to->ratings;
    const int64_t first = slice->ptr[user], end = slice->ptr[user + 1], most = r->count + end - first;
    HR_GROW(r->movie, to->movies, most);
    HR_GROW(r->split, to->splits, most);
    if (slice->value)
        HR_GROW(r->value, to->values, most);
    for (int64_t i = first; i < end; i++) {
        if (train_only && slice->split[i] != HR_TRAIN)
            continue;
        r->movie[r->count] = slice->movie[i];
        if (slice->value)
            r->value[r->count] = slice->value[i];
        r->split[r->count++] = slice->split[i];
    }
done:
    return status;
}

/* Keeps what is wanted of the slice's users. */
static hr_status keep(void *context, hr_ratings *slice, hr_error *err)
{
    hr_status status = HR_OK;
    reader *to = context;
    hr_train_figures_add(to->train, slice);
    for (int64_t u = 0; u < slice->users; u++) {
        const bool is_sampled = hr_user_is_sampled(to->sample, slice->first_user + u);
        if (slice->ptr[u + 1] > slice->ptr[u] && (is_sampled || to->train_of_all))
            HR_TRY(append_user(to, slice, u, !is_sampled, err));
        to->ratings->ptr[++to->users] = to->ratings->count;
    }
done:
    return status;
}

static hr_status read_all(hr_h5 *file, const hr_row_block *block, double valid, bool with_values,
                          hr_ratings *ratings, hr_train_figures *train, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_dataset_read_slice(file, block->first_user, block->users, valid, ratings, err));
    if (with_values)
        HR_TRY(hr_dataset_read_values(file, ratings, err));
    hr_train_figures_add(train, ratings);
done:
    return status;
}

hr_status hr_evaluated_ratings_read(hr_h5 *file, const hr_row_block *block, double valid, bool with_values,
                                    const hr_user_sample *sample, bool train_of_all, hr_ratings *ratings,
                                    hr_train_figures *train, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t movies = 0;
    reader to = {.sample = sample, .train_of_all = train_of_all, .ratings = ratings, .train = train};
    HR_TRY(hr_h5_get_i64(file, "movies", &movies, err));
    HR_TRY(hr_train_figures_begin(train, movies, err));
    if (sample->left_out <= 0.0) /* in one piece, with no room to spare */
        return read_all(file, block, valid, with_values, ratings, train, err);
    *ratings = (hr_ratings){.first_user = block->first_user, .users = block->users, .movies = movies};
    HR_ALLOC(ratings->ptr, block->users + 1);
    HR_TRY(hr_dataset_each_slice(file, block->first_user, block->users, valid, with_values, keep, &to, err));
done:
    return status;
}
