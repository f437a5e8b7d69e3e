#include "trainer/evaluation/evaluate.h"

#include "io/base/memory.h"
#include "io/base/philox.h"
#include "io/base/search.h"
#include "trainer/evaluation/right_order.h"
#include "trainer/kernels/scores.h"
#include "trainer/recommend/topk.h"

#include <cblas.h>
#include <math.h>
#include <omp.h>
#include <string.h>

/* Users are ranked in tiles, a tile's users against one chunk of movies after the other: a tile's scores with a
 * chunk, 192 KB, stay in the second cache. */
enum { TILE_USERS = HR_WORKSPACE_USERS, CHUNK_MOVIES = 1024 };

/* What is evaluated. */
typedef struct task {
    const hr_scorer *scorer;
    const hr_ratings *ratings;
    const hr_evaluation *asked;
    int64_t top;         /* the largest cutoff */
    int64_t depth;       /* candidates kept for each user: as many, or more to pick them from */
    const int64_t *user; /* [users] those with something held out, by index in ratings */
    int64_t users;
} task;

/* A user of a tile, between two chunks of movies. */
typedef struct user_state {
    int64_t user;       /* of the ratings */
    int64_t number;     /* among the users that are ranked */
    int64_t first, end; /* the user's ratings */
    int64_t next;       /* the first of them that belongs to a later chunk of movies */
    int64_t held, excluded;
    double pairs; /* (held-out, other) pairs in the right order so far */
    hr_topk best;
} user_state;

/* One thread's memory. */
typedef struct workspace {
    hr_score_workspace scoring;
    float *scores;        /* [TILE_USERS x CHUNK_MOVIES] */
    float *held;          /* scores of the held-out movies of the tile's users, one user after the other */
    hr_right_order order; /* of the user whose scores are counted */
    float *by_interval;   /* its room */
    user_state user[TILE_USERS];
    float *best_score; /* [TILE_USERS x depth] */
    int32_t *best_item;
    hr_mmr_candidate *candidate; /* [depth] */
    bool *hit;                   /* [top] */
} workspace;

/* The sums over a tile's users. */
typedef struct tile_sums {
    hr_metrics metrics;
    hr_list_sums lists;
} tile_sums;

static bool is_held(const task *t, int64_t rating)
{
    return t->ratings->split[rating] == (uint8_t)t->asked->split;
}

static bool is_excluded(const task *t, int64_t rating)
{
    return hr_split_is_known(t->ratings->split[rating], t->asked->split);
}

static void workspace_free(workspace *w)
{
    hr_score_workspace_free(&w->scoring);
    free(w->scores);
    free(w->held);
    free(w->by_interval);
    free(w->best_score);
    free(w->best_item);
    free(w->candidate);
    free(w->hit);
}

/* The most ratings that the users of one tile have held out together. */
static int64_t largest_tile_held(const task *t)
{
    int64_t largest = 0, held = 0;
    for (int64_t i = 0; i < t->users; i++) {
        const int64_t user = t->user[i];
        if (i % TILE_USERS == 0)
            held = 0;
        for (int64_t j = t->ratings->ptr[user]; j < t->ratings->ptr[user + 1]; j++)
            held += is_held(t, j);
        largest = held > largest ? held : largest;
    }
    return largest;
}

static hr_status workspace_create(workspace *w, const task *t, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_score_workspace_create(&w->scoring, t->scorer, err));
    HR_ALLOC(w->scores, (int64_t)TILE_USERS * CHUNK_MOVIES);
    HR_ALLOC(w->held, largest_tile_held(t));
    HR_ALLOC(w->by_interval, largest_tile_held(t));
    HR_ALLOC(w->best_score, TILE_USERS * t->depth);
    HR_ALLOC(w->best_item, TILE_USERS * t->depth);
    HR_ALLOC(w->candidate, t->depth);
    HR_ALLOC(w->hit, t->top);
