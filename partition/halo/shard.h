/* A shard: the piece of a plan that one rank holds. See plan.h for rows and slots.
 *
 *     row     0          owned_users   owned                       owned + ghosts
 *             | users    | movies      | ghosts, users and movies  |
 *     vertex  | …        | …           | …                         |
 *     degree  | …        | …           |
 *     ghost_owner, ghost_row           | …                         |
 *
 * User slot s is row user_row[s]; its edges go to the movie slots edge_movie[edge_ptr[s]] …
 * edge_movie[edge_ptr[s + 1] - 1]. Movie slot t is row movie_row[t]. */
#ifndef HR_PARTITION_HALO_SHARD_H
#define HR_PARTITION_HALO_SHARD_H

#include "io/base/error.h"
#include "io/hdf5/h5.h"

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise; free with hr_shard_free. */
typedef struct hr_shard {
    int64_t users, movies, edges_total; /* of the whole graph */
    int32_t part;

    int64_t owned_users, owned; /* rows; owned_users <= owned: users first, then movies */
    int64_t ghosts;
    int64_t *vertex;      /* [owned + ghosts] global vertex number of each row */
    int32_t *degree;      /* [owned] train edges of each owned vertex, on all ranks together */
    int32_t *ghost_owner; /* [ghosts] part that owns it, ascending */
    int32_t *ghost_row;   /* [ghosts] its row there, ascending within an owner */

    int64_t user_slots, movie_slots, edges;
    int32_t *user_row;   /* [user_slots] ascending: owned users (slot = row), then ghosts */
    int32_t *movie_row;  /* [movie_slots] ascending: owned movies (slot = row - owned_users), then ghosts */
    int64_t *edge_ptr;   /* [user_slots + 1] */
    int32_t *edge_movie; /* [edges] movie slots, ascending within a user slot */

    int64_t *first_edge;  /* [user_slots] global number of the user's first train edge */
    int64_t *rated_ptr;   /* [user_slots + 1] */
    int32_t *rated_movie; /* [rated_ptr[user_slots]] train movies of each user, on all ranks, ascending */
    float *rated_value;   /* [rated_ptr[user_slots]] their ratings; NULL until hr_shard_read_values */
} hr_shard;

/* Reads part `part` of an open partition file, as contiguous pieces. HR_INPUT where the file is truncated or
 * hr_shard_check fails; HR_MEMORY, HR_IO. Local. */
hr_status hr_shard_read(hr_shard *shard, hr_h5 *partition, int32_t part, hr_error *err);

/* Reads the ratings as well. HR_INPUT where the file is truncated or has no values. Local. */
hr_status hr_shard_read_values(hr_shard *shard, hr_h5 *partition, hr_error *err);

/* Checks every invariant stated above, for data that comes from a file. HR_INPUT, with the first that does
 * not hold. Local. */
hr_status hr_shard_check(const hr_shard *shard, hr_error *err);

/* Whether hr_shard_check succeeds, for assertions. */
bool hr_shard_is_valid(const hr_shard *shard);

void hr_shard_free(hr_shard *shard);

#endif
