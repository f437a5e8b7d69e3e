#include "trainer/evaluation/pair_loss.h"

#include "io/base/memory.h"
#include "trainer/evaluation/unrated.h"

#include <math.h>
#include <omp.h>
#include <stdbool.h>

/* What is measured. */
typedef struct task {
    const hr_scorer *scorer;
    hr_split split;
    uint64_t seed;
} task;

/* One thread's memory. */
typedef struct workspace {
    hr_score_workspace scoring;
    uint8_t *marks; /* [movies] */
} workspace;

/* ln(1 + exp(-x)) without overflow. */
static double softplus_of_minus(double x)
{
    return x > 0.0 ? log1p(exp(-x)) : -x + log1p(exp(x));
}

static void add_pair(const task *t, workspace *w, int64_t user, int32_t movie, hr_pair_loss *sum)
{
    int32_t other = 0;
    if (hr_unrated_draw(t->scorer->ratings, user, t->seed, movie, 1, &other, w->marks) == 0)
        return;
    const double held = (double)hr_score_pair(t->scorer, &w->scoring, 0, movie),
                 drawn = (double)hr_score_pair(t->scorer, &w->scoring, 0, other);
    sum->pairs += 1.0;
    sum->bpr += softplus_of_minus(held - drawn);
    sum->auc += held > drawn ? 1.0 : held == drawn ? 0.5 : 0.0;
}

/* Adds one user, who is loaded at the first held-out rating. */
static void add_user(const task *t, workspace *w, int64_t user, hr_pair_loss *sum)
{
    const hr_ratings *ratings = t->scorer->ratings;
    bool loaded = false;
    for (int64_t i = ratings->ptr[user]; i < ratings->ptr[user + 1]; i++) {
        if (ratings->split[i] != (uint8_t)t->split)
            continue;
        if (!loaded)
            hr_score_load_users(t->scorer, &w->scoring, &user, 1);
        loaded = true;
        add_pair(t, w, user, ratings->movie[i], sum);
    }
}

static hr_status workspaces_create(workspace *w, int threads, const task *t, hr_error *err)
{
    hr_status status = HR_OK;
    for (int i = 0; i < threads; i++) {
        HR_TRY(hr_score_workspace_create(&w[i].scoring, t->scorer, err));
        HR_ALLOC(w[i].marks, t->scorer->ratings->movies);
    }
done:
    return status;
}

/* Sums over this rank's users. */
static hr_status add_users(const task *t, hr_pair_loss *sum, hr_error *err)
{
    hr_status status = HR_OK;
    const int threads = omp_get_max_threads();
    const hr_ratings *ratings = t->scorer->ratings;
    workspace *w = NULL;
    double pairs = 0.0, bpr = 0.0, auc = 0.0;
    HR_ALLOC(w, threads);
    HR_TRY(workspaces_create(w, threads, t, err));
#pragma omp parallel for schedule(dynamic, 64) num_threads(threads) reduction(+ : pairs, bpr, auc)
    for (int64_t user = 0; user < ratings->users; user++) {
        hr_pair_loss mine = {0};
        add_user(t, &w[omp_get_thread_num()], user, &mine);
        pairs += mine.pairs;
        bpr += mine.bpr;
        auc += mine.auc;
    }
    *sum = (hr_pair_loss){pairs, bpr, auc};
done:
    for (int i = 0; w && i < threads; i++) {
        hr_score_workspace_free(&w[i].scoring);
        free(w[i].marks);
    }
    free(w);
    return status;
}

hr_status hr_pair_loss_measure(const hr_comm *comm, const hr_scorer *scorer, hr_split split, uint64_t seed,
                               hr_pair_loss *loss, hr_error *err)
{
    const task t = {scorer, split, seed};
    hr_pair_loss sum = {0};
    hr_status status = add_users(&t, &sum, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    double all[3] = {sum.pairs, sum.bpr, sum.auc};
    HR_TRY(hr_sum_f64(comm, all, 3, err));
    const double share = all[0] > 0.0 ? 1.0 / all[0] : 0.0;
    *loss = (hr_pair_loss){all[0], all[1] * share, all[2] * share};
done:
    return status;
}
