/* What a graph is compared by: hashes of edges and of users, which are summed mod 2^64 over ranks. */
#ifndef HR_TRAINER_GRAPH_GRAPH_HASH_H
#define HR_TRAINER_GRAPH_GRAPH_HASH_H

#include "io/comm/comm.h"
#include "partition/halo/shard.h"

/* The movie of an edge of a shard, and the user of a user slot. */
static inline int64_t hr_movie_of(const hr_shard *s, int64_t edge)
{
    return s->vertex[s->movie_row[s->edge_movie[edge]]] - s->users;
}

static inline int64_t hr_user_of(const hr_shard *s, int64_t slot)
{
    return s->vertex[s->user_row[slot]];
}

/* Draws a key that no file can have been made for, the same on all ranks. Collective. HR_COMM. */
hr_status hr_draw_key(const hr_comm *comm, uint64_t *key, hr_error *err);

/* Of a user and a movie. */
uint64_t hr_hash_pair(uint64_t key, int64_t user, int64_t movie);

/* Of a user with the number of the first edge, `count` train movies and, unless NULL, their ratings. */
uint64_t hr_hash_user(uint64_t key, int64_t user, int64_t first_edge, const int32_t *movie,
                      const float *value, int64_t count);

/* Of the user of a slot, with the ratings where the shard has read them. */
uint64_t hr_hash_slot(const hr_shard *s, uint64_t key, int64_t slot);

#endif
