#include "io/synth/synth_edges.h"

#include "io/base/memory.h"
#include "io/base/philox.h"
#include "io/base/sort.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>

enum { STREAM_CANDIDATE = HR_STREAM_SYNTH + 5, STREAM_EXCHANGE };
enum { ROUNDS = 8, CANDIDATES = 32, MOST_CANDIDATES = 256, MOST_EXCHANGES = 1 << 20 };

/* Weights in a candidate's score: of taste, against chance, and of a movie's popularity, for users with few
 * ratings. */
static const float taste_weight = 12.0F, crowd_weight = 1.5F;

/* The pool and what users have taken from it. */
typedef struct wiring {
    const hr_taste *taste;
    const int64_t *user_ptr;
    float *fame;   /* [movies] logarithm of the movie's number of ratings */
    float typical; /* logarithm of the mean number of ratings of a user */
    uint64_t seed;
    int32_t *chosen;
    int64_t *taken; /* [users] movies taken so far */
    int32_t *pool;  /* [left] movies left to take, each as often as it has ratings left */
    int64_t left;
    int64_t *stamp; /* [movies] the visit in which the movie was last marked as the user's */
    int64_t visit;  /* counts visits of users */
    uint64_t draws;
} wiring;

static hr_random4 next_draw(wiring *w, int stream)
{
    return hr_philox(w->seed, (hr_stream)stream, 0, w->draws++);
}

static void fill_pool(wiring *w, const int64_t *movie_degree)
{
    for (int64_t m = 0; m < w->taste->movies; m++) {
        w->fame[m] = logf((float)movie_degree[m] + 1.0F);
        for (int64_t i = 0; i < movie_degree[m]; i++)
            w->pool[w->left++] = (int32_t)m;
    }
    w->typical = logf((float)w->left / (float)w->taste->users);
}

/* Marks what the user has, so that it is not taken twice. */
static void begin_visit(wiring *w, int64_t user)
{
    w->visit++;
    for (int64_t i = 0; i < w->taken[user]; i++)
        w->stamp[w->chosen[w->user_ptr[user] + i]] = w->visit;
}

/* Index in the pool of the best of a few candidates that are new to the user; -1 where none was new. */
static int64_t best_candidate(wiring *w, int64_t user)
{
    int64_t best = -1;
    float best_score = -INFINITY;
    const float degree = (float)(w->user_ptr[user + 1] - w->user_ptr[user]);
    const float crowd = crowd_weight * (w->typical - logf(degree));
    hr_random4 r = {{0}};
    for (int tried = 0; tried < MOST_CANDIDATES && (tried < CANDIDATES || best < 0); tried++) {
        if (tried % 2 == 0)
            r = next_draw(w, STREAM_CANDIDATE);
        const int64_t at =
            (int64_t)hr_below64(r.word[tried % 2 * 2], r.word[3 - tried % 2 * 2], (uint64_t)w->left);
        if (w->stamp[w->pool[at]] == w->visit)
            continue;
        const float chance = -logf(-logf((float)hr_uniform(r.word[tried % 2 * 2 + 1]) + 1e-9F)); /* Gumbel */
        const float score = taste_weight * hr_taste_liking(w->taste, user, w->pool[at]) +
                            crowd * w->fame[w->pool[at]] + chance;
        if (score > best_score) {
            best_score = score;
            best = at;
        }
    }
    return best;
}

static void take(wiring *w, int64_t user, int64_t at)
{
    const int32_t movie = w->pool[at];
    w->pool[at] = w->pool[--w->left];
    w->chosen[w->user_ptr[user] + w->taken[user]++] = movie;
    w->stamp[movie] = w->visit;
}

static bool has(const wiring *w, int64_t user, int32_t movie)
{
    for (int64_t i = 0; i < w->taken[user]; i++)
        if (w->chosen[w->user_ptr[user] + i] == movie)
            return true;
    return false;
}

/* For a user who has all candidates already: the user gets a movie of another user, who gets one of the pool
 * instead. False where many tries found no such exchange. */
static bool exchange(wiring *w, int64_t user)
{
    for (int tried = 0; tried < MOST_EXCHANGES; tried++) {
        const hr_random4 r = next_draw(w, STREAM_EXCHANGE);
        const int64_t at = (int64_t)hr_below64(r.word[3], r.word[2], (uint64_t)w->left);
        const int64_t other = hr_below(r.word[0], (uint32_t)w->taste->users);
        if (other == user || w->taken[other] == 0)
            continue;
        int32_t *theirs = &w->chosen[w->user_ptr[other] + hr_below(r.word[1], (uint32_t)w->taken[other])];
        if (w->stamp[*theirs] == w->visit || has(w, other, w->pool[at]))
            continue;
        w->chosen[w->user_ptr[user] + w->taken[user]++] = *theirs;
        w->stamp[*theirs] = w->visit;
        *theirs = w->pool[at];
        w->pool[at] = w->pool[--w->left];
        return true;
    }
    return false;
}

static hr_status visit_user(wiring *w, int64_t user, int round, hr_error *err)
{
    const int64_t degree = w->user_ptr[user + 1] - w->user_ptr[user], until = degree * (round + 1) / ROUNDS;
    begin_visit(w, user);
    while (w->taken[user] < until) {
        const int64_t at = best_candidate(w, user);
        if (at >= 0)
            take(w, user, at);
        else if (!exchange(w, user))
            return hr_fail(err, HR_INPUT,
                           "seed %" PRIu64 " leaves user %" PRId64
                           " without a movie to rate; try another --seed",
                           w->seed, user);
    }
    return HR_OK;
}

/* In each round the users with the most ratings choose first, while the pool has the most movies. */
static hr_status visit_users(wiring *w, hr_error *err)
{
    hr_status status = HR_OK;
    hr_keyed *order = NULL; /* [users] */
    HR_ALLOC(order, w->taste->users);
    for (int64_t u = 0; u < w->taste->users; u++)
        order[u] = (hr_keyed){w->user_ptr[u] - w->user_ptr[u + 1], u};
    hr_sort_keyed(order, w->taste->users);
    for (int round = 0; round < ROUNDS; round++)
        for (int64_t i = 0; i < w->taste->users; i++)
            HR_TRY(visit_user(w, order[i].value, round, err));
done:
    free(order);
    return status;
}

hr_status hr_synth_wire(const hr_taste *taste, const int64_t *user_ptr, const int64_t *movie_degree,
                        uint64_t seed, int32_t *chosen, hr_error *err)
{
    hr_status status = HR_OK;
    wiring w = {.taste = taste, .user_ptr = user_ptr, .seed = seed, .chosen = chosen};
    HR_ALLOC(w.taken, taste->users);
    HR_ALLOC(w.pool, user_ptr[taste->users]);
    HR_ALLOC(w.stamp, taste->movies);
    HR_ALLOC(w.fame, taste->movies);
    fill_pool(&w, movie_degree);
    HR_TRY(visit_users(&w, err));
done:
    free(w.fame);
    free(w.stamp);
    free(w.pool);
    free(w.taken);
    return status;
}
