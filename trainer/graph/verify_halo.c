#include "trainer/graph/verify_halo.h"

#include "io/base/memory.h"
#include "trainer/graph/graph_hash.h"

#include <inttypes.h>

enum { HALF_BITS = 24, CHECKED_COLUMNS = 4, COUNT_BITS = 12, COUNT_COLUMNS = 2 };

static const uint64_t half_mask = (1U << HALF_BITS) - 1;

hr_status hr_fail_broken(const char *what, int64_t at, hr_error *err)
{
    return hr_fail(err, HR_INPUT, "%s, at %" PRId64 "; the partition is damaged: cut the dataset again", what,
                   at);
}

/* A row's vertex and, of a user, its hash: in halves that a float has exactly. */
static void fill_row(const hr_shard *s, const uint64_t *hash, int64_t row, float out[CHECKED_COLUMNS])
{
    const uint64_t vertex = (uint64_t)s->vertex[row];
    out[0] = (float)(vertex & half_mask);
    out[1] = (float)(vertex >> HALF_BITS & half_mask);
    out[2] = (float)(hash[row] & half_mask);
    out[3] = (float)(hash[row] >> HALF_BITS & half_mask);
}

/* Ghosts are of the vertices that their owners have, with the same lists. */
hr_status hr_verify_ghosts(hr_graph_context *context, uint64_t key, hr_error *err)
{
    const hr_shard *s = &context->shard;
    const int64_t rows = s->owned + s->ghosts;
    hr_status status = HR_OK;
    uint64_t *hash = NULL;
    float *row = NULL, mine[CHECKED_COLUMNS];
    hash = hr_alloc(rows, sizeof *hash);
    row = hr_alloc(rows, CHECKED_COLUMNS * sizeof *row);
    if (!hash || !row)
        status = hr_fail_memory(err, rows, sizeof *hash, "the check of ghosts");
    HR_TRY(hr_agree(&context->grid.parts, status, NULL, err));
    for (int64_t u = 0; u < s->user_slots; u++)
        hash[s->user_row[u]] = hr_hash_slot(s, key, u);
    for (int64_t r = 0; r < s->owned; r++)
        fill_row(s, hash, r, row + r * CHECKED_COLUMNS);
    HR_TRY(hr_halo_scatter(context->halo, row, CHECKED_COLUMNS, err));
    for (int64_t r = s->owned; r < rows && status == HR_OK; r++) {
        fill_row(s, hash, r, mine);
        for (int c = 0; c < CHECKED_COLUMNS && status == HR_OK; c++)
            if (row[r * CHECKED_COLUMNS + c] != mine[c])
                status = hr_fail_broken("a ghost is not what its owner has", r - s->owned, err);
    }
    HR_TRY(hr_agree(&context->grid.parts, status, NULL, err));
done:
    free(row);
    free(hash);
    return status;
}

/* Degrees are the numbers of edges on all ranks, which are counted in two digits: floats are exact so far. */
hr_status hr_verify_degrees(hr_graph_context *context, hr_error *err)
{
    const hr_shard *s = &context->shard;
    const int64_t rows = s->owned + s->ghosts;
    hr_status status = HR_OK;
    int64_t *edges = hr_alloc(rows, sizeof *edges);
    float *digit = hr_alloc(rows, COUNT_COLUMNS * sizeof *digit);
    if (!edges || !digit)
        status = hr_fail_memory(err, rows, sizeof *edges, "the check of degrees");
    HR_TRY(hr_agree(&context->grid.parts, status, NULL, err));
    for (int64_t u = 0; u < s->user_slots; u++)
        edges[s->user_row[u]] = s->edge_ptr[u + 1] - s->edge_ptr[u];
    for (int64_t e = 0; e < s->edges; e++)
        edges[s->movie_row[s->edge_movie[e]]]++;
    for (int64_t r = 0; r < rows; r++) {
        digit[r * COUNT_COLUMNS] = (float)(edges[r] % (1 << COUNT_BITS));
        digit[r * COUNT_COLUMNS + 1] = (float)(edges[r] >> COUNT_BITS);
    }
    HR_TRY(hr_halo_reduce(context->halo, digit, COUNT_COLUMNS, err));
    for (int64_t r = 0; r < s->owned && status == HR_OK; r++)
        if ((int64_t)digit[r * COUNT_COLUMNS] + ((int64_t)digit[r * COUNT_COLUMNS + 1] << COUNT_BITS) !=
            s->degree[r])
            status = hr_fail_broken("a degree is not the number of the vertex's edges", s->vertex[r], err);
    HR_TRY(hr_agree(&context->grid.parts, status, NULL, err));
done:
    free(digit);
    free(edges);
    return status;
}
