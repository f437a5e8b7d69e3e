#include "trainer/layers/movie_edges.h"

#include "io/base/memory.h"

#include <string.h>

/* Bytes of a block's rows: half of a second-level cache of 1 MB. A block has at least BLOCK_DEGREE edges for
 * each movie, for a list costs as much as some edges: on sparse graphs blocks are larger than the cache. */
enum { BLOCK_BYTES = 1 << 19, BLOCK_DEGREE = 8 };

/* Where the block that begins at `first` ends. */
static int64_t block_end(const hr_shard *shard, int64_t first, int64_t end, int64_t row_bytes)
{
    const int64_t fit = BLOCK_BYTES / row_bytes, enough = BLOCK_DEGREE * shard->movie_slots;
    int64_t slot = first;
    while (slot < end && (slot - first < fit || shard->edge_ptr[slot] - shard->edge_ptr[first] < enough))
        slot++;
    return slot;
}

/* Counts the edges of users first … end - 1 by movie; returns how many movies have any. */
static int64_t count_edges(const hr_shard *shard, int64_t first, int64_t end, int64_t *count)
{
    int64_t movies = 0;
    memset(count, 0, (size_t)shard->movie_slots * sizeof *count);
    for (int64_t e = shard->edge_ptr[first]; e < shard->edge_ptr[end]; e++)
        movies += count[shard->edge_movie[e]]++ == 0;
    return movies;
}

/* Appends the lists of a block. `next` has the count of each movie's edges, and is overwritten by the index
 * of the next one. */
static void append(hr_movie_edges *edges, const hr_shard *shard, const float *value, int64_t first,
                   int64_t end, int64_t *next)
{
    for (int64_t m = 0; m < shard->movie_slots; m++)
        if (next[m] > 0) {
            const int64_t start = edges->ptr[edges->count];
            edges->movie[edges->count++] = (int32_t)m;
            edges->ptr[edges->count] = start + next[m];
            next[m] = start;
        }
    for (int64_t slot = first; slot < end; slot++)
        for (int64_t e = shard->edge_ptr[slot]; e < shard->edge_ptr[slot + 1]; e++) {
            const int64_t to = next[shard->edge_movie[e]]++;
            edges->user[to] = (int32_t)(slot - first);
            if (value)
                edges->value[to] = value[e];
        }
}

/* Where the users are cut. */
typedef struct user_cuts {
    const int64_t *first_user; /* [shares + 1] */
    int shares;
    int64_t row_bytes;
} user_cuts;

/* How many blocks and lists there will be. */
static void count_lists(hr_movie_edges *edges, const hr_shard *shard, const user_cuts *cuts, int64_t *count)
{
    for (int s = 0; s < cuts->shares; s++)
        for (int64_t slot = cuts->first_user[s], end = 0; slot < cuts->first_user[s + 1]; slot = end) {
            end = block_end(shard, slot, cuts->first_user[s + 1], cuts->row_bytes);
            edges->count += count_edges(shard, slot, end, count);
            edges->blocks++;
        }
}

static void make_lists(hr_movie_edges *edges, const hr_shard *shard, const user_cuts *cuts,
                       const float *value, int64_t *count)
{
    edges->count = edges->blocks = 0;
    for (int s = 0; s < cuts->shares; s++) {
        for (int64_t slot = cuts->first_user[s], end = 0; slot < cuts->first_user[s + 1]; slot = end) {
            end = block_end(shard, slot, cuts->first_user[s + 1], cuts->row_bytes);
            count_edges(shard, slot, end, count);
            append(edges, shard, value, slot, end, count);
            edges->most_users = end - slot > edges->most_users ? end - slot : edges->most_users;
            edges->first_list[++edges->blocks] = edges->count;
            edges->first_user[edges->blocks] = end;
        }
        edges->share[s + 1] = edges->blocks;
    }
}

hr_status hr_movie_edges_create(hr_movie_edges *edges, const hr_shard *shard, const float *value,
                                const int64_t *first_user, int shares, int64_t row_bytes, hr_error *err)
{
    hr_status status = HR_OK;
    const user_cuts cuts = {.first_user = first_user, .shares = shares, .row_bytes = row_bytes};
    int64_t *count = NULL;
    *edges = (hr_movie_edges){0};
    HR_ALLOC(count, shard->movie_slots);
    count_lists(edges, shard, &cuts, count);
    HR_ALLOC(edges->ptr, edges->count + 1);
    HR_ALLOC(edges->movie, edges->count);
    HR_ALLOC(edges->first_list, edges->blocks + 1);
    HR_ALLOC(edges->first_user, edges->blocks + 1);
    HR_ALLOC(edges->user, shard->edges);
    if (value)
        HR_ALLOC(edges->value, shard->edges);
    HR_ALLOC(edges->share, shares + 1);
    make_lists(edges, shard, &cuts, value, count);
done:
    free(count);
    return status;
}

void hr_movie_edges_free(hr_movie_edges *edges)
{
    free(edges->ptr);
    free(edges->movie);
    free(edges->first_list);
    free(edges->first_user);
    free(edges->user);
    free(edges->value);
    free(edges->share);
    *edges = (hr_movie_edges){0};
}
