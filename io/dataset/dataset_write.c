#include "io/base/memory.h"
#include "io/dataset/dataset.h"
#include "io/dataset/fingerprint.h"
#include "io/dataset/ids_file.h"
#include "io/hdf5/shared_file.h"

#include <assert.h>
#include <inttypes.h>

enum { BYTES_A_RATING = 17, BYTES_A_MOVIE = 256, BYTES_A_TAG = 64, BYTES_A_USER = 16 };

/* What all ranks hold together. */
typedef struct totals {
    int64_t users, ratings, splits[HR_SPLITS];
    int64_t first; /* rating of this rank */
    uint64_t fingerprint[2];
} totals;

/* Byte offsets of the ratings' arrays in the file. */
typedef struct offsets {
    int64_t ptr, movie, value, time, split;
} offsets;

/* What the blocks of this rank hold. */
static hr_status count_blocks(const hr_dataset_blocks *blocks, totals *t, hr_error *err)
{
    hr_status status = HR_OK;
    hr_ratings r;
    int64_t splits[HR_SPLITS];
    for (int64_t b = 0; b < blocks->count && status == HR_OK; b++) {
        HR_TRY(blocks->make(blocks->context, b, &r, err));
        hr_ratings_count_splits(&r, splits);
        hr_fingerprint_add_ratings(t->fingerprint, &r);
        t->users += r.users;
        t->ratings += r.count;
        for (int s = 0; s < HR_SPLITS; s++)
            t->splits[s] += splits[s];
    }
done:
    return status;
}

static hr_status sum_up(const hr_comm *comm, const hr_dataset *d, totals *t, hr_error *err)
{
    hr_status status = HR_OK;
    t->first = t->ratings;
    if (comm->rank == 0)
        hr_fingerprint_add_ids(t->fingerprint, d);
    HR_TRY(hr_sum_u64(comm, t->fingerprint, 2, err));
    HR_TRY(hr_sum_i64(comm, &t->users, 1, err));
    HR_TRY(hr_sum_i64(comm, &t->ratings, 1, err));
    HR_TRY(hr_sum_i64(comm, t->splits, HR_SPLITS, err));
    HR_TRY(hr_sum_before_i64(comm, &t->first, 1, err));
done:
    return status;
}

static hr_status write_attributes(hr_h5 *file, const hr_dataset *d, const totals *t, hr_error *err)
{
    hr_status status = HR_OK;
    char fingerprint[HR_FINGERPRINT_LENGTH];
    hr_fingerprint_text(t->fingerprint, fingerprint);
    HR_TRY(hr_h5_set_text(file, "fingerprint", fingerprint, err));
    HR_TRY(hr_h5_set_text(file, "source", d->source, err));
    HR_TRY(hr_h5_set_i64(file, "users", t->users, err));
    HR_TRY(hr_h5_set_i64(file, "movies", d->ratings.movies, err));
    HR_TRY(hr_h5_set_i64(file, "ratings", t->ratings, err));
    for (int part = 0; part < HR_SPLITS; part++)
        HR_TRY(hr_h5_set_i64(file, hr_split_names[part], t->splits[part], err));
    HR_TRY(hr_h5_set_text(file, "split", d->split, err));
    HR_TRY(hr_h5_set_i64(file, "split_seed", (int64_t)d->split_seed, err));
    if (d->has_scale) {
        HR_TRY(hr_h5_set_f64(file, "scale_low", (double)d->low, err));
        HR_TRY(hr_h5_set_f64(file, "scale_high", (double)d->high, err));
    }
done:
    return status;
}

static hr_status write_movies(hr_h5 *file, const hr_dataset *d, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t movies = d->ratings.movies;
    HR_TRY(hr_ids_write(file, "movie/id", &d->movie_id, err));
    HR_TRY(hr_h5_write_strings(file, "movie/title", &d->title, err));
    HR_TRY(hr_h5_write(file, "movie/year", HR_H5_I32, movies, 1, d->year, err));
    HR_TRY(hr_genres_write(file, &d->genres, err));
    HR_TRY(hr_h5_write(file, "movie/imdb", HR_H5_I64, movies, 1, d->imdb, err));
    HR_TRY(hr_h5_write(file, "movie/tmdb", HR_H5_I64, movies, 1, d->tmdb, err));
done:
    return status;
}

static hr_status write_tags(hr_h5 *file, const hr_dataset *d, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_h5_write(file, "tag/user", HR_H5_I32, d->tags, 1, d->tag_user, err));
    HR_TRY(hr_h5_write(file, "tag/movie", HR_H5_I32, d->tags, 1, d->tag_movie, err));
    HR_TRY(hr_h5_write(file, "tag/text", HR_H5_I32, d->tags, 1, d->tag_text, err));
    HR_TRY(hr_h5_write(file, "tag/time", HR_H5_I64, d->tags, 1, d->tag_time, err));
    HR_TRY(hr_h5_write_strings(file, "tag/name", &d->tag_name, err));
done:
    return status;
}

static hr_status declare(hr_h5 *file, const char *name, hr_h5_type type, int64_t count, int64_t *offset,
                         hr_error *err)
{
    const hr_status status = hr_h5_declare(file, name, type, count, 1, err);
    return status == HR_OK && count > 0 ? hr_h5_offset(file, name, offset, err) : status;
}

static hr_status declare_ratings(hr_h5 *file, const totals *t, offsets *at, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(declare(file, "rating/ptr", HR_H5_I64, t->users + 1, &at->ptr, err));
    HR_TRY(declare(file, "rating/movie", HR_H5_I32, t->ratings, &at->movie, err));
    HR_TRY(declare(file, "rating/value", HR_H5_F32, t->ratings, &at->value, err));
    HR_TRY(declare(file, "rating/time", HR_H5_I64, t->ratings, &at->time, err));
    HR_TRY(declare(file, "rating/split", HR_H5_U8, t->ratings, &at->split, err));
done:
    return status;
}

