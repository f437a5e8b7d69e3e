#include "trainer/memory_need.h"

/* What a sample of the batch takes: its place, its negative, its slope and loss. */
enum { SAMPLE_BYTES = 36 };

int64_t hr_memory_need(const hr_shard *shard, int64_t sent, const hr_train_options *options)
{
    const int64_t floats = (int64_t)sizeof(float), dim = options->dim;
    const int64_t owned = shard->owned, ghosts = shard->ghosts, rows = owned + ghosts;
    const int64_t state = 4 * owned;                  /* parameter, two moments, best output */
    const int64_t step = 2 * rows;                    /* output, gradient */
    const int64_t panels = rows + shard->movie_slots; /* a movie's line is two rows */
    const int64_t blocks = 5 * owned;                 /* a block, what goes in and out of it, its halo */
    const int64_t halo = 2 * (sent + ghosts);         /* rows' own channel and the waves' */
    const int64_t pool = 3 * options->pool;           /* rows, the same across, gradient */
    const int64_t locate = shard->users + 2 * shard->movies + shard->user_slots;
    const int64_t batch = hr_train_batch(options, shard->edges_total);
    return dim * floats * (state + step + panels + blocks + halo + pool) + hr_shard_bytes(shard) +
           shard->edges * (int64_t)sizeof(uint16_t) + floats * (locate + 2 * rows) + batch * SAMPLE_BYTES;
}
