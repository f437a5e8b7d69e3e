/* Lists of movies, one a user. */
#ifndef HR_TRAINER_LISTS_LISTS_H
#define HR_TRAINER_LISTS_LISTS_H

#include "io/base/error.h"

#include <stdint.h>

/* Lists of some users, fewer movies than k where no more are left. Zero-initialise; free with hr_lists_free. */
typedef struct hr_lists {
    int64_t users, k;
    int64_t *count; /* [users] movies in the list */
    int32_t *movie; /* [users x k] best first, or as diversity picks them */
    float *score;   /* [users x k] predicted ratings are within the range of the train ratings */
} hr_lists;

/* For `users` users at a time. HR_MEMORY. */
hr_status hr_lists_create(hr_lists *lists, int64_t users, int64_t k, hr_error *err);
void hr_lists_free(hr_lists *lists);

#endif
