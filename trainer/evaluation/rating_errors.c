#include "trainer/evaluation/rating_errors.h"

#include "trainer/numerics/exact.h"

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

/* Up to so many errors add up to the same in any order (exact.h): early stopping goes by them. */
static const double most_ratings = 0x1p32;

/* Adds number, squares and amounts of the errors of one user, who has a seat. */
static void add_user(const hr_scorer *scorer, hr_score_workspace *workspace, int64_t user, hr_split split,
                     double lowest, double highest, double sums[3])
{
    const double range = highest - lowest, unit = hr_exact_unit(most_ratings * fmax(range, range * range));
    const hr_ratings *ratings = scorer->ratings;
    for (int64_t i = ratings->ptr[user]; i < ratings->ptr[user + 1]; i++) {
        if (ratings->split[i] != (uint8_t)split)
            continue;
        const double score = (double)hr_score_pair(scorer, workspace, 0, ratings->movie[i]);
        const double error = fmin(fmax(score, lowest), highest) - (double)ratings->value[i];
        sums[0] += 1.0;
        sums[1] += hr_exact_round(error * error, unit);
        sums[2] += hr_exact_round(fabs(error), unit);
    }
}

hr_status hr_rating_errors_measure(const hr_comm *comm, const hr_scorer *scorer, hr_split split,
                                   hr_rating_errors *errors, hr_error *err)
{
    double lowest = 0.0, highest = 0.0, sums[3] = {0.0, 0.0, 0.0};
    hr_score_workspace workspace = {0};
    hr_status status = hr_score_workspace_create(&workspace, scorer, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(find_range(comm, scorer->ratings, &lowest, &highest, err));
    for (int64_t user = 0; user < scorer->ratings->users; user++) {
        hr_score_load_users(scorer, &workspace, &user, 1);
        add_user(scorer, &workspace, user, split, lowest, highest, sums);
    }
    HR_TRY(hr_sum_f64(comm, sums, 3, err));
    const double share = sums[0] > 0.0 ? 1.0 / sums[0] : 0.0;
    *errors = (hr_rating_errors){sums[0], sqrt(sums[1] * share), sums[2] * share};
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
