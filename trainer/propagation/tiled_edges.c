#include "trainer/propagation/tiled_edges.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"

#include <omp.h>
#include <string.h>

static int64_t blocks_of(int64_t count, int64_t block)
{
    return (count + block - 1) / block;
}

hr_status hr_tiled_edges_are_faster(const hr_shard *shard, bool *faster, hr_error *err)
{
    const double least_run = 3.0;
    hr_status status = HR_OK;
    int64_t runs = 0, *seen = NULL; /* the last user, plus 1, who has an edge in each block */
    HR_ALLOC(seen, blocks_of(shard->movie_slots, HR_TILE_MOVIES));
    for (int64_t u = 0; u < shard->user_slots; u++)
        for (int64_t e = shard->edge_ptr[u]; e < shard->edge_ptr[u + 1]; e++) {
            int64_t *user = &seen[shard->edge_movie[e] / HR_TILE_MOVIES];
            runs += *user != u + 1;
            *user = u + 1;
        }
    *faster = runs > 0 && (double)shard->edges >= least_run * (double)runs;
done:
    free(seen);
    return status;
}

void hr_tiled_edges_free(hr_tiled_edges *tiled)
{
    free(tiled->range);
    free(tiled->first_user);
    free(tiled->first_run);
    free(tiled->first_edge);
    free(tiled->run);
    free(tiled->edge_movie);
    *tiled = (hr_tiled_edges){0};
}

/* Cuts each range into blocks of users. */
static hr_status cut_ranges(hr_tiled_edges *t, const int64_t *first_user, int ranges, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(t->range, ranges + 1);
    for (int r = 0; r < ranges; r++)
        t->range[r + 1] = t->range[r] + blocks_of(first_user[r + 1] - first_user[r], HR_TILE_USERS);
    t->user_blocks = t->range[ranges];
    HR_ALLOC(t->first_user, t->user_blocks + 1);
    for (int r = 0; r < ranges; r++)
        for (int64_t b = t->range[r]; b < t->range[r + 1]; b++)
            t->first_user[b] = first_user[r] + (b - t->range[r]) * HR_TILE_USERS;
    t->first_user[t->user_blocks] = first_user[ranges];
done:
    return status;
}

/* One thread's memory: by movie block and user of a user block. */
typedef struct tiling {
    uint16_t *edges; /* [movie_blocks x HR_TILE_USERS] of the run */
    int64_t *next;   /* likewise: where the run's next edge goes */
} tiling;

/* Counts the edges of each run of a user block. */
static void count_edges(const hr_tiled_edges *t, const hr_shard *shard, int64_t block, uint16_t *edges)
{
    const int64_t first = t->first_user[block], end = t->first_user[block + 1];
    memset(edges, 0, (size_t)(t->movie_blocks * HR_TILE_USERS) * sizeof *edges);
    for (int64_t u = first; u < end; u++)
        for (int64_t e = shard->edge_ptr[u]; e < shard->edge_ptr[u + 1]; e++)
            edges[shard->edge_movie[e] / HR_TILE_MOVIES * HR_TILE_USERS + u - first]++;
}

/* Counts the runs and edges of each tile of a user block. */
static void count_runs(hr_tiled_edges *t, int64_t block, const uint16_t *edges)
{
    for (int64_t m = 0; m < t->movie_blocks; m++) {
        const int64_t tile = block * t->movie_blocks + m;
        for (int64_t i = m * HR_TILE_USERS; i < (m + 1) * HR_TILE_USERS; i++) {
            t->first_run[tile + 1] += edges[i] > 0;
            t->first_edge[tile + 1] += edges[i];
        }
    }
}

/* Lists the runs of a tile, the longest first, by counting; gives each its place among the edges. */
static void list_runs(hr_tiled_edges *t, int64_t tile, const uint16_t *edges, int64_t *next)
{
    int64_t longer[HR_TILE_MOVIES + 2] = {
        0}; /* runs that are longer than a number of edges, from the largest on */
    int64_t edge = t->first_edge[tile];
    for (int u = 0; u < HR_TILE_USERS; u++)
        longer[HR_TILE_MOVIES - edges[u] + 1]++;
    hr_offsets_sum(longer, HR_TILE_MOVIES + 1);
    hr_edge_run *const run = t->run + t->first_run[tile];
    for (int u = 0; u < HR_TILE_USERS; u++)
        if (edges[u] > 0)
            run[longer[HR_TILE_MOVIES - edges[u]]++] = (hr_edge_run){(uint16_t)u, edges[u]};
    for (int64_t r = 0; r < t->first_run[tile + 1] - t->first_run[tile]; r++) {
        next[run[r].user] = edge;
        edge += run[r].edges;
    }
}

