#include "trainer/sampling/sampler.h"

#include "io/base/even.h"
#include "io/base/philox.h"
#include "trainer/sampling/feistel.h"

#include <omp.h>
#include <stdbool.h>
#include <string.h>

/* A user and the index of a movie in the user's list. */
typedef struct pick {
    int32_t user_slot;
    int64_t index;
} pick;

static int64_t rated_count(const hr_shard *shard, int32_t slot)
{
    return shard->rated_ptr[slot + 1] - shard->rated_ptr[slot];
}

static pick pick_edge(const hr_sampler *sampler, uint64_t edge)
{
    pick chosen;
    chosen.user_slot = hr_locate_user_of_edge(sampler->locate, (int64_t)edge, &chosen.index);
    return chosen;
}

static pick pick_by_user(const hr_sampler *sampler, int64_t step, int64_t number)
{
    const hr_shard *shard = sampler->locate->shard;
    const hr_random4 r = hr_philox(sampler->seed, HR_STREAM_POSITIVE, (uint32_t)step, (uint64_t)number);
    const bool by_user = sampler->mode == HR_SAMPLE_USER || hr_below(r.word[3], 4) > 0;
    if (!by_user)
        return pick_edge(sampler, hr_below64(r.word[0], r.word[1], (uint64_t)shard->edges_total));
    const int64_t user = (int64_t)hr_below64(r.word[0], r.word[1], (uint64_t)shard->users);
    const int32_t slot = sampler->locate->user_slot[user];
    if (slot == HR_NOT_HERE || rated_count(shard, slot) == 0)
        return (pick){HR_NOT_HERE, 0};
    return (pick){slot, hr_below(r.word[2], (uint32_t)rated_count(shard, slot))};
}

static pick pick_by_edge(const hr_sampler *sampler, int64_t step, int64_t number)
{
    const int64_t edges = sampler->locate->shard->edges_total;
    const int64_t steps = hr_sampler_epoch_steps(sampler), in_epoch = step % steps * sampler->batch + number;
    if (in_epoch >= edges) /* the epoch's last step is smaller */
        return (pick){HR_NOT_HERE, 0};
    const uint64_t edge =
        hr_feistel(sampler->seed, (uint32_t)(step / steps), (uint64_t)in_epoch, (uint64_t)edges);
    return pick_edge(sampler, edge);
}

int64_t hr_sampler_epoch_steps(const hr_sampler *sampler)
{
    return (sampler->locate->shard->edges_total + sampler->batch - 1) / sampler->batch;
}

/* Sample `number`, all but its movie, to *positive, whose number is HR_NOT_HERE where the user is not here. */
static void draw_user(const hr_sampler *sampler, int64_t step, int64_t number, hr_positive *positive)
{
    const hr_shard *shard = sampler->locate->shard;
    const pick chosen = sampler->mode == HR_SAMPLE_EDGE ? pick_by_edge(sampler, step, number)
                                                        : pick_by_user(sampler, step, number);
    positive->number = HR_NOT_HERE;
    if (chosen.user_slot == HR_NOT_HERE)
        return;
    positive->number = number;
    positive->rated = shard->rated_ptr[chosen.user_slot] + chosen.index;
    positive->user_slot = chosen.user_slot;
    positive->user_row = shard->user_row[chosen.user_slot];
}

/* Its movie, if the edge is here. */
static bool draw_movie(const hr_sampler *sampler, hr_positive *positive)
{
    const int32_t movie = sampler->locate->shard->rated_movie[positive->rated];
    return hr_locate_edge(sampler->locate, positive->user_slot, movie, &positive->movie_row);
}

/* Movies of samples are fetched so many ahead. */
enum { AHEAD = 16 };

/* Draws samples from … to - 1, in two passes, each so short that the processor begins the loads of several samples at
 * once: they miss the caches. Those that are here come first; returns how many. */
static int64_t draw_range(const hr_sampler *sampler, int64_t step, int64_t from, int64_t to,
                          hr_positive *positive)
{
    const int32_t *rated_movie = sampler->locate->shard->rated_movie;
    int64_t drawn = 0, here = 0;
    for (int64_t i = from; i < to; i++) {
        draw_user(sampler, step, i, &positive[drawn]);
        drawn += positive[drawn].number != HR_NOT_HERE;
    }
    for (int64_t i = 0; i < drawn; i++) {
        if (i + AHEAD < drawn)
            __builtin_prefetch(rated_movie + positive[i + AHEAD].rated);
        positive[here] = positive[i];
        here += draw_movie(sampler, &positive[here]);
    }
    return here;
}

int64_t hr_sampler_draw(const hr_sampler *sampler, int64_t step, hr_positive *positives)
{
    enum {
        LEAST = 64,
        MOST = 1024,
        OF_A_THREAD = 4
    }; /* ranges of samples, which are joined in their order */
    const int wanted = OF_A_THREAD * omp_get_max_threads();
    const int ranges = wanted < LEAST ? LEAST : wanted < MOST ? wanted : MOST;
    int64_t first[MOST + 1], count[MOST], here = 0;
    hr_even_shares(sampler->batch, ranges, first);
#pragma omp parallel for schedule(dynamic)
    for (int r = 0; r < ranges; r++)
        count[r] = draw_range(sampler, step, first[r], first[r + 1], positives + first[r]);
    for (int r = 0; r < ranges; r++) {
        memmove(positives + here, positives + first[r], (size_t)count[r] * sizeof *positives);
        here += count[r];
    }
    return here;
}
