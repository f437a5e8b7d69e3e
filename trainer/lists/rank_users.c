/* Ranking all movies for blocks of users. */
#include "trainer/lists/list_workspace.h"

#include <cblas.h>
#include <math.h>
#include <omp.h>
#include <string.h>

/* Scores of movies that a user has rated become NaN, which takes no part. */
static void exclude_seen(const hr_ratings *ratings, int64_t end, int64_t *next, float *score,
                         int64_t first_movie, int64_t count)
{
    for (; *next < end && ratings->movie[*next] < first_movie + count; ++*next)
        score[ratings->movie[*next] - first_movie] = NAN;
}

static float clip(const hr_recommender *r, float score)
{
    const double clipped = fmin(fmax((double)score, r->train.lowest), r->train.highest);
    return r->predicts_ratings ? (float)clipped : score;
}

/* Writes the list of a tile's user number `index`, who is number `user` of the block. */
static void finish_user(const hr_recommender *r, hr_lists_workspace *w, int64_t index, int64_t user,
                        hr_lists *lists)
{
    hr_topk *best = &w->best;
    hr_selection_finish(&w->selection[index], best);
    if (r->mmr.diversity > 0.0)
        hr_mmr_rerank(&r->mmr, r->top, best, w->candidate);
    lists->count[user] = best->count;
    for (int64_t i = 0; i < best->count; i++) {
        lists->movie[user * lists->k + i] = best->item[i];
        lists->score[user * lists->k + i] = clip(r, best->score[i]);
    }
}

/* Ranks users first … first + users - 1 of the block. */
static void rank_tile(const hr_recommender *r, hr_lists_workspace *w, const hr_ratings *ratings,
                      int64_t first, int64_t users, hr_lists *lists)
{
    const hr_scorer *scorer = &r->loaded.scorer;
    int64_t user[HR_LIST_USERS] = {0};
    for (int64_t i = 0; i < users; i++) {
        user[i] = first + i;
        w->next[i] = ratings->ptr[first + i];
        hr_selection_clear(&w->selection[i]);
    }
    hr_score_load_users(scorer, &w->scoring, user, users);
    for (int64_t m = 0; m < scorer->movies; m += HR_LIST_MOVIES) {
        const int64_t left = scorer->movies - m, count = left < HR_LIST_MOVIES ? left : HR_LIST_MOVIES;
        hr_score_movies(scorer, &w->scoring, m, count, HR_LIST_MOVIES, w->scores);
        for (int64_t i = 0; i < users; i++) {
            float *score = w->scores + i * HR_LIST_MOVIES;
            if (!r->keeps_seen)
                exclude_seen(ratings, ratings->ptr[first + i + 1], &w->next[i], score, m, count);
            hr_selection_offer(&w->selection[i], score, (int32_t)m, count, r->allowed);
        }
    }
    for (int64_t i = 0; i < users; i++)
        finish_user(r, w, i, first + i, lists);
}

void hr_recommender_rank(hr_recommender *recommender, const hr_user_block *users, hr_lists *lists)
{
    const int64_t count = users->users;
    hr_scorer_set_users(&recommender->loaded.scorer, &users->ratings, users->row);
    openblas_set_num_threads(1); /* threads take tiles */
#pragma omp parallel for schedule(dynamic, 1) num_threads(recommender->threads)
    for (int64_t first = 0; first < count; first += HR_LIST_USERS)
        rank_tile(recommender, &recommender->workspace[omp_get_thread_num()], &users->ratings, first,
                  count - first < HR_LIST_USERS ? count - first : HR_LIST_USERS, lists);
}
