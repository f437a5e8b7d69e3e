#include "bench/edge_floor.h"

#include "bench/cache_misses.h"
#include "io/base/memory.h"
#include "trainer/propagation/tiled_edges.h"

#include <math.h>
#include <omp.h>

enum { MEASUREMENTS = 5 };

/* Lines that the tiles' edges read for the first time in a tile. */
static hr_status count_first_reads(const hr_tiled_edges *tiled, double *reads, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t tiles = tiled->user_blocks * tiled->movie_blocks;
    int64_t *tile_of = NULL; /* the last tile, plus 1, that read a line */
    HR_ALLOC(tile_of, HR_TILE_MOVIES);
    for (int64_t tile = 0; tile < tiles; tile++)
        for (int64_t e = tiled->first_edge[tile]; e < tiled->first_edge[tile + 1]; e++) {
            *reads += tile_of[tiled->edge_movie[e]] != tile + 1;
            tile_of[tiled->edge_movie[e]] = tile + 1;
        }
done:
    free(tile_of);
    return status;
}

/* Of a sweep by tiles. */
static hr_status count_tiled(hr_edge_work *work, const hr_shard *shard, const hr_caches *caches,
                             hr_error *err)
{
    hr_status status = HR_OK;
    hr_tiled_edges tiled = {0};
    double first_reads = 0.0;
    HR_TRY(hr_tiled_edges_create(&tiled, shard, (const int64_t[]){0, shard->user_slots}, 1, err));
    HR_TRY(count_first_reads(&tiled, &first_reads, err));
    const double runs = (double)tiled.first_run[tiled.user_blocks * tiled.movie_blocks];
    const double all = (double)shard->edges + runs;
    const bool is_far = shard->movie_slots * (int64_t)sizeof(hr_movie_line) > caches->bytes[HR_L2];
    work->runs = work->panels * runs;
    work->lines.near = ((double)shard->edges - first_reads) / all;
    work->lines.middle = (is_far ? runs : runs + first_reads) / all;
    work->lines.far = is_far ? first_reads / all : 0.0;
done:
    hr_tiled_edges_free(&tiled);
    return status;
}

/* The share of the edges whose line a cache of so many bytes does not have. */
static hr_status share_beyond(const hr_shard *shard, int64_t bytes, double *share, hr_error *err)
{
    int64_t misses = 0;
    const hr_status status = hr_cache_misses(shard->edge_movie, shard->edges, shard->movie_slots,
                                             bytes / (int64_t)sizeof(hr_movie_line), &misses, err);
    *share = shard->edges > 0 ? (double)misses / (double)shard->edges : 0.0;
    return status;
}

hr_status hr_edge_work_count(hr_edge_work *work, const hr_shard *shard, int64_t dim, const hr_caches *caches,
                             int threads, hr_error *err)
{
    hr_status status = HR_OK;
    bool is_tiled = false;
    double beyond_l1 = 0.0, beyond_l2 = 0.0;
    const double panels = (double)dim / HR_LANES, edges = (double)shard->edges;
    const double rows = 2.0 * (double)(shard->owned + shard->ghosts) * (double)dim * sizeof(float);
    const double l2 = (double)caches->bytes[HR_L2] * threads, all = l2 + (double)caches->bytes[HR_L3];
    HR_TRY(hr_tiled_edges_are_faster(shard, &is_tiled, err));
    const double index = edges * (is_tiled ? sizeof(uint8_t) : sizeof(int32_t));
    HR_TRY(share_beyond(shard, caches->bytes[HR_L1], &beyond_l1, err));
    HR_TRY(share_beyond(shard, caches->bytes[HR_L2], &beyond_l2, err));
    *work = (hr_edge_work){
        .panels = panels,
        .edges = panels * edges,
        .additions = 2.0 * edges * (double)dim,
        .lines = {.near = 1.0 - beyond_l1,
                  .middle = beyond_l1 - beyond_l2,
                  .far = beyond_l2,
                  .farthest = shard->movie_slots * (int64_t)sizeof(hr_movie_line) <= caches->bytes[HR_L3]
                                  ? HR_L3
                                  : HR_DRAM},
        .third_bytes = fmax(0.0, rows + index - l2) + fmax(0.0, panels - 1.0) * fmax(0.0, index - l2),
        .memory_bytes = fmax(0.0, rows + index - all)};
    if (is_tiled)
        HR_TRY(count_tiled(work, shard, caches, err));
done:
    return status;
}

/* At the higher of the rates of a level; 0 where it has none. */
static double seconds_from(double bytes, hr_level level, const hr_machine_rates *rates)
{
    const double rate = fmax(rates->read[level], rates->copy[level]);
    return rate > 0.0 ? bytes / rate : 0.0;
}

hr_edge_floor hr_edge_floor_of(const hr_edge_work *work, const hr_machine_rates *rates, double edges_a_second)
{
    hr_edge_floor floor = {.lines = (work->edges + work->runs) / edges_a_second,
                           .adding = work->additions / rates->additions,
                           .third = seconds_from(work->third_bytes, HR_L3, rates),
                           .memory = seconds_from(work->memory_bytes, HR_DRAM, rates)};
    floor.seconds = fmax(fmax(floor.lines, floor.adding), fmax(floor.third, floor.memory));
    return floor;
}

hr_status hr_edge_floor_measure(hr_edge_floor *floor, const hr_shard *shard, int64_t dim, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_caches caches = hr_caches_found();
    hr_machine_probe *probe = NULL;
    hr_machine_rates rates = {.clock = 0.0};
    hr_edge_work work;
    double edges_a_second = 0.0;
    HR_TRY(hr_machine_probe_create(&probe, &caches, err));
    HR_TRY(hr_edge_work_count(&work, shard, dim, &caches, omp_get_max_threads(), err));
    for (int i = 0; i < MEASUREMENTS; i++) {
        hr_machine_probe_rates(probe, &rates);
        hr_machine_probe_edges(probe, &work.lines, &edges_a_second);
    }
    *floor = hr_edge_floor_of(&work, &rates, edges_a_second);
done:
    hr_machine_probe_free(probe);
    return status;
}
