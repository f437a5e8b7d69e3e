#include "trainer/evaluation/evaluate.h"

#include "io/base/memory.h"
#include "io/base/search.h"
#include "trainer/kernels/simd.h"
#include "trainer/recommend/topk.h"

#include <cblas.h>
#include <math.h>
#include <omp.h>
#include <string.h>

/* Movies that a tile of users is scored with at a time: their scores, 256 KB, stay in the second cache. */
enum { TILE_USERS = HR_WORKSPACE_USERS, TILE_MOVIES = 2048 };

/* What is ranked. */
typedef struct ranking {
    const hr_scorer *scorer;
    const hr_ratings *ratings;
    const hr_evaluation *asked;
    int64_t top;           /* the largest cutoff */
    int64_t depth;         /* movies kept of each user: these, or more to pick them from */
    const int64_t *judged; /* users with something held out, by place in ratings */
    int64_t judged_count;
} ranking;

/* A user in a tile. */
typedef struct seat {
    int64_t first, end; /* the user's ratings */
    int64_t next;       /* the first of them that belongs to a later chunk of movies */
    int64_t held, excluded;
    double pairs; /* (held-out, other) pairs in right order so far */
    hr_topk best;
} seat;

/* One thread's memory. */
typedef struct workspace {
    hr_score_workspace scoring;
    float *scores; /* [TILE_USERS x TILE_MOVIES] */
    float *held;   /* scores of the held-out movies of the tile's users, one user after the other */
    seat seat[TILE_USERS];
    float *best_score; /* [TILE_USERS x depth] */
    int32_t *best_item;
    hr_mmr_place *place; /* [depth] */
    bool *hit;           /* [top] */
} workspace;

/* What a tile adds up to. */
typedef struct tile_sums {
    hr_metrics metrics;
    hr_list_sums lists;
} tile_sums;

static bool is_held(const ranking *r, int64_t rating)
{
    return r->ratings->split[rating] == (uint8_t)r->asked->split;
}

static bool is_excluded(const ranking *r, int64_t rating)
{
    return r->ratings->split[rating] < (uint8_t)r->asked->split;
}

static void workspace_free(workspace *d)
{
    hr_score_workspace_free(&d->scoring);
    free(d->scores);
    free(d->held);
    free(d->best_score);
    free(d->best_item);
    free(d->place);
    free(d->hit);
}

/* The most ratings that the users of one tile have held out together. */
static int64_t largest_tile_held(const ranking *r)
{
    int64_t largest = 0, held = 0;
    for (int64_t i = 0; i < r->judged_count; i++) {
        const int64_t user = r->judged[i];
        if (i % TILE_USERS == 0)
            held = 0;
        for (int64_t j = r->ratings->ptr[user]; j < r->ratings->ptr[user + 1]; j++)
            held += is_held(r, j);
        largest = held > largest ? held : largest;
    }
    return largest;
}

static hr_status workspace_create(workspace *d, const ranking *r, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_score_workspace_create(&d->scoring, r->scorer, err));
    HR_ALLOC(d->scores, (int64_t)TILE_USERS * TILE_MOVIES);
    HR_ALLOC(d->held, largest_tile_held(r));
    HR_ALLOC(d->best_score, TILE_USERS * r->depth);
    HR_ALLOC(d->best_item, TILE_USERS * r->depth);
    HR_ALLOC(d->place, r->depth);
    HR_ALLOC(d->hit, r->top);
done:
    return status;
}

/* Seats a user and scores the held-out movies. Returns where the next user's scores go. */
static float *take_seat(const ranking *r, workspace *d, int64_t place, int64_t user, float *held)
{
    seat *s = &d->seat[place];
    *s = (seat){.first = r->ratings->ptr[user],
                .end = r->ratings->ptr[user + 1],
                .next = r->ratings->ptr[user],
                .best = {r->depth, 0, d->best_score + place * r->depth, d->best_item + place * r->depth}};
    for (int64_t j = s->first; j < s->end; j++) {
        s->excluded += is_excluded(r, j);
        if (is_held(r, j)) {
            s->held++;
            *held++ = hr_score_pair(r->scorer, &d->scoring, place, r->ratings->movie[j]);
        }
    }
    return held;
}

typedef int32_t i32x16 __attribute__((vector_size(4 * HR_LANES)));

static int64_t sum_lanes(const i32x16 *lanes)
{
    int64_t sum = 0;
    for (int i = 0; i < HR_LANES; i++)
        sum += (*lanes)[i];
    return sum;
}

/* Pairs in right order between one held-out score and a chunk of others: 1 for less, 1/2 for equal. A chunk's
 * scores are padded with what is not a number to whole vectors. */
HR_SIMD static double count_right_order(const float *score, int64_t count, float held)
{
    i32x16 less = {0}, not_more = {0};
    for (int64_t i = 0; i < count; i += HR_LANES) {
        hr_f32x16 others;
        memcpy(&others, score + i, sizeof others);
        less -= others < held;
        not_more -= others <= held;
    }
    return 0.5 * (double)(sum_lanes(&less) + sum_lanes(&not_more));
}

/* Blanks the user's movies of this chunk for which `is` holds: what is not a number takes no part. */
static void blank(const ranking *r, float *score, const seat *s, int64_t end, int64_t first_movie,
                  bool (*is)(const ranking *, int64_t))
{
    for (int64_t j = s->next; j < end; j++)
        if (is(r, j))
            score[r->ratings->movie[j] - first_movie] = NAN;
}

