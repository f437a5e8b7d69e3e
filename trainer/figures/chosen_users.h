/* Users that a page shows. */
#ifndef HR_TRAINER_FIGURES_CHOSEN_USERS_H
#define HR_TRAINER_FIGURES_CHOSEN_USERS_H

#include "trainer/figures/run_model.h"

/* A movie that a user has rated in what training sees. */
typedef struct hr_liked {
    int32_t movie;
    float value;
} hr_liked;

/* Chooses `users` users, or all with ratings to learn from if they are fewer, at even quantiles of how many of these they
 * have. (*user) [*count], the caller's to free also after a failure, receives them, the least active first. HR_MEMORY. */
hr_status hr_choose_users(const hr_run_model *model, int64_t users, int64_t **user, int64_t *count,
                          hr_error *err);

/* Reads the movies that a user has rated in the train and known parts, the highest ratings first, and of equal ones the
 * most popular movie; and the user's original id. (*liked) [*count] is the caller's to free also after a failure. HR_IO,
 * HR_INPUT, HR_MEMORY. */
hr_status hr_liked_movies(const hr_run_model *model, int64_t user, hr_liked **liked, int64_t *count,
                          hr_ids *id, hr_error *err);

#endif
