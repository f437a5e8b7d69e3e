#include "io/synth_by_user/user_lists.h"

#include "io/base/memory.h"
#include "io/base/philox.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { STREAM_DRAW = HR_STREAM_SYNTH + 7, STREAM_ARRIVAL = HR_STREAM_SYNTH + 5 };

/* A list that is not full after so many draws is filled in another way. */
enum { DRAWS_A_RATING = 8, MORE_DRAWS = 64 };

hr_status hr_list_workspace_create(hr_list_workspace *workspace, int64_t movies, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(workspace->visited, movies);
    HR_ALLOC(workspace->arrival, movies);
done:
    return status;
}

void hr_list_workspace_free(hr_list_workspace *workspace)
{
    free(workspace->visited);
    free(workspace->arrival);
    *workspace = (hr_list_workspace){0};
}

/* A list that is being drawn. */
typedef struct drawing {
    const hr_user_lists *lists;
    hr_list_workspace *workspace;
    int64_t user;
    int32_t *list;
    int64_t taken, wanted;
    double affinity[HR_DRAW_GROUPS];
} drawing;

static void begin_visit(hr_list_workspace *workspace, int64_t movies)
{
    if (workspace->visit == INT32_MAX) {
        memset(workspace->visited, 0, (size_t)movies * sizeof *workspace->visited);
        workspace->visit = 0;
    }
    workspace->visit++;
}

static void take(drawing *d, int64_t movie)
{
    if (d->workspace->visited[movie] == d->workspace->visit)
        return;
    d->workspace->visited[movie] = d->workspace->visit;
    d->list[d->taken++] = (int32_t)movie;
}

/* Number of the first piece that begins at this rating or later. */
static int64_t piece_from(const hr_user_lists *l, int64_t rating)
{
    const int64_t ratings = l->user_ptr[l->users];
    return (int64_t)(((hr_u128)rating * (hr_u128)l->rated_movies + (hr_u128)ratings - 1) / (hr_u128)ratings);
}

static void take_given(drawing *d)
{
    const hr_user_lists *l = d->lists;
    const int64_t end = piece_from(l, l->user_ptr[d->user + 1]);
    for (int64_t piece = piece_from(l, l->user_ptr[d->user]); piece < end; piece++)
        take(d, l->rated[piece]);
}

/* Prefix sums of the groups' probabilities, in units of 2^-32; the last is not needed. */
static void sum_groups(const drawing *d, uint64_t *sums)
{
    const hr_draw_weights *w = d->lists->weights;
    double total = 0.0, sum = 0.0;
    for (int g = 0; g < w->groups; g++)
        total += d->affinity[g] * w->group_weight[g];
    for (int g = 0; g + 1 < w->groups; g++) {
        sum += d->affinity[g] * w->group_weight[g];
        sums[g] = (uint64_t)(sum / total * 0x1p32);
    }
}

static int64_t draw_movie(const hr_draw_weights *w, const uint64_t *sums, const hr_random4 *r)
{
    int group = 0;
    for (int left = w->groups - 1; left > 0;) { /* the number of sums that are not above the word */
        const int half = (left + 1) / 2;
        group += sums[group + half - 1] <= r->word[0] ? half : 0;
        left -= half;
    }
    const int64_t first = w->ptr[group], count = w->ptr[group + 1] - first;
    if (count == 0)
        return w->movie[0]; /* a group of no movies has no weight */
    const int64_t place = hr_below(r->word[1], (uint32_t)count);
    return w->movie[first + (r->word[2] < w->stay[first + place] ? place : w->alias[first + place])];
}

static void draw(drawing *d)
{
    uint64_t sums[HR_DRAW_GROUPS];
    const int64_t most = DRAWS_A_RATING * d->wanted + MORE_DRAWS;
    sum_groups(d, sums);
    for (int64_t i = 0; i < most && d->taken < d->wanted; i++) {
        const hr_random4 r =
            hr_philox(d->lists->seed, (hr_stream)STREAM_DRAW, (uint32_t)i, (uint64_t)d->user);
        take(d, draw_movie(d->lists->weights, sums, &r));
    }
}

/* Fills the list by what is the same as drawing on: each movie arrives at an exponential time by its rate, and the
 * first ones are taken. */
static void take_first_to_arrive(drawing *d)
{
    const hr_draw_weights *w = d->lists->weights;
    hr_keyed *arrival = d->workspace->arrival;
    int64_t count = 0;
    for (int64_t m = 0; m < w->movies; m++) {
        const double rate = w->weight[m] * d->affinity[w->group[m]];
        if (rate <= 0.0 || d->workspace->visited[m] == d->workspace->visit)
            continue;
        const hr_random4 r =
            hr_philox(d->lists->seed, (hr_stream)STREAM_ARRIVAL, (uint32_t)m, (uint64_t)d->user);
        const double time = -log(hr_uniform(r.word[0])) / rate;
        memcpy(&arrival[count].key, &time, sizeof time); /* positive doubles are in the order of their bits */
        arrival[count++].value = m;
    }
    hr_sort_keyed(arrival, count);
    for (int64_t i = 0; i < count && d->taken < d->wanted; i++)
        take(d, arrival[i].value);
}

void hr_draw_list(const hr_user_lists *l, hr_list_workspace *workspace, int64_t user, int32_t *list)
{
    drawing d = {.lists = l,
                 .workspace = workspace,
                 .user = user,
                 .list = list,
                 .wanted = l->user_ptr[user + 1] - l->user_ptr[user]};
    hr_taste_draw_user(l->taste, user, l->seed, workspace->position);
    hr_draw_affinity(l->weights, workspace->position, d.affinity);
    begin_visit(workspace, l->weights->movies);
    take_given(&d);
    draw(&d);
    if (d.taken < d.wanted)
        take_first_to_arrive(&d);
    hr_sort_i32(list, d.wanted);
}
