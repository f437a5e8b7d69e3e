/* Size of a part, of a plan or of a shard: its memory and its messages follow from it. */
#ifndef HR_PARTITION_HALO_PART_SIZE_H
#define HR_PARTITION_HALO_PART_SIZE_H

#include "partition/halo/shard.h"
#include "partition/plan/plan.h"

#include <stdint.h>

typedef struct hr_part_size {
    hr_graph_size whole;   /* of the whole graph */
    int64_t owned, ghosts; /* rows */
    int64_t sent;          /* ghosts of its owned rows on all other parts */
    int64_t user_slots, movie_slots, edges;
    int64_t rated; /* train edges of its user slots, on all parts together */
} hr_part_size;

/* Fills sizes [plan->parts]. Local. */
void hr_plan_sizes(const hr_plan *plan, hr_part_size *sizes);

/* The size of a shard; `sent` is that of its halo (hr_halo_sent). */
hr_part_size hr_shard_size(const hr_shard *shard, int64_t sent);

/* Bytes of the arrays of a shard of this size, without ratings (hr_shard_read_values). */
int64_t hr_part_bytes(const hr_part_size *size);

#endif
