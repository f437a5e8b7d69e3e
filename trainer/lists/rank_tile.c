#include "trainer/lists/rank_tile.h"

#include "io/base/memory.h"

#include <math.h>

hr_status hr_lists_workspace_create(hr_lists_workspace *workspace, const hr_scorer *scorer, int64_t depth,
                                    hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_score_workspace_create(&workspace->scoring, scorer, err));
    HR_ALLOC(workspace->scores, (int64_t)HR_LIST_USERS * HR_LIST_MOVIES);
    HR_TRY(hr_lists_workspace_deepen(workspace, depth, err));
done:
    return status;
}

static void free_depth(hr_lists_workspace *w)
{
    for (int i = 0; i < HR_LIST_USERS; i++)
        hr_selection_free(&w->selection[i]);
    free(w->best.score);
    free(w->best.item);
    free(w->candidate);
    w->best = (hr_topk){0};
    w->candidate = NULL;
    w->depth = 0;
}

hr_status hr_lists_workspace_deepen(hr_lists_workspace *workspace, int64_t depth, hr_error *err)
{
    hr_status status = HR_OK;
    hr_lists_workspace *w = workspace;
    if (depth <= w->depth)
        return HR_OK;
    free_depth(w);
    for (int i = 0; i < HR_LIST_USERS; i++)
        HR_TRY(hr_selection_create(&w->selection[i], depth, err));
    w->best.k = depth;
    HR_ALLOC(w->best.score, depth);
    HR_ALLOC(w->best.item, depth);
    HR_ALLOC(w->candidate, depth);
    w->depth = depth;
done:
    return status;
}

void hr_lists_workspace_free(hr_lists_workspace *workspace)
{
    hr_score_workspace_free(&workspace->scoring);
    free(workspace->scores);
    free_depth(workspace);
}

hr_list_rules hr_list_rules_of(int64_t top, double diversity, const hr_similarities *similarity)
{
    return (hr_list_rules){
        .top = top, .depth = diversity > 0.0 ? hr_mmr_candidates(top) : top, .mmr = {diversity, similarity}};
}

/* Scores of movies that a user has rated become NaN, which takes no part. */
static void exclude_seen(const hr_ratings *ratings, int64_t end, const uint8_t *stays, int64_t *next,
                         float *score, int64_t first_movie, int64_t count)
{
    for (; *next < end && ratings->movie[*next] < first_movie + count; ++*next) {
        const int32_t movie = ratings->movie[*next];
        if (!stays || !stays[movie])
            score[movie - first_movie] = NAN;
    }
}

static float clip(const hr_ranking *r, float score)
{
    const double clipped = fmin(fmax((double)score, r->lowest), r->highest);
    return r->clips ? (float)clipped : score;
}

/* Writes the list of a tile's user number `index`, who is number `user` of the block. */
static void finish_user(const hr_ranking *r, hr_lists_workspace *w, const hr_list_rules *rules, int64_t index,
                        int64_t user, hr_lists *lists)
{
    hr_topk *best = &w->best;
    hr_selection_finish(&w->selection[index], best);
    if (rules->mmr.diversity > 0.0)
        hr_mmr_rerank(&rules->mmr, rules->top, best, w->candidate);
    lists->count[user] = best->count;
    for (int64_t i = 0; i < best->count; i++) {
        lists->movie[user * lists->k + i] = best->item[i];
        lists->score[user * lists->k + i] = clip(r, best->score[i]);
    }
}

/* Loads the users, of whom nothing is selected yet. */
static void begin_tile(const hr_ranking *r, hr_lists_workspace *w, const hr_list_rules *const *rules,
                       int64_t first, int64_t users)
{
    int64_t user[HR_LIST_USERS] = {0};
    for (int64_t i = 0; i < users; i++) {
        user[i] = first + i;
        w->next[i] = r->scorer->ratings->ptr[first + i];
        hr_selection_begin(&w->selection[i], rules[i]->depth);
    }
    hr_score_load_users(r->scorer, &w->scoring, user, users);
}

void hr_rank_tile(const hr_ranking *ranking, hr_lists_workspace *workspace, const hr_list_rules *const *rules,
                  int64_t first, int64_t users, hr_lists *lists)
{
    const hr_scorer *scorer = ranking->scorer;
    const hr_ratings *ratings = scorer->ratings;
    hr_lists_workspace *w = workspace;
    begin_tile(ranking, w, rules, first, users);
    for (int64_t m = 0; m < scorer->movies; m += HR_LIST_MOVIES) {
        const int64_t left = scorer->movies - m, count = left < HR_LIST_MOVIES ? left : HR_LIST_MOVIES;
        hr_score_movies(scorer, &w->scoring, m, count, HR_LIST_MOVIES, w->scores);
        for (int64_t i = 0; i < users; i++) {
            float *score = w->scores + i * HR_LIST_MOVIES;
            if (!rules[i]->keeps_seen)
                exclude_seen(ratings, ratings->ptr[first + i + 1], rules[i]->stays, &w->next[i], score, m,
                             count);
            hr_selection_offer(&w->selection[i], score, (int32_t)m, count, rules[i]->allowed);
        }
    }
    for (int64_t i = 0; i < users; i++)
        finish_user(ranking, w, rules[i], i, first + i, lists);
}
