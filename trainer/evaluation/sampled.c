#include "trainer/evaluation/sampled.h"

#include "io/base/memory.h"
#include "trainer/evaluation/unrated.h"

#include <math.h>
#include <omp.h>

/* What is evaluated. */
typedef struct task {
    const hr_scorer *scorer;
    hr_split split;
    const hr_cutoffs *cutoffs;
    int64_t negatives;
    uint64_t seed;
} task;

/* One thread's memory. */
typedef struct workspace {
    hr_score_workspace scoring;
    int32_t *drawn; /* [negatives] */
    uint8_t *marks; /* [movies] */
} workspace;

void hr_sampled_add(hr_sampled *sum, const hr_cutoffs *cutoffs, int64_t drawn, int64_t above, int64_t ties)
{
    const double ranks = (double)(ties + 1); /* that the held-out movie may have */
    const double below = (double)(drawn - above - ties);
    sum->ranked += 1.0;
    sum->auc += drawn > 0 ? (below + 0.5 * (double)ties) / (double)drawn : 0.5;
    for (int i = 0; i < cutoffs->count; i++)
        for (int64_t rank = above + 1; rank <= above + ties + 1 && rank <= cutoffs->k[i]; rank++) {
            sum->at[i].hit += 1.0 / ranks;
            sum->at[i].ndcg += hr_rank_discount(rank) / ranks;
            sum->at[i].mrr += 1.0 / (double)rank / ranks;
        }
}

/* Ranks one held-out movie of user number `index` of those loaded. */
static void rank_movie(const task *t, workspace *w, int64_t index, int64_t user, int32_t movie,
                       hr_sampled *sum)
{
    const float score = hr_score_pair(t->scorer, &w->scoring, index, movie);
    const int64_t drawn =
        hr_unrated_draw(t->scorer->ratings, user, t->seed, movie, t->negatives, w->drawn, w->marks);
    int64_t above = 0, ties = 0;
    for (int64_t i = 0; i < drawn; i++) {
        const float other = hr_score_pair(t->scorer, &w->scoring, index, w->drawn[i]);
        above += other > score || isnan(score); /* NaN is no hit */
        ties += other == score;
    }
    hr_sampled_add(sum, t->cutoffs, drawn, above, ties);
}

static void rank_users(const task *t, workspace *w, int64_t first, int64_t users, hr_sampled *sum)
{
    const hr_ratings *ratings = t->scorer->ratings;
    int64_t user[HR_WORKSPACE_USERS] = {0};
    if (ratings->ptr[first + users] == ratings->ptr[first])
        return; /* nobody of them is in a sample of users */
    for (int64_t i = 0; i < users; i++)
        user[i] = first + i;
    hr_score_load_users(t->scorer, &w->scoring, user, users);
    for (int64_t i = 0; i < users; i++)
        for (int64_t j = ratings->ptr[first + i]; j < ratings->ptr[first + i + 1]; j++)
            if (ratings->split[j] == (uint8_t)t->split)
                rank_movie(t, w, i, first + i, ratings->movie[j], sum);
}

static hr_status workspace_create(workspace *w, const task *t, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_score_workspace_create(&w->scoring, t->scorer, err));
    HR_ALLOC(w->drawn, t->negatives);
    HR_ALLOC(w->marks, t->scorer->ratings->movies);
done:
    return status;
}

static void workspace_free(workspace *w)
{
    hr_score_workspace_free(&w->scoring);
    free(w->drawn);
    free(w->marks);
}

static void merge(hr_sampled *sum, const hr_sampled *other)
{
    double *to = (double *)sum;
    const double *from = (const double *)other;
    for (size_t i = 0; i < sizeof *sum / sizeof *to; i++)
        to[i] += from[i];
}

/* Ranks all users, in blocks of as many as a workspace holds. Sums of blocks are added in order, whatever
 * thread made them. */
static hr_status rank_all(const task *t, hr_sampled *total, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t users = t->scorer->ratings->users,
                  blocks = (users + HR_WORKSPACE_USERS - 1) / HR_WORKSPACE_USERS;
    const int threads = omp_get_max_threads();
    hr_sampled *sums = NULL;
    workspace *workspaces = NULL;
    HR_ALLOC(sums, blocks);
    HR_ALLOC(workspaces, threads);
    for (int i = 0; i < threads; i++)
        HR_TRY(workspace_create(&workspaces[i], t, err));
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (int64_t b = 0; b < blocks; b++) {
        const int64_t first = b * HR_WORKSPACE_USERS, left = users - first;
        rank_users(t, &workspaces[omp_get_thread_num()], first,
                   left < HR_WORKSPACE_USERS ? left : HR_WORKSPACE_USERS, &sums[b]);
    }
    for (int64_t b = 0; b < blocks; b++)
        merge(total, &sums[b]);
done:
    for (int i = 0; workspaces && i < threads; i++)
        workspace_free(&workspaces[i]);
    free(workspaces);
    free(sums);
    return status;
}

static void finish(hr_sampled *sampled)
{
    const double share = sampled->ranked > 0.0 ? 1.0 / sampled->ranked : 0.0;
    sampled->auc *= share;
    for (int i = 0; i < HR_MAX_CUTOFFS; i++) {
        sampled->at[i].hit *= share;
        sampled->at[i].ndcg *= share;
        sampled->at[i].mrr *= share;
    }
}

hr_status hr_sampled_evaluate(const hr_comm *comm, const hr_scorer *scorer, hr_split split,
                              const hr_cutoffs *cutoffs, int64_t negatives, uint64_t seed,
                              hr_sampled *sampled, hr_error *err)
{
    const task t = {scorer, split, cutoffs, negatives, seed};
    *sampled = (hr_sampled){0};
    hr_status status = rank_all(&t, sampled, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_sum_f64(comm, (double *)sampled, (int64_t)(sizeof *sampled / sizeof(double)), err));
    finish(sampled);
done:
    return status;
}