static int64_t bytes_of(const hr_dataset *d, const totals *t)
{
    return t->ratings * BYTES_A_RATING + d->ratings.movies * BYTES_A_MOVIE + t->users * BYTES_A_USER +
           d->user_id.text.used + d->movie_id.text.used + d->tags * BYTES_A_TAG + hr_text_bytes(&d->text);
}

/* Rank 0 makes the file and writes all but the ratings. */
static hr_status lay_out(const hr_dataset *d, const totals *t, const char *path, hr_dataset_extra *extra,
                         void *context, offsets *at, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    assert(d->user_id.count == t->users);
    HR_TRY(hr_h5_create(&file, path, HR_DATASET_FORMAT, HR_DATASET_VERSION, bytes_of(d, t), err));
    HR_TRY(write_attributes(file, d, t, err));
    HR_TRY(hr_ids_write(file, "user/id", &d->user_id, err));
    HR_TRY(write_movies(file, d, err));
    HR_TRY(declare_ratings(file, t, at, err));
    HR_TRY(write_tags(file, d, err));
    if (d->text.ptr)
        HR_TRY(hr_text_write(file, &d->text, err));
    if (extra)
        HR_TRY(extra(context, file, err));
    HR_TRY(hr_h5_hand_over(file, err));
done:
    hr_h5_close(file);
    return status;
}

/* A part of rating/ptr, after so many ratings. */
static hr_status write_ptr(hr_shared_file *file, const hr_ratings *r, int64_t before, int64_t offset,
                           hr_error *err)
{
    enum { BLOCK = 4096 };
    const int64_t size = (int64_t)sizeof(int64_t);
    int64_t block[BLOCK];
    hr_status status = HR_OK;
    for (int64_t first = 0; first < r->users && status == HR_OK; first += BLOCK) {
        const int64_t count = r->users - first < BLOCK ? r->users - first : BLOCK;
        for (int64_t i = 0; i < count; i++)
            block[i] = before + r->ptr[first + i];
        status = hr_shared_write(file, offset + (r->first_user + first) * size, block, count * size, err);
    }
    return status;
}

static hr_status write_block(hr_shared_file *file, const hr_ratings *r, int64_t before, const offsets *at,
                             hr_error *err)
{
    const struct {
        int64_t offset, size;
        const void *data;
    } arrays[] = {{at->movie, sizeof *r->movie, r->movie},
                  {at->value, sizeof *r->value, r->value},
                  {at->time, sizeof *r->time, r->time},
                  {at->split, sizeof *r->split, r->split}};
    hr_status status = write_ptr(file, r, before, at->ptr, err);
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays && status == HR_OK; i++)
        status = hr_shared_write(file, arrays[i].offset + before * arrays[i].size, arrays[i].data,
                                 r->count * arrays[i].size, err);
    return status;
}

/* This rank's blocks; rank 0 writes the end of rating/ptr. */
static hr_status write_blocks(hr_shared_file *file, const hr_comm *comm, const hr_dataset_blocks *blocks,
                              const totals *t, const offsets *at, hr_error *err)
{
    hr_status status = HR_OK;
    hr_ratings r;
    int64_t before = t->first;
    const int64_t size = (int64_t)sizeof(int64_t);
    for (int64_t b = 0; b < blocks->count; b++) {
        HR_TRY(blocks->make(blocks->context, b, &r, err));
        HR_TRY(write_block(file, &r, before, at, err));
        before += r.count;
    }
    if (comm->rank == 0)
        status = hr_shared_write(file, at->ptr + t->users * size, &t->ratings, size, err);
done:
    return status;
}

hr_status hr_dataset_write_blocks(const hr_comm *comm, const hr_dataset *d, const hr_dataset_blocks *blocks,
                                  const char *path, hr_dataset_extra *extra, void *context, hr_error *err)
{
    totals t = {0};
    offsets at = {0};
    hr_shared_file *file = NULL;
    hr_status status = count_blocks(blocks, &t, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    if (blocks->counted)
        HR_TRY(blocks->counted(blocks->context, err));
    HR_TRY(sum_up(comm, d, &t, err));
    if (comm->rank == 0)
        status = lay_out(d, &t, path, extra, context, &at, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_broadcast(comm, &at, sizeof at, 0, err));
    HR_TRY(hr_shared_open(&file, comm, path, err));
    status = write_blocks(file, comm, blocks, &t, &at, err);
    HR_TRY(hr_shared_publish(file, status, err));
done:
    hr_shared_close(file);
    return status;
}

static hr_status hand_out(void *context, int64_t block, hr_ratings *ratings, hr_error *err)
{
    (void)block, (void)err;
    *ratings = *(const hr_ratings *)context;
    return HR_OK;
}

hr_status hr_dataset_write_ranks(const hr_comm *comm, const hr_dataset *d, const char *path,
                                 hr_dataset_extra *extra, void *context, hr_error *err)
{
    const hr_dataset_blocks whole = {.count = 1, .make = hand_out, .context = (void *)&d->ratings};
    assert(hr_ratings_is_valid(&d->ratings));
    return hr_dataset_write_blocks(comm, d, &whole, path, extra, context, err);
}

hr_status hr_dataset_write(const hr_dataset *d, const char *path, hr_error *err)
{
    const hr_comm alone = hr_comm_alone();
    assert(hr_dataset_is_valid(d));
    return hr_dataset_write_ranks(&alone, d, path, NULL, NULL, err);
}
