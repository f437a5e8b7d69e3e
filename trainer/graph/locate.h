/* Where a user, a movie or an edge of the whole dataset is on this rank: from global numbers to slots and
 * rows of its shard (graph_context.h). */
#ifndef HR_TRAINER_GRAPH_LOCATE_H
#define HR_TRAINER_GRAPH_LOCATE_H

#include "io/base/error.h"
#include "partition/halo/shard.h"

#include <stdbool.h>
#include <stdint.h>

enum { HR_NOT_HERE = -1 };

/* Zero-initialise; free with hr_locate_free. The shard must outlive it. */
typedef struct hr_locate {
    const hr_shard *shard;
    int32_t *user_slot;    /* [users] the user's slot, or HR_NOT_HERE */
    int32_t *movie_slot;   /* [movies] the movie's slot, or HR_NOT_HERE */
    int32_t *slot_by_edge; /* [user_slots] slots in ascending order of first_edge */
    int64_t *begin;        /* [user_slots] their first_edge */
    int32_t
        *begun; /* [edges_total >> shift, plus 2] how many of them are less than a multiple of 1 << shift */
    int shift;
    int32_t *owned_movie_row; /* [movies] the movie's row where this rank owns it, or HR_NOT_HERE */
} hr_locate;

/* Local. HR_MEMORY. */
hr_status hr_locate_build(hr_locate *locate, const hr_shard *shard, hr_error *err);
void hr_locate_free(hr_locate *locate);

/* The slot of the user whose train edge has global number `edge`, and the edge's *index in the user's list of
 * rated movies; HR_NOT_HERE where the user has no edge on this rank. Local, as all below. */
int32_t hr_locate_user_of_edge(const hr_locate *locate, int64_t edge, int64_t *index);

/* Whether the edge of a user slot and a movie, one of the user's in train, lies on this rank; if so
 * *movie_row is the movie's row. */
bool hr_locate_edge(const hr_locate *locate, int32_t user_slot, int32_t movie, int32_t *movie_row);

/* The rating of edge number `edge` of the shard, one of user slot `user_slot`, once ratings are read. */
float hr_locate_rating(const hr_shard *shard, int32_t user_slot, int64_t edge);

/* Prefetches into the cache what hr_locate_rated will read for a user slot: worth it a few users ahead. */
void hr_locate_prefetch_rated(const hr_shard *shard, int32_t user_slot);

/* Whether the user of a slot has the movie in train, on whatever rank that edge lies. */
bool hr_locate_rated(const hr_shard *shard, int32_t user_slot, int32_t movie);

#endif
