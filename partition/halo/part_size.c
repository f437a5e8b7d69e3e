#include "partition/halo/part_size.h"

void hr_plan_sizes(const hr_plan *plan, hr_part_size *sizes)
{
    for (int32_t p = 0; p < plan->parts; p++)
        sizes[p] = (hr_part_size){.whole = {plan->users, plan->movies, plan->edges},
                                  .owned = plan->vertex_ptr[p + 1] - plan->vertex_ptr[p],
                                  .ghosts = plan->ghost_ptr[p + 1] - plan->ghost_ptr[p],
                                  .sent = plan->sent[p],
                                  .user_slots = plan->user_slot_ptr[p + 1] - plan->user_slot_ptr[p],
                                  .movie_slots = plan->movie_slot_ptr[p + 1] - plan->movie_slot_ptr[p],
                                  .edges = plan->edge_ptr[p + 1] - plan->edge_ptr[p],
                                  .rated = plan->rated_ptr[p + 1] - plan->rated_ptr[p]};
}

hr_part_size hr_shard_size(const hr_shard *shard, int64_t sent)
{
    return (hr_part_size){.whole = {shard->users, shard->movies, shard->edges_total},
                          .owned = shard->owned,
                          .ghosts = shard->ghosts,
                          .sent = sent,
                          .user_slots = shard->user_slots,
                          .movie_slots = shard->movie_slots,
                          .edges = shard->edges,
                          .rated = shard->rated_ptr[shard->user_slots]};
}

int64_t hr_part_bytes(const hr_part_size *size)
{
    const int64_t wide = (int64_t)sizeof(int64_t), narrow = (int64_t)sizeof(int32_t);
    return (size->owned + size->ghosts) * wide + size->owned * narrow + size->ghosts * 2 * narrow +
           size->user_slots * (narrow + 3 * wide) + (size->movie_slots + size->edges + size->rated) * narrow;
}
