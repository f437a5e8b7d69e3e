/* How large a part is, before or after a rank holds it: what its memory and its messages follow from. */
#ifndef HR_PARTITION_HALO_PART_SIZE_H
#define HR_PARTITION_HALO_PART_SIZE_H

#include "partition/halo/shard.h"
#include "partition/plan/plan.h"

#include <stdint.h>

typedef struct hr_part_size {
    hr_graph_size whole;   /* the graph that it is a part of */
    int64_t owned, ghosts; /* rows */
    int64_t sent;          /* times that an owned row is a ghost elsewhere */
    int64_t user_slots, movie_slots, edges;
    int64_t rated; /* train ratings of the users here, wherever their edges are */
} hr_part_size;

/* Fills sizes [plan->parts]. */
void hr_plan_sizes(const hr_plan *plan, hr_part_size *sizes);

/* The size of a shard, `sent` being that of its halo. */
hr_part_size hr_shard_size(const hr_shard *shard, int64_t sent);

/* Bytes that the arrays of a shard of that size take. */
int64_t hr_part_bytes(const hr_part_size *size);

#endif
