#include "trainer/evaluation/rating_errors.h"

#include "io/base/memory.h"
#include "trainer/numerics/summation.h"

#include <math.h>
#include <omp.h>
#include <stdbool.h>

/* What is compared: predictions within the range of the train ratings. */
typedef struct task {
    const hr_scorer *scorer;
    hr_split split;
    double lowest, highest;
    hr_user_errors *users; /* [users] or NULL */
} task;

/* What errors are summed in, the same in any order: early stopping depends on them. */
typedef struct error_sums {
    double ratings;
    hr_scalar_sum squared, absolute;
} error_sums;

static error_sums empty_sums(const task *t)
{
    const double most_ratings = 0x1p32, range = t->highest - t->lowest;
    const hr_scalar_sum sum =
        hr_scalar_sum_of(HR_SUM_REPRODUCIBLE, most_ratings * fmax(range, range * range));
    return (error_sums){0.0, sum, sum};
}

/* Adds the errors of one user, who is loaded at the first held-out rating. */
static void add_user(const task *t, hr_score_workspace *workspace, int64_t user, error_sums *sums)
{
    const hr_ratings *ratings = t->scorer->ratings;
    bool loaded = false;
    hr_user_errors its = {0.0, 0.0, 0.0};
    for (int64_t i = ratings->ptr[user]; i < ratings->ptr[user + 1]; i++) {
        if (ratings->split[i] != (uint8_t)t->split)
            continue;
        if (!loaded)
            hr_score_load_users(t->scorer, workspace, &user, 1);
        loaded = true;
        const double score = (double)hr_score_pair(t->scorer, workspace, 0, ratings->movie[i]);
        const double error = fmin(fmax(score, t->lowest), t->highest) - (double)ratings->value[i];
        sums->ratings += 1.0;
        hr_scalar_sum_add(&sums->squared, error * error);
        hr_scalar_sum_add(&sums->absolute, fabs(error));
        its.ratings += 1.0;
        its.squared += error * error;
        its.absolute += fabs(error);
    }
    if (t->users)
        t->users[user] = its;
}

/* Adds up the errors of this rank's users: sum [3] of ratings, squares, sizes. */
static hr_status add_users(const task *t, double *sum, hr_error *err)
{
    hr_status status = HR_OK;
    const int threads = omp_get_max_threads();
    const hr_ratings *ratings = t->scorer->ratings;
    hr_score_workspace *workspaces = NULL;
    double count = 0.0, squared = 0.0, absolute = 0.0;
    HR_ALLOC(workspaces, threads);
    for (int i = 0; i < threads; i++)
        HR_TRY(hr_score_workspace_create(&workspaces[i], t->scorer, err));
#pragma omp parallel num_threads(threads) reduction(+ : count, squared, absolute)
    {
        error_sums mine = empty_sums(t);
#pragma omp for schedule(dynamic, 64)
        for (int64_t user = 0; user < ratings->users; user++)
            add_user(t, &workspaces[omp_get_thread_num()], user, &mine);
        count += mine.ratings;
        squared += mine.squared.value;
        absolute += mine.absolute.value;
    }
    sum[0] = count;
    sum[1] = squared;
    sum[2] = absolute;
done:
    for (int i = 0; workspaces && i < threads; i++)
        hr_score_workspace_free(&workspaces[i]);
    free(workspaces);
    return status;
}

hr_status hr_rating_errors_measure(const hr_comm *comm, const hr_scorer *scorer, hr_split split,
                                   const hr_train_figures *train, hr_user_errors *users,
                                   hr_rating_errors *errors, hr_error *err)
{
    hr_status status = HR_OK;
    double all[3] = {0.0, 0.0, 0.0};
    const task t = {scorer, split, train->lowest, train->highest, users};
    status = add_users(&t, all, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_sum_f64(comm, all, 3, err));
    const double share = all[0] > 0.0 ? 1.0 / all[0] : 0.0;
    *errors = (hr_rating_errors){all[0], sqrt(all[1] * share), all[2] * share};
done:
    return status;
}

void hr_rating_errors_to_json(const hr_rating_errors *errors, json_t *object)
{
    json_object_set_new(object, "ratings", json_integer((json_int_t)errors->ratings));
    json_object_set_new(object, "rmse", json_real(errors->rmse));
    json_object_set_new(object, "mae", json_real(errors->mae));
}