done:
    return status;
}

/* Begins with user number `index` of the tile, which is the user of that number of the task: scores the held-out movies,
 * from held[0] on. Returns where the next user's scores go. */
static float *begin_user(const task *t, workspace *w, int64_t index, int64_t number, float *held)
{
    user_state *s = &w->user[index];
    const int64_t user = t->user[number];
    *s = (user_state){
        .user = user,
        .number = number,
        .first = t->ratings->ptr[user],
        .end = t->ratings->ptr[user + 1],
        .next = t->ratings->ptr[user],
        .best = {t->depth, 0, w->best_score + index * t->depth, w->best_item + index * t->depth}};
    for (int64_t j = s->first; j < s->end; j++) {
        s->excluded += is_excluded(t, j);
        if (is_held(t, j)) {
            s->held++;
            *held++ = hr_score_pair(t->scorer, &w->scoring, index, t->ratings->movie[j]);
        }
    }
    return held;
}

/* Sets the scores of the user's movies in this chunk for which `is` holds to NaN, which takes no part. */
static void blank(const task *t, float *score, const user_state *s, int64_t end, int64_t first_movie,
                  bool (*is)(const task *, int64_t))
{
    for (int64_t j = s->next; j < end; j++)
        if (is(t, j))
            score[t->ratings->movie[j] - first_movie] = NAN;
}

static void rank_chunk(const task *t, workspace *w, user_state *s, float *score, const float *held,
                       int64_t first_movie, int64_t count)
{
    int64_t end = s->next;
    while (end < s->end && t->ratings->movie[end] < first_movie + count)
        end++;
    blank(t, score, s, end, first_movie, is_excluded);
    hr_topk_offer(&s->best, score, (int32_t)first_movie, count);
    if (t->asked->auc) { /* padded with NaN to whole lines */
        blank(t, score, s, end, first_movie, is_held);
        for (int64_t i = count; i % HR_LANES != 0; i++)
            score[i] = NAN;
        hr_right_order_set(&w->order, held, s->held, w->by_interval);
        s->pairs += hr_right_order_count(&w->order, score, count);
    }
    s->next = end;
}

static bool holds_out(const task *t, const user_state *s, int32_t movie)
{
    const int64_t at = hr_find_i32(t->ratings->movie + s->first, s->end - s->first, movie);
    return at != HR_NOT_FOUND && is_held(t, s->first + at);
}

/* Evaluates the user's list, re-ranked where that is asked. */
static void finish_user(const task *t, const workspace *w, user_state *s, tile_sums *sums)
{
    const double others = (double)(t->ratings->movies - s->excluded - s->held);
    const double right = others > 0.0 ? s->pairs / (others * (double)s->held) : 0.5;
    const double auc = t->asked->auc ? right : (double)NAN;
    if (t->asked->mmr)
        hr_mmr_rerank(t->asked->mmr, t->top, &s->best, w->candidate);
    for (int64_t i = 0; i < s->best.count; i++)
        w->hit[i] = holds_out(t, s, s->best.item[i]);
    hr_metrics its = {0};
    hr_metrics_add(&its, t->asked->cutoffs, w->hit, s->best.count, s->held, auc);
    hr_metrics_merge(&sums->metrics, &its);
    if (t->asked->figures)
        hr_user_figures_set(
            t->asked->figures, s->number, t->ratings, t->asked->split, t->asked->cutoffs,
            &(hr_user_list){s->user, s->best.count, s->best.item, s->best.score, w->hit, &its});
    if (t->asked->lists)
        hr_list_tally_add(t->asked->lists, s->best.item, s->best.count, &sums->lists);
}

