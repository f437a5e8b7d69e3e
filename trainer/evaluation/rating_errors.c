#include "trainer/evaluation/rating_errors.h"

#include "trainer/numerics/summation.h"

#include <math.h>

/* Lowest and highest train rating of all ranks. */
static hr_status find_range(const hr_comm *comm, const hr_ratings *ratings, double *lowest, double *highest,
                            hr_error *err)
{
    double most[2] = {-INFINITY, -INFINITY};
    for (int64_t i = 0; i < ratings->count; i++)
        if (ratings->split[i] == HR_TRAIN) {
            most[0] = fmax(most[0], -(double)ratings->value[i]);
            most[1] = fmax(most[1], (double)ratings->value[i]);
        }
    const hr_status status = hr_max_f64(comm, most, 2, err);
    *lowest = -most[0];
    *highest = most[1];
    return status;
}

/* What errors are summed in, the same in any order: early stopping depends on them. */
typedef struct error_sums {
    double ratings;
    hr_scalar_sum squared, absolute;
} error_sums;

static error_sums empty_sums(double lowest, double highest)
{
    const double most_ratings = 0x1p32, range = highest - lowest;
    const hr_scalar_sum sum =
        hr_scalar_sum_of(HR_SUM_REPRODUCIBLE, most_ratings * fmax(range, range * range));
    return (error_sums){0.0, sum, sum};
}

/* Adds the errors of the one user that is loaded. */
static void add_user(const hr_scorer *scorer, hr_score_workspace *workspace, int64_t user, hr_split split,
                     double lowest, double highest, error_sums *sums)
{
    const hr_ratings *ratings = scorer->ratings;
    for (int64_t i = ratings->ptr[user]; i < ratings->ptr[user + 1]; i++) {
        if (ratings->split[i] != (uint8_t)split)
            continue;
        const double score = (double)hr_score_pair(scorer, workspace, 0, ratings->movie[i]);
        const double error = fmin(fmax(score, lowest), highest) - (double)ratings->value[i];
        sums->ratings += 1.0;
        hr_scalar_sum_add(&sums->squared, error * error);
        hr_scalar_sum_add(&sums->absolute, fabs(error));
    }
}

hr_status hr_rating_errors_measure(const hr_comm *comm, const hr_scorer *scorer, hr_split split,
                                   hr_rating_errors *errors, hr_error *err)
{
    double lowest = 0.0, highest = 0.0;
    hr_score_workspace workspace = {0};
    hr_status status = hr_score_workspace_create(&workspace, scorer, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(find_range(comm, scorer->ratings, &lowest, &highest, err));
    error_sums sums = empty_sums(lowest, highest);
    for (int64_t user = 0; user < scorer->ratings->users; user++) {
        hr_score_load_users(scorer, &workspace, &user, 1);
        add_user(scorer, &workspace, user, split, lowest, highest, &sums);
    }
    double all[3] = {sums.ratings, sums.squared.value, sums.absolute.value};
    HR_TRY(hr_sum_f64(comm, all, 3, err));
    const double share = all[0] > 0.0 ? 1.0 / all[0] : 0.0;
    *errors = (hr_rating_errors){all[0], sqrt(all[1] * share), all[2] * share};
done:
    hr_score_workspace_free(&workspace);
    return status;
}

void hr_rating_errors_to_json(const hr_rating_errors *errors, json_t *object)
{
    json_object_set_new(object, "ratings", json_integer((json_int_t)errors->ratings));
    json_object_set_new(object, "rmse", json_real(errors->rmse));
    json_object_set_new(object, "mae", json_real(errors->mae));
}
