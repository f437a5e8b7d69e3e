#include "trainer/filters/held_out_edges.h"

#include "io/base/memory.h"
#include "io/base/philox.h"
#include "trainer/kernels/scores.h"

#include <math.h>

/* Length of the lists. */
enum { TOP = 20 };

/* Share of a user's edges that is held out. */
static const double SHARE = 0.2;

void hr_held_out_edges_free(hr_held_out_edges *held)
{
    hr_train_graph_free(&held->kept);
    free(held->user);
    free(held->ptr);
    free(held->movie);
    *held = (hr_held_out_edges){0};
}

static bool is_drawn(uint64_t seed, uint32_t of, int64_t index, double share)
{
    return (double)hr_uniform(hr_philox(seed, HR_STREAM_FILTER, of, (uint64_t)index).word[0]) < share;
}

/* Draws the edges of one user; returns how many it holds out: none where that would be all. */
static int64_t draw_user(const hr_train_graph *graph, int64_t user, uint64_t seed, uint8_t *keeps)
{
    int64_t count = 0;
    for (int64_t e = graph->ptr[user]; e < graph->ptr[user + 1]; e++) {
        keeps[e] = !is_drawn(seed, 1, e, SHARE);
        count += !keeps[e];
    }
    if (count < graph->ptr[user + 1] - graph->ptr[user])
        return count;
    for (int64_t e = graph->ptr[user]; e < graph->ptr[user + 1]; e++)
        keeps[e] = 1;
    return 0;
}

/* Draws users and edges; returns how many users have something held out. */
static int64_t draw(const hr_train_graph *graph, int64_t most, uint64_t seed, uint8_t *keeps)
{
    const double share = (double)most / (double)(graph->users > most ? graph->users : most);
    int64_t users = 0;
    for (int64_t u = 0; u < graph->users; u++) {
        for (int64_t e = graph->ptr[u]; e < graph->ptr[u + 1]; e++)
            keeps[e] = 1;
        if (is_drawn(seed, 0, u, share))
            users += draw_user(graph, u, seed, keeps) > 0;
    }
    return users;
}

static void list(hr_held_out_edges *held, const hr_train_graph *graph, const uint8_t *keeps)
{
    int64_t users = 0, count = 0;
    for (int64_t u = 0; u < graph->users; u++) {
        const int64_t before = count;
        for (int64_t e = graph->ptr[u]; e < graph->ptr[u + 1]; e++)
            if (!keeps[e])
                held->movie[count++] = graph->movie[e];
        if (count == before)
            continue;
        held->user[users++] = u;
        held->ptr[users] = count;
    }
}

hr_status hr_hold_out_edges(hr_held_out_edges *held, const hr_train_graph *graph, int64_t most, uint64_t seed,
                            hr_error *err)
{
    hr_status status = HR_OK;
    uint8_t *keeps = NULL;
    HR_ALLOC(keeps, graph->edges);
    held->users = draw(graph, most, seed, keeps);
    HR_TRY(hr_train_graph_keep(&held->kept, graph, keeps, err));
    HR_ALLOC(held->user, held->users);
    HR_ALLOC(held->ptr, held->users + 1);
    HR_ALLOC(held->movie, graph->edges - held->kept.edges);
    list(held, graph, keeps);
done:
    free(keeps);
    return status;
}

double hr_held_out_quality(const hr_held_out_edges *held, int64_t index, float *score)
{
    const hr_train_graph *kept = &held->kept;
    const int64_t user = held->user[index], first = held->ptr[index], count = held->ptr[index + 1] - first;
    const int64_t padded = (kept->movies + HR_LANES - 1) / HR_LANES * HR_LANES;
    double hits = 0.0, gain = 0.0, ideal = 0.0;
    for (int64_t e = kept->ptr[user]; e < kept->ptr[user + 1]; e++)
        score[kept->movie[e]] = NAN;
    for (int64_t m = kept->movies; m < padded; m++)
        score[m] = NAN;
    const double ranked = (double)(kept->movies - (kept->ptr[user + 1] - kept->ptr[user]));
    for (int64_t i = 0; i < count; i++) {
        const double below = hr_count_right_order(score, padded, score[held->movie[first + i]]);
        const double above = ranked - 0.5 - below; /* a half for the movie itself */
        hits += above < (double)TOP;
        gain += above < (double)TOP ? 1.0 / log2(above + 2.0) : 0.0;
        ideal += i < TOP ? 1.0 / log2((double)i + 2.0) : 0.0;
    }
    return 0.5 * (hits / (double)count + gain / ideal);
}
