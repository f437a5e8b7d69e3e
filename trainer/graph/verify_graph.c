#include "trainer/graph/verify_graph.h"

#include "io/base/memory.h"
#include "trainer/graph/dataset_hash.h"
#include "trainer/graph/graph_hash.h"
#include "trainer/graph/verify_halo.h"

/* Sums over ranks, mod 2^64. */
typedef struct sums {
    uint64_t edges; /* of pairs that are edges */
    uint64_t rated; /* of the owned users' train ratings */
    uint64_t users; /* of owned users with their lists */
} sums;

static hr_status check_edges(const hr_shard *s, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t *rated_by = NULL; /* [movies] the last user slot, + 1, whose list has it */
    HR_ALLOC(rated_by, s->movies);
    for (int64_t u = 0; u < s->user_slots; u++) {
        for (int64_t i = s->rated_ptr[u]; i < s->rated_ptr[u + 1]; i++)
            rated_by[s->rated_movie[i]] = u + 1;
        for (int64_t e = s->edge_ptr[u]; e < s->edge_ptr[u + 1]; e++)
            if (rated_by[hr_movie_of(s, e)] != u + 1)
                HR_TRY(hr_fail_broken("an edge is none of its user's ratings", e, err));
    }
done:
    free(rated_by);
    return status;
}

/* Of this rank's part. */
static sums sum_part(const hr_shard *s, uint64_t key)
{
    sums sum = {0};
    for (int64_t u = 0; u < s->user_slots; u++) {
        const int64_t user = hr_user_of(s, u);
        for (int64_t e = s->edge_ptr[u]; e < s->edge_ptr[u + 1]; e++)
            sum.edges += hr_hash_pair(key, user, hr_movie_of(s, e));
        if (s->user_row[u] >= s->owned)
            continue;
        for (int64_t i = s->rated_ptr[u]; i < s->rated_ptr[u + 1]; i++)
            sum.rated += hr_hash_pair(key, user, s->rated_movie[i]);
        sum.users += hr_hash_slot(s, key, u);
    }
    return sum;
}

hr_status hr_graph_verify(hr_graph_context *context, const char *dataset, double valid, hr_error *err)
{
    const hr_comm *world = &context->grid.world;
    hr_status status = HR_OK;
    uint64_t key = 0, expected = 0;
    HR_TRY(hr_draw_key(world, &key, err));
    HR_TRY(hr_agree(world, check_edges(&context->shard, err), NULL, err));
    HR_TRY(hr_verify_ghosts(context, key, err));
    HR_TRY(hr_verify_degrees(context, err));
    hr_halo_count_anew(context->halo); /* what a run says that it sends is of its steps */
    sums sum = sum_part(&context->shard, key);
    HR_TRY(hr_sum_u64(&context->grid.parts, (uint64_t *)&sum, sizeof sum / sizeof(uint64_t), err));
    HR_TRY(hr_dataset_hash(context, dataset, valid, key, &expected, err));
    if (sum.edges != sum.rated)
        status = hr_fail(
            err, HR_INPUT,
            "a train rating is the edge of no part or of two; the partition is damaged: cut the dataset "
            "again");
    else if (sum.users != expected)
        status = hr_fail(
            err, HR_INPUT,
            "users have other train ratings than in %s; the partition is damaged: cut the dataset again",
            dataset);
done:
    return status;
}