static void fill_block(hr_tiled_edges *t, const hr_shard *shard, int64_t block, const tiling *w)
{
    const int64_t first = t->first_user[block], end = t->first_user[block + 1];
    for (int64_t m = 0; m < t->movie_blocks; m++)
        list_runs(t, block * t->movie_blocks + m, w->edges + m * HR_TILE_USERS, w->next + m * HR_TILE_USERS);
    for (int64_t u = first; u < end; u++)
        for (int64_t e = shard->edge_ptr[u]; e < shard->edge_ptr[u + 1]; e++) {
            const int32_t movie = shard->edge_movie[e];
            const int64_t run = movie / HR_TILE_MOVIES * HR_TILE_USERS + u - first;
            t->edge_movie[w->next[run]++] = (uint8_t)(movie % HR_TILE_MOVIES);
        }
}

static void tilings_free(tiling *w, int threads)
{
    for (int i = 0; w && i < threads; i++) {
        free(w[i].edges);
        free(w[i].next);
    }
    free(w);
}

static hr_status make_tilings(tiling **w, int threads, int64_t runs, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(*w, threads);
    for (int i = 0; i < threads; i++) {
        HR_ALLOC((*w)[i].edges, runs);
        HR_ALLOC((*w)[i].next, runs);
    }
done:
    return status;
}

/* Counts, then fills. */
static hr_status tile_blocks(hr_tiled_edges *t, const hr_shard *shard, hr_error *err)
{
    hr_status status = HR_OK;
    const int threads = omp_get_max_threads();
    const int64_t tiles = t->user_blocks * t->movie_blocks;
    tiling *w = NULL;
    HR_TRY(make_tilings(&w, threads, t->movie_blocks * HR_TILE_USERS, err));
#pragma omp parallel for schedule(static) num_threads(threads)
    for (int64_t b = 0; b < t->user_blocks; b++) {
        uint16_t *const edges = w[omp_get_thread_num()].edges;
        count_edges(t, shard, b, edges);
        count_runs(t, b, edges);
    }
    hr_offsets_sum(t->first_run, tiles);
    hr_offsets_sum(t->first_edge, tiles);
    HR_ALLOC_SHARED(t->run, t->first_run[tiles] + HR_RUNS_AHEAD);
    HR_ALLOC_SHARED(t->edge_movie, shard->edges);
#pragma omp parallel for schedule(static) num_threads(threads)
    for (int64_t b = 0; b < t->user_blocks; b++) {
        const tiling *mine = &w[omp_get_thread_num()];
        count_edges(t, shard, b, mine->edges);
        fill_block(t, shard, b, mine);
    }
done:
    tilings_free(w, threads);
    return status;
}

hr_status hr_tiled_edges_create(hr_tiled_edges *t, const hr_shard *shard, const int64_t *first_user,
                                int ranges, hr_error *err)
{
    hr_status status = HR_OK;
    *t = (hr_tiled_edges){.movie_blocks = blocks_of(shard->movie_slots, HR_TILE_MOVIES)};
    HR_TRY(cut_ranges(t, first_user, ranges, err));
    HR_ALLOC(t->first_run, t->user_blocks * t->movie_blocks + 1);
    HR_ALLOC(t->first_edge, t->user_blocks * t->movie_blocks + 1);
    HR_TRY(tile_blocks(t, shard, err));
done:
    if (status != HR_OK)
        hr_tiled_edges_free(t);
    return status;
}

void hr_tiled_edges_sweep(const hr_tiled_edges *t, bool doubles, int from, int to, hr_line *user,
                          hr_movie_line *movie, hr_line *sums)
{
    for (int64_t b = t->range[from]; b < t->range[to]; b++) {
        hr_line *const row = user + t->first_user[b];
        const size_t bytes = (size_t)(t->first_user[b + 1] - t->first_user[b]) * sizeof *row;
        memset(sums, 0, bytes);
        for (int64_t m = 0; m < t->movie_blocks; m++) {
            const int64_t at = b * t->movie_blocks + m;
            const hr_edge_tile tile = {.run = t->run + t->first_run[at],
                                       .runs = t->first_run[at + 1] - t->first_run[at],
                                       .edge_movie = t->edge_movie + t->first_edge[at]};
            hr_edge_tile_sweep(doubles, &tile, row, sums, movie + m * HR_TILE_MOVIES);
        }
        memcpy(row, sums, bytes);
    }
}
