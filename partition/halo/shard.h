/* What one rank holds of the graph: its piece of a plan. */
#ifndef HR_PARTITION_HALO_SHARD_H
#define HR_PARTITION_HALO_SHARD_H

#include "io/base/error.h"
#include "io/hdf5/h5.h"

#include <stdint.h>

/* Zero-initialise; free with hr_shard_free. Rows: owned users, owned movies, ghosts (see plan.h). */
typedef struct hr_shard {
    int64_t users, movies, edges_total; /* of the whole graph */
    int32_t part;

    int64_t owned_users, owned; /* owned_users <= owned: users first, then movies */
    int64_t ghosts;
    int64_t *vertex;      /* [owned + ghosts] global vertex number of each row */
    int32_t *degree;      /* [owned] train edges of each owned vertex, wherever they are */
    int32_t *ghost_owner; /* [ghosts] rank that owns it, ascending */
    int32_t *ghost_row;   /* [ghosts] its row there, ascending within an owner */

    int64_t user_slots, movie_slots, edges;
    int32_t *user_row;   /* [user_slots] ascending: owned users (slot = row), then ghosts */
    int32_t *movie_row;  /* [movie_slots] ascending: owned movies (slot = row - owned_users), then ghosts */
    int64_t *edge_ptr;   /* [user_slots + 1] */
    int32_t *edge_movie; /* [edges] movie slots, ascending within a user slot */

    int64_t *first_edge;  /* [user_slots] global number of the user's first train edge */
    int64_t *rated_ptr;   /* [user_slots + 1] */
    int32_t *rated_movie; /* [rated_ptr[user_slots]] all the user's train movies, here or not, ascending */
    float *rated_value;   /* [the same] their stars, or NULL until hr_shard_read_values */
} hr_shard;

/* Reads part `part` of an open partition file: contiguous pieces only. HR_INPUT where the file is cut off
 * or breaks a promise of hr_shard_check. Each rank by itself. */
hr_status hr_shard_read(hr_shard *shard, hr_h5 *partition, int32_t part, hr_error *err);

/* Adds the stars. HR_INPUT where the file is cut off or has none. Each rank by itself. */
hr_status hr_shard_read_values(hr_shard *shard, hr_h5 *partition, hr_error *err);

/* Checks every invariant stated above. HR_INPUT, naming the first that does not hold. */
hr_status hr_shard_check(const hr_shard *shard, hr_error *err);

void hr_shard_free(hr_shard *shard);

#endif
