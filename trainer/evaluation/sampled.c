#include "trainer/evaluation/sampled.h"

#include "io/base/memory.h"
#include "trainer/evaluation/unrated.h"

#include <math.h>
#include <omp.h>

/* What is asked. */
typedef struct question {
    const hr_scorer *scorer;
    hr_split split;
    const hr_cutoffs *cutoffs;
    int64_t negatives;
    uint64_t seed;
} question;

/* One thread's memory. */
typedef struct workspace {
    hr_score_workspace scoring;
    int32_t *drawn; /* [negatives] */
    uint8_t *marks; /* [movies] */
} workspace;

void hr_sampled_add(hr_sampled *sum, const hr_cutoffs *cutoffs, int64_t drawn, int64_t above, int64_t ties)
{
    const double places = (double)(ties + 1);
    const double below = (double)(drawn - above - ties);
    sum->ranked += 1.0;
    sum->auc += drawn > 0 ? (below + 0.5 * (double)ties) / (double)drawn : 0.5;
    for (int i = 0; i < cutoffs->count; i++)
        for (int64_t rank = above + 1; rank <= above + ties + 1 && rank <= cutoffs->k[i]; rank++) {
            sum->at[i].hit += 1.0 / places;
            sum->at[i].ndcg += hr_rank_discount(rank) / places;
            sum->at[i].mrr += 1.0 / (double)rank / places;
        }
}

/* Ranks one held-out movie of the user at a place. */
static void rank_movie(const question *q, workspace *d, int64_t place, int64_t user, int32_t movie,
                       hr_sampled *sum)
{
    const float score = hr_score_pair(q->scorer, &d->scoring, place, movie);
    const int64_t drawn =
        hr_unrated_draw(q->scorer->ratings, user, q->seed, movie, q->negatives, d->drawn, d->marks);
    int64_t above = 0, ties = 0;
    for (int64_t i = 0; i < drawn; i++) {
        const float other = hr_score_pair(q->scorer, &d->scoring, place, d->drawn[i]);
        above += other > score || isnan(score); /* what is no score is no hit */
        ties += other == score;
    }
    hr_sampled_add(sum, q->cutoffs, drawn, above, ties);
}

static void rank_users(const question *q, workspace *d, int64_t first, int64_t users, hr_sampled *sum)
{
    const hr_ratings *ratings = q->scorer->ratings;
    int64_t seated[HR_WORKSPACE_USERS] = {0};
    for (int64_t i = 0; i < users; i++)
        seated[i] = first + i;
    hr_score_load_users(q->scorer, &d->scoring, seated, users);
    for (int64_t i = 0; i < users; i++)
        for (int64_t j = ratings->ptr[first + i]; j < ratings->ptr[first + i + 1]; j++)
            if (ratings->split[j] == (uint8_t)q->split)
                rank_movie(q, d, i, first + i, ratings->movie[j], sum);
}

static hr_status workspace_create(workspace *d, const question *q, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_score_workspace_create(&d->scoring, q->scorer, err));
    HR_ALLOC(d->drawn, q->negatives);
    HR_ALLOC(d->marks, q->scorer->ratings->movies);
done:
    return status;
}

static void workspace_free(workspace *d)
{
    hr_score_workspace_free(&d->scoring);
    free(d->drawn);
    free(d->marks);
}

static void merge(hr_sampled *sum, const hr_sampled *other)
{
    double *to = (double *)sum;
    const double *from = (const double *)other;
    for (size_t i = 0; i < sizeof *sum / sizeof *to; i++)
        to[i] += from[i];
}

/* Ranks all users, a workspace full at a time; sums are added in order, whatever thread made them. */
static hr_status rank_all(const question *q, hr_sampled *total, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t users = q->scorer->ratings->users,
                  tables = (users + HR_WORKSPACE_USERS - 1) / HR_WORKSPACE_USERS;
    const int threads = omp_get_max_threads();
    hr_sampled *sums = NULL;
    workspace *workspaces = NULL;
    HR_ALLOC(sums, tables);
    HR_ALLOC(workspaces, threads);
    for (int t = 0; t < threads; t++)
        HR_TRY(workspace_create(&workspaces[t], q, err));
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (int64_t t = 0; t < tables; t++) {
        const int64_t first = t * HR_WORKSPACE_USERS, left = users - first;
        rank_users(q, &workspaces[omp_get_thread_num()], first,
                   left < HR_WORKSPACE_USERS ? left : HR_WORKSPACE_USERS, &sums[t]);
    }
    for (int64_t t = 0; t < tables; t++)
        merge(total, &sums[t]);
done:
    for (int t = 0; workspaces && t < threads; t++)
        workspace_free(&workspaces[t]);
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
    const question q = {scorer, split, cutoffs, negatives, seed};
    *sampled = (hr_sampled){0};
    hr_status status = rank_all(&q, sampled, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_sum_f64(comm, (double *)sampled, (int64_t)(sizeof *sampled / sizeof(double)), err));
    finish(sampled);
done:
    return status;
}
