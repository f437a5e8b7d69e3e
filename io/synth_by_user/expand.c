#include "io/synth_by_user/expand.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/base/philox.h"
#include "io/dataset/dataset.h"
#include "io/dataset/dataset_verify.h"
#include "io/features/text_features.h"
#include "io/split/split.h"
#include "io/synth_by_user/density.h"
#include "io/synth_by_user/user_split.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { STREAM_KEPT = HR_STREAM_SYNTH + 7, STREAM_DISTANCE = HR_STREAM_SYNTH + 15, RATINGS_A_BLOCK = 1 << 22 };

/* One call of hr_expand. */
typedef struct expansion {
    const hr_comm *comm;
    const hr_split_rule *rule;
    uint64_t seed;
    int64_t user_blocks, movie_blocks;
    hr_ratings from;
    float *density;  /* [user_blocks x movie_blocks] p of the formula */
    hr_dataset data; /* on rank 0 what is beside the ratings */
    int64_t first_user, users, users_a_block;
    hr_ratings block; /* of what is made */
    int64_t ptr_capacity, capacity;
    bool counted;
    hr_expanded *made;
} expansion;

/* Number of ratings that a user keeps, which are written where movie is not NULL. */
static int64_t draw_user(const expansion *e, int64_t user, int32_t *movie, float *value, int64_t *time)
{
    const hr_ratings *r = &e->from;
    const int64_t a = user / r->users;
    int64_t kept = 0;
    for (int64_t b = 0; b < e->movie_blocks; b++) {
        const int64_t cell = a * e->movie_blocks + b;
        const hr_random4 moved = hr_philox(e->seed, (hr_stream)STREAM_DISTANCE, 0, (uint64_t)cell);
        const int64_t u =
            (user % r->users + (int64_t)hr_below64(moved.word[0], moved.word[1], (uint64_t)r->users)) %
            r->users;
        const double p = (double)e->density[cell];
        for (int64_t i = r->ptr[u]; i < r->ptr[u + 1]; i++) {
            const hr_random4 d = hr_philox(e->seed, (hr_stream)STREAM_KEPT, (uint32_t)cell, (uint64_t)i);
            const bool last = kept == 0 && b + 1 == e->movie_blocks && i + 1 == r->ptr[u + 1];
            if (hr_uniform(d.word[0]) >= p && !last)
                continue;
            if (movie) {
                movie[kept] = (int32_t)(b * r->movies + r->movie[i]);
                value[kept] = r->value[i];
                time[kept] = r->time[i];
            }
            kept++;
        }
    }
    return kept;
}

static hr_status reserve(expansion *e, int64_t count, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t movie = e->capacity, value = e->capacity, time = e->capacity, split = e->capacity;
    HR_GROW(e->block.movie, movie, count);
    HR_GROW(e->block.value, value, count);
    HR_GROW(e->block.time, time, count);
    HR_GROW(e->block.split, split, count);
    e->capacity = movie;
    e->block.count = count;
done:
    return status;
}

static hr_status make_block(void *context, int64_t number, hr_ratings *ratings, hr_error *err)
{
    expansion *e = context;
    hr_status status = HR_OK;
    hr_ratings *b = &e->block;
    const hr_comm alone = hr_comm_alone();
    const int64_t first = e->first_user + number * e->users_a_block, end = e->first_user + e->users;
    b->first_user = first;
    b->users = end - first < e->users_a_block ? end - first : e->users_a_block;
    b->movies = e->from.movies * e->movie_blocks;
    HR_GROW(b->ptr, e->ptr_capacity, b->users + 1);
    b->ptr[0] = 0;
#pragma omp parallel for schedule(dynamic, 64)
    for (int64_t u = 0; u < b->users; u++)
        b->ptr[u + 1] = draw_user(e, first + u, NULL, NULL, NULL);
    hr_offsets_sum(b->ptr, b->users);
    HR_TRY(reserve(e, b->ptr[b->users], err));
    memset(b->split, HR_TRAIN, (size_t)b->count);
#pragma omp parallel for schedule(dynamic, 64)
    for (int64_t u = 0; u < b->users; u++)
        draw_user(e, first + u, b->movie + b->ptr[u], b->value + b->ptr[u], b->time + b->ptr[u]);
    HR_TRY(hr_split_apply(&alone, b, e->rule, e->seed, err));
    *ratings = *b;
    if (!e->counted)
        hr_user_split_count(b, e->made->splits);
done:
    return status;
}

static hr_status take_counted(void *context, hr_error *err)
{
    expansion *e = context;
    e->counted = true;
    const hr_status status = hr_sum_i64(e->comm, e->made->splits, HR_SPLITS, err);
    for (int s = 0; s < HR_SPLITS; s++)
        e->made->ratings += e->made->splits[s];
    return status;
}

