/* For whom lists are made. */
#ifndef HR_TRAINER_LISTS_LIST_USERS_H
#define HR_TRAINER_LISTS_LIST_USERS_H

#include "io/base/error.h"
#include "io/base/strings.h"
#include "io/dataset/ids.h"
#include "trainer/scoring/load_scorer.h"
#include "trainer/scoring/user_block.h"

#include <stdint.h>

/* Known users, or newcomers. Zero-initialise; free with hr_list_users_free. */
typedef struct hr_list_users {
    int64_t count;
    int64_t *user; /* [count] numbers of known users in the order of lists; NULL: users 0 … count - 1 */
    const hr_user_block *newcomers; /* of `count` users, instead of known ones; NULL: none */
} hr_list_users;

void hr_list_users_free(hr_list_users *users);

/* Finds users by their original ids. Reads all ids. Local. HR_INPUT, naming the most similar, where one is unknown;
 * HR_MEMORY. */
hr_status hr_list_users_find(hr_list_users *users, hr_h5 *dataset, const hr_strings *ids, hr_error *err);

/* Reads users first … first + count - 1 of the list (hr_load_users). A block of newcomers is copied. Local. */
hr_status hr_list_users_read(hr_user_block *block, const hr_list_users *users, const hr_loaded *loaded,
                             int64_t first, int64_t count, hr_error *err);

/* The ids of all known users, in the order of lists. Local. HR_INPUT, HR_MEMORY. */
hr_status hr_list_users_ids(hr_ids *ids, const hr_list_users *users, hr_h5 *dataset, hr_error *err);

#endif
