#include "io/synth_by_user/rating_blocks.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/synth/synth_ratings.h"
#include "io/synth/synth_shape.h"
#include "io/synth_by_user/draw_sample.h"

#include <inttypes.h>
#include <math.h>
#include <omp.h>

enum { SCORED_AT_MOST = 1 << 20 };

/* A movie that is to have no more than its given rating is drawn so often all the same. */
static const double least_drawn = 0.05;

static hr_status check_numbers(const hr_synth_preset *p, hr_error *err)
{
    const int64_t pairs_half =
        p->users > INT64_MAX / p->movies_rated ? INT64_MAX : p->users * p->movies_rated / 2;
    if (p->users > INT32_MAX || p->movies_listed > INT32_MAX)
        return hr_fail(err, HR_USAGE, "%" PRId64 " users and %" PRId64 " items: expected at most %d of each",
                       p->users, p->movies_listed, INT32_MAX);
    if (p->ratings < p->users || p->ratings < p->movies_rated || p->ratings > pairs_half)
        return hr_fail(err, HR_USAGE,
                       "%" PRId64 " ratings of %" PRId64 " users and %" PRId64
                       " items: expected at least one a user and an item, and at most half of all pairs",
                       p->ratings, p->users, p->movies_rated);
    return HR_OK;
}

/* Draws how many ratings each user has, and a sample of users. */
static hr_status draw_users(hr_rating_blocks *b, hr_draw_sample *sample, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_synth_preset *p = b->preset;
    HR_ALLOC(b->user_ptr, p->users + 1);
    hr_synth_degrees(&p->user, p->users, p->ratings, b->user_ptr + 1);
    HR_TRY(hr_draw_sample_make(sample, &b->taste, p, b->user_ptr + 1, b->seed, err));
    hr_synth_shuffle(b->user_ptr + 1, p->users, b->seed, 0);
    hr_offsets_sum(b->user_ptr, p->users);
done:
    return status;
}

/* Draws which movies are rated, and how likely they are to be. */
static hr_status draw_movies(hr_rating_blocks *b, const hr_draw_sample *sample, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_synth_preset *p = b->preset;
    int64_t *number = NULL, *degree = NULL;
    double *wanted = NULL;
    HR_ALLOC(number, p->movies_listed);
    HR_ALLOC(degree, p->movies_rated);
    HR_ALLOC(wanted, p->movies_listed);
    HR_ALLOC(b->rated, p->movies_rated);
    for (int64_t m = 0; m < p->movies_listed; m++)
        number[m] = m;
    hr_synth_shuffle(number, p->movies_listed, b->seed, 1);
    hr_synth_degrees(&p->movie, p->movies_rated, p->ratings, degree);
    for (int64_t m = 0; m < p->movies_rated; m++)
        wanted[number[m]] = fmax(least_drawn, (double)degree[m] - 1.0);
    hr_synth_shuffle(number, p->movies_rated, b->seed,
                     3); /* the given ratings are in no order of popularity */
    for (int64_t m = 0; m < p->movies_rated; m++)
        b->rated[m] = (int32_t)number[m];
    HR_TRY(hr_draw_weights_make(&b->weights, &b->taste, wanted, sample, err));
done:
    free(wanted);
    free(degree);
    free(number);
    return status;
}

static hr_status make_tables(hr_rating_blocks *b, hr_error *err)
{
    hr_status status = HR_OK;
    hr_draw_sample sample = {0};
    const hr_synth_preset *p = b->preset;
    HR_TRY(check_numbers(p, err));
    HR_TRY(hr_taste_make_movies(&b->taste, p->movies_listed, b->seed, err));
    HR_TRY(draw_users(b, &sample, err));
    HR_TRY(draw_movies(b, &sample, err));
    b->lists =
        (hr_user_lists){&b->taste, &b->weights, b->user_ptr, p->users, b->rated, p->movies_rated, b->seed};
    HR_ALLOC(b->movie_bias, p->movies_listed);
    for (int64_t m = 0; m < p->movies_listed; m++)
        b->movie_bias[m] = hr_synth_movie_bias(b->seed, m);
    b->scores = (hr_user_scores){&b->taste, b->movie_bias, b->seed};
    b->threads = omp_get_max_threads();
    HR_ALLOC(b->workspace, b->threads);
    for (int t = 0; t < b->threads; t++)
        HR_TRY(hr_list_workspace_create(&b->workspace[t], p->movies_listed, err));
done:
    hr_draw_sample_free(&sample);
    return status;
}