static void judge_chunk(const ranking *r, seat *s, float *score, const float *held, int64_t first_movie,
                        int64_t count)
{
    int64_t end = s->next;
    while (end < s->end && r->ratings->movie[end] < first_movie + count)
        end++;
    blank(r, score, s, end, first_movie, is_excluded);
    hr_topk_offer(&s->best, score, (int32_t)first_movie, count);
    if (r->asked->auc) {
        blank(r, score, s, end, first_movie, is_held);
        for (int64_t i = count; i % HR_LANES != 0; i++)
            score[i] = NAN;
        for (int64_t h = 0; h < s->held; h++)
            s->pairs += count_right_order(score, count, held[h]);
    }
    s->next = end;
}

static bool holds_out(const ranking *r, const seat *s, int32_t movie)
{
    const int64_t at = hr_find_i32(r->ratings->movie + s->first, s->end - s->first, movie);
    return at != HR_NOT_FOUND && is_held(r, s->first + at);
}

/* Judges the list, re-ranked where that is asked. */
static void finish_seat(const ranking *r, const workspace *d, seat *s, tile_sums *sums)
{
    const double others = (double)(r->ratings->movies - s->excluded - s->held);
    const double right = others > 0.0 ? s->pairs / (others * (double)s->held) : 0.5;
    const double auc = r->asked->auc ? right : (double)NAN;
    if (r->asked->mmr)
        hr_mmr_rerank(r->asked->mmr, r->top, &s->best, d->place);
    for (int64_t i = 0; i < s->best.count; i++)
        d->hit[i] = holds_out(r, s, s->best.item[i]);
    hr_metrics_add(&sums->metrics, r->asked->cutoffs, d->hit, s->best.count, s->held, auc);
    if (r->asked->lists)
        hr_list_tally_see(r->asked->lists, s->best.item, s->best.count, &sums->lists);
}

static void rank_tile(const ranking *r, workspace *d, int64_t tile, tile_sums *sums)
{
    const int64_t first = tile * TILE_USERS, left = r->judged_count - first;
    const int64_t users = left < TILE_USERS ? left : TILE_USERS, movies = r->ratings->movies;
    float *held = d->held;
    hr_score_load_users(r->scorer, &d->scoring, r->judged + first, users);
    for (int64_t i = 0; i < users; i++)
        held = take_seat(r, d, i, r->judged[first + i], held);
    for (int64_t m = 0; m < movies; m += TILE_MOVIES) {
        const int64_t count = movies - m < TILE_MOVIES ? movies - m : TILE_MOVIES;
        hr_score_movies(r->scorer, &d->scoring, m, count, TILE_MOVIES, d->scores);
        held = d->held;
        for (int64_t i = 0; i < users; i++) {
            judge_chunk(r, &d->seat[i], d->scores + i * TILE_MOVIES, held, m, count);
            held += d->seat[i].held;
        }
    }
    for (int64_t i = 0; i < users; i++)
        finish_seat(r, d, &d->seat[i], sums);
}

/* Ranks all tiles; their sums are added in order, whatever thread made them. */
static hr_status rank_all(const ranking *r, hr_metrics *metrics, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t tiles = (r->judged_count + TILE_USERS - 1) / TILE_USERS;
    const int threads = omp_get_max_threads();
    tile_sums *sums = NULL;
    workspace *workspaces = NULL;
    HR_ALLOC(sums, tiles);
    HR_ALLOC(workspaces, threads);
    for (int t = 0; t < threads; t++)
        HR_TRY(workspace_create(&workspaces[t], r, err));
    openblas_set_num_threads(1); /* tiles are what goes in parallel */
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (int64_t tile = 0; tile < tiles; tile++)
        rank_tile(r, &workspaces[omp_get_thread_num()], tile, &sums[tile]);
    for (int64_t tile = 0; tile < tiles; tile++) {
        hr_metrics_merge(metrics, &sums[tile].metrics);
        if (r->asked->lists)
            hr_list_sums_merge(&r->asked->lists->sums, &sums[tile].lists);
    }
done:
    for (int t = 0; workspaces && t < threads; t++)
        workspace_free(&workspaces[t]);
    free(workspaces);
    free(sums);
    return status;
}

static int64_t list_judged(const hr_ratings *ratings, hr_split split, int64_t *judged)
{
    int64_t count = 0;
    for (int64_t user = 0; user < ratings->users; user++)
        for (int64_t j = ratings->ptr[user]; j < ratings->ptr[user + 1]; j++)
            if (ratings->split[j] == (uint8_t)split) {
                judged[count++] = user;
                break;
            }
    return count;
}

/* Ranks this rank's users. */
static hr_status rank_users(const hr_scorer *scorer, const hr_evaluation *asked, hr_metrics *metrics,
                            hr_error *err)
{
    hr_status status = HR_OK;
    int64_t *judged = NULL;
    const int64_t top = asked->cutoffs->k[asked->cutoffs->count - 1];
    HR_ALLOC(judged, scorer->ratings->users);
    const ranking r = {.scorer = scorer,
                       .ratings = scorer->ratings,
                       .asked = asked,
                       .top = top,
                       .depth = asked->mmr ? hr_mmr_candidates(top) : top,
                       .judged = judged,
                       .judged_count = list_judged(scorer->ratings, asked->split, judged)};
    HR_TRY(rank_all(&r, metrics, err));
done:
    free(judged);
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
