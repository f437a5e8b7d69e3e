/* Edges by movie, for passes that read users' rows. The rows of all users of a movie are more than a cache
 * holds. So users are divided into blocks whose rows stay in the second-level cache, and a movie has a list
 * of edges in each block where it has any. */
#ifndef HR_TRAINER_LAYERS_MOVIE_EDGES_H
#define HR_TRAINER_LAYERS_MOVIE_EDGES_H

#include "io/base/error.h"
#include "partition/halo/shard.h"

/* Zero-initialise; free with hr_movie_edges_free. */
typedef struct hr_movie_edges {
    int64_t count;  /* lists */
    int64_t *ptr;   /* [count + 1] offsets of each list's edges */
    int32_t *movie; /* [count] slots, ascending within a block */
    int32_t *user;  /* [edges] slots, less the first one of the block; ascending within a list */
    float *value;   /* [edges] or NULL */
    int64_t *share; /* [shares + 1] the first block of each share of the users */
    int64_t blocks;
    int64_t *first_list; /* [blocks + 1] of each block */
    int64_t *first_user; /* [blocks + 1] slot of each block */
    int64_t most_users;  /* of a block */
} hr_movie_edges;

/* Makes the lists.
 *   value       [edges] in the shard's order, or NULL
 *   first_user  [shares + 1] user slots of each share; a block is of one share
 *   row_bytes   of a user's row, as far as it is read at a time
 * Local. HR_MEMORY. */
hr_status hr_movie_edges_create(hr_movie_edges *edges, const hr_shard *shard, const float *value,
                                const int64_t *first_user, int shares, int64_t row_bytes, hr_error *err);
void hr_movie_edges_free(hr_movie_edges *edges);

#endif