/* The movies of the dataset, as many times over as there are blocks of them. */
static hr_status repeat_movies(expansion *e, hr_h5 *file, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_text_options texts = HR_TEXT_DEFAULTS;
    const int64_t movies = e->from.movies, all = e->made->movies;
    hr_strings title = {0};
    hr_genres genres = {0};
    hr_dataset *d = &e->data;
    HR_TRY(hr_h5_read_strings(file, "movie/title", 0, movies, &title, err));
    HR_TRY(hr_genres_read(file, movies, &genres, err));
    HR_ALLOC(d->year, all);
    HR_ALLOC(d->imdb, all);
    HR_ALLOC(d->tmdb, all);
    HR_TRY(hr_h5_read_rows(file, "movie/year", HR_H5_I32, 0, movies, 1, d->year, err));
    for (int64_t m = 0; m < all; m++) {
        const int64_t from = m % movies;
        const char *text = hr_strings_at(&title, from);
        HR_TRY(hr_strings_append(&d->title, text, (int64_t)strlen(text), err));
        HR_TRY(
            hr_genres_append(&d->genres, genres.genre + genres.ptr[from], hr_genres_of(&genres, from), err));
        d->year[m] = d->year[from];
    }
    d->genres.name = genres.name;
    genres.name = (hr_strings){0};
    HR_TRY(hr_text_build(d, &texts, &d->text, err));
done:
    hr_genres_free(&genres);
    hr_strings_free(&title);
    return status;
}

static hr_status number(hr_ids *ids, int64_t count, hr_error *err)
{
    hr_status status = HR_OK;
    ids->count = count;
    HR_ALLOC(ids->number, count);
    for (int64_t i = 0; i < count; i++)
        ids->number[i] = i + 1;
done:
    return status;
}

static hr_status read_source(expansion *e, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    hr_dataset_summary s;
    const hr_comm alone = hr_comm_alone();
    HR_TRY(hr_dataset_open(&file, &s, path, err));
    HR_TRY(hr_dataset_verify(&alone, file, &s, err));
    if (s.users > INT32_MAX / e->user_blocks || s.movies > INT32_MAX / e->movie_blocks)
        HR_TRY(hr_fail(err, HR_USAGE, "--by %" PRId64 "x%" PRId64 ": gives more than %d users or movies",
                       e->user_blocks, e->movie_blocks, INT32_MAX));
    HR_TRY(hr_dataset_read_slice(file, 0, s.users, 0.0, &e->from, err));
    HR_TRY(hr_dataset_read_values(file, &e->from, err));
    HR_TRY(hr_dataset_read_times(file, &e->from, err));
    HR_ALLOC(e->density, e->user_blocks * e->movie_blocks);
    HR_TRY(hr_density_reduce(&e->from, e->user_blocks, e->movie_blocks, e->density, err));
    e->made->users = s.users * e->user_blocks;
    e->made->movies = e->data.ratings.movies = s.movies * e->movie_blocks;
    e->data.split_seed = e->seed;
    snprintf(e->data.split, sizeof e->data.split, "%s", e->rule->text);
    snprintf(e->data.source, sizeof e->data.source,
             "expanded by %" PRId64 "x%" PRId64 " seed %" PRIu64 " from %.150s", e->user_blocks,
             e->movie_blocks, e->seed, s.source);
    if (e->comm->rank == 0) {
        HR_TRY(number(&e->data.user_id, e->made->users, err));
        HR_TRY(number(&e->data.movie_id, e->made->movies, err));
        HR_TRY(repeat_movies(e, file, err));
    }
done:
    hr_h5_close(file);
    return status;
}

hr_status hr_expand(const hr_comm *comm, const char *path, int64_t user_blocks, int64_t movie_blocks,
                    const hr_split_rule *rule, uint64_t seed, const char *out, hr_expanded *made,
                    hr_error *err)
{
    expansion e = {.comm = comm,
                   .rule = rule,
                   .seed = seed,
                   .user_blocks = user_blocks,
                   .movie_blocks = movie_blocks,
                   .made = made};
    *made = (hr_expanded){0};
    hr_status status = hr_user_split_check(rule, err);
    if (status == HR_OK)
        status = read_source(&e, path, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    e.first_user = made->users * comm->rank / comm->size;
    e.users = made->users * (comm->rank + 1) / comm->size - e.first_user;
    e.users_a_block = 1 + RATINGS_A_BLOCK / (1 + movie_blocks * (e.from.count / e.from.users));
    const hr_dataset_blocks blocks = {(e.users + e.users_a_block - 1) / e.users_a_block, make_block,
                                      take_counted, &e};
    HR_TRY(hr_dataset_write_blocks(comm, &e.data, &blocks, out, NULL, NULL, err));
done:
    hr_ratings_free(&e.block);
    hr_ratings_free(&e.from);
    hr_dataset_free(&e.data);
    free(e.density);
    return status;
}