static hr_status reserve(hr_rating_blocks *b, int64_t users, int64_t ratings, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t movie = b->capacity, value = b->capacity, time = b->capacity, split = b->capacity;
    HR_GROW(b->ptr, b->ptr_capacity, users + 1);
    HR_GROW(b->movie, movie, ratings);
    HR_GROW(b->value, value, ratings);
    HR_GROW(b->time, time, ratings);
    HR_GROW(b->split, split, ratings);
    b->capacity = movie;
done:
    return status;
}

static hr_status make_scores(hr_rating_blocks *b, int64_t first_user, int64_t users, hr_ratings *r,
                             hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t first = b->user_ptr[first_user], count = b->user_ptr[first_user + users] - first;
    HR_TRY(reserve(b, users, count, err));
    *r = (hr_ratings){.first_user = first_user,
                      .users = users,
                      .movies = b->preset->movies_listed,
                      .count = count,
                      .ptr = b->ptr,
                      .movie = b->movie,
                      .value = b->value,
                      .time = b->time,
                      .split = b->split};
    for (int64_t u = 0; u <= users; u++)
        r->ptr[u] = b->user_ptr[first_user + u] - first;
#pragma omp parallel for schedule(dynamic, 16) num_threads(b->threads)
    for (int64_t u = 0; u < users; u++) {
        hr_list_workspace *workspace = &b->workspace[omp_get_thread_num()];
        hr_draw_list(&b->lists, workspace, first_user + u, r->movie + r->ptr[u]);
        hr_score_user(&b->scores, workspace->position, b->user_ptr[first_user], r, u);
    }
done:
    return status;
}

/* Counts scores of a sample of the users, each rank some of them, and cuts the bins. */
static hr_status cut_values(hr_rating_blocks *b, const hr_comm *comm, hr_error *err)
{
    hr_status status = HR_OK;
    hr_ratings r;
    int64_t *bin_count = NULL;
    const int64_t stride = 1 + b->preset->ratings / SCORED_AT_MOST;
    HR_ALLOC(bin_count, HR_SYNTH_BINS);
    HR_ALLOC(b->value_of_bin, HR_SYNTH_BINS);
    for (int64_t u = comm->rank * stride; u < b->preset->users && status == HR_OK; u += comm->size * stride) {
        HR_TRY(make_scores(b, u, 1, &r, err));
        for (int64_t i = 0; i < r.count; i++)
            bin_count[hr_synth_bin(r.value[i])]++;
    }
done:
    status = hr_agree(comm, status, NULL, err);
    if (status == HR_OK)
        status = hr_sum_i64(comm, bin_count, HR_SYNTH_BINS, err);
    if (status == HR_OK)
        hr_synth_cut_bins(bin_count, b->preset->histogram, b->value_of_bin);
    free(bin_count);
    return status;
}

hr_status hr_rating_blocks_create(hr_rating_blocks *b, const hr_comm *comm, const hr_synth_preset *preset,
                                  uint64_t seed, hr_error *err)
{
    b->preset = preset;
    b->seed = seed;
    hr_status status = make_tables(b, err);
    status = hr_agree(comm, status, NULL, err);
    return status == HR_OK ? cut_values(b, comm, err) : status;
}

hr_status hr_rating_blocks_make(hr_rating_blocks *b, int64_t first_user, int64_t users, hr_ratings *r,
                                hr_error *err)
{
    const hr_status status = make_scores(b, first_user, users, r, err);
    if (status != HR_OK)
        return status;
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < r->count; i++) {
        r->value[i] = 0.5F * (float)(1 + b->value_of_bin[hr_synth_bin(r->value[i])]);
        r->split[i] = HR_TRAIN;
    }
    return HR_OK;
}

void hr_rating_blocks_free(hr_rating_blocks *b)
{
    for (int t = 0; b->workspace && t < b->threads; t++)
        hr_list_workspace_free(&b->workspace[t]);
    free(b->workspace);
    hr_draw_weights_free(&b->weights);
    hr_taste_free(&b->taste);
    free(b->user_ptr);
    free(b->rated);
    free(b->movie_bias);
    free(b->value_of_bin);
    free(b->movie);
    free(b->value);
    free(b->time);
    free(b->split);
    free(b->ptr);
    *b = (hr_rating_blocks){0};
}
