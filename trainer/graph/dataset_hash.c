#include "trainer/graph/dataset_hash.h"

#include "io/base/memory.h"
#include "io/comm/row_block.h"
#include "io/dataset/dataset.h"
#include "trainer/graph/graph_hash.h"

/* Leaves train ratings only, in compressed rows; returns how many. */
static int64_t keep_train(hr_ratings *r)
{
    int64_t kept = 0, first = 0;
    for (int64_t u = 0; u < r->users; u++) {
        const int64_t end = r->ptr[u + 1];
        for (int64_t i = first; i < end; i++)
            if (r->split[i] == HR_TRAIN) {
                r->movie[kept] = r->movie[i];
                if (r->value)
                    r->value[kept] = r->value[i];
                kept++;
            }
        first = end;
        r->ptr[u + 1] = kept;
    }
    return kept;
}

/* The number of this rank's first edge: ranks have their users in order. */
static hr_status find_first_edge(const hr_comm *comm, int64_t mine, int64_t *first, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t *count = hr_alloc(comm->size, sizeof *count);
    if (!count)
        status = hr_fail_memory(err, comm->size, sizeof *count, "counts of edges");
    HR_TRY(hr_agree(comm, status, NULL, err));
    count[comm->rank] = mine;
    HR_TRY(hr_sum_i64(comm, count, comm->size, err));
    *first = 0;
    for (int r = 0; r < comm->rank; r++)
        *first += count[r];
done:
    free(count);
    return status;
}

/* What is gathered of this rank's block of users, a slice after the other. */
typedef struct gathering {
    uint64_t key, sum;
    int64_t edges; /* of the slices so far, from `first_edge` on */
    int64_t first_edge;
} gathering;

static hr_status count_slice(void *context, hr_ratings *slice, hr_error *err)
{
    (void)err;
    ((gathering *)context)->edges += keep_train(slice);
    return HR_OK;
}

static hr_status hash_slice(void *context, hr_ratings *r, hr_error *err)
{
    (void)err;
    gathering *g = context;
    const int64_t edges = keep_train(r);
    for (int64_t u = 0; u < r->users; u++)
        g->sum += hr_hash_user(g->key, r->first_user + u, g->first_edge + g->edges + r->ptr[u],
                               r->movie + r->ptr[u], r->value ? r->value + r->ptr[u] : NULL,
                               r->ptr[u + 1] - r->ptr[u]);
    g->edges += edges;
    return HR_OK;
}

hr_status hr_dataset_hash(const hr_graph_context *context, const char *path, double valid, uint64_t key,
                          uint64_t *sum, hr_error *err)
{
    const hr_comm *comm = &context->grid.world;
    const bool with_values = context->shard.rated_value != NULL;
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    hr_dataset_summary data;
    hr_row_block block = {0};
    gathering g = {.key = key};
    status = hr_dataset_open(&file, &data, path, err);
    if (status == HR_OK) {
        block = hr_row_block_of(comm, data.users, data.movies);
        status =
            hr_dataset_each_slice(file, block.first_user, block.users, valid, false, count_slice, &g, err);
    }
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(find_first_edge(comm, g.edges, &g.first_edge, err));
    g.edges = 0;
    status =
        hr_dataset_each_slice(file, block.first_user, block.users, valid, with_values, hash_slice, &g, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    *sum = g.sum;
    HR_TRY(hr_sum_u64(comm, sum, 1, err));
done:
    hr_h5_close(file);
    return status;
}