static void rank_tile(const task *t, workspace *w, int64_t tile, tile_sums *sums)
{
    const int64_t first = tile * TILE_USERS, left = t->users - first;
    const int64_t users = left < TILE_USERS ? left : TILE_USERS, movies = t->ratings->movies;
    float *held = w->held;
    hr_score_load_users(t->scorer, &w->scoring, t->user + first, users);
    for (int64_t i = 0; i < users; i++)
        held = begin_user(t, w, i, first + i, held);
    for (int64_t m = 0; m < movies; m += CHUNK_MOVIES) {
        const int64_t count = movies - m < CHUNK_MOVIES ? movies - m : CHUNK_MOVIES;
        hr_score_movies(t->scorer, &w->scoring, m, count, CHUNK_MOVIES, w->scores);
        held = w->held;
        for (int64_t i = 0; i < users; i++) {
            rank_chunk(t, w, &w->user[i], w->scores + i * CHUNK_MOVIES, held, m, count);
            held += w->user[i].held;
        }
    }
    for (int64_t i = 0; i < users; i++)
        finish_user(t, w, &w->user[i], sums);
}

/* Ranks all tiles. Their sums are added in order, whatever thread made them. */
static hr_status rank_all(const task *t, hr_metrics *metrics, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t tiles = (t->users + TILE_USERS - 1) / TILE_USERS;
    const int threads = omp_get_max_threads();
    tile_sums *sums = NULL;
    workspace *workspaces = NULL;
    HR_ALLOC(sums, tiles);
    HR_ALLOC(workspaces, threads);
    for (int i = 0; i < threads; i++)
        HR_TRY(workspace_create(&workspaces[i], t, err));
    openblas_set_num_threads(1); /* threads take tiles */
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (int64_t tile = 0; tile < tiles; tile++)
        rank_tile(t, &workspaces[omp_get_thread_num()], tile, &sums[tile]);
    for (int64_t tile = 0; tile < tiles; tile++) {
        hr_metrics_merge(metrics, &sums[tile].metrics);
        if (t->asked->lists)
            hr_list_sums_merge(&t->asked->lists->sums, &sums[tile].lists);
    }
done:
    for (int i = 0; workspaces && i < threads; i++)
        workspace_free(&workspaces[i]);
    free(workspaces);
    free(sums);
    return status;
}

/* Lists the users that have something held out; returns how many there are. */
static int64_t list_users(const hr_ratings *ratings, const hr_evaluation *asked, int64_t *list)
{
    int64_t count = 0;
    for (int64_t user = 0; user < ratings->users; user++)
        for (int64_t j = ratings->ptr[user]; j < ratings->ptr[user + 1]; j++)
            if (ratings->split[j] == (uint8_t)asked->split) {
                list[count++] = user;
                break;
            }
    return count;
}

/* Ranks this rank's users. */
static hr_status rank_users(const hr_scorer *scorer, const hr_evaluation *asked, hr_metrics *metrics,
                            hr_error *err)
{
    hr_status status = HR_OK;
    int64_t *user = NULL;
    const int64_t top = asked->cutoffs->k[asked->cutoffs->count - 1];
    HR_ALLOC(user, scorer->ratings->users);
    const task t = {.scorer = scorer,
                    .ratings = scorer->ratings,
                    .asked = asked,
                    .top = top,
                    .depth = asked->mmr ? hr_mmr_candidates(top) : top,
                    .user = user,
                    .users = list_users(scorer->ratings, asked, user)};
    if (asked->figures)
        HR_TRY(hr_user_figures_create(asked->figures, t.users, top, err));
    HR_TRY(rank_all(&t, metrics, err));
done:
    free(user);
    return status;
}

hr_status hr_evaluate(const hr_comm *comm, const hr_scorer *scorer, const hr_evaluation *asked,
                      hr_metrics *metrics, hr_error *err)
{
    *metrics = (hr_metrics){0};
    hr_status status = rank_users(scorer, asked, metrics, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_sum_f64(comm, (double *)metrics, (int64_t)(sizeof *metrics / sizeof(double)), err));
    hr_metrics_finish(metrics);
done:
    return status;
}
