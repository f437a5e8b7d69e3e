/* Lists for any number of users: made in blocks on all ranks, and handed on as they come. */
#ifndef HR_TRAINER_LISTS_MAKE_LISTS_H
#define HR_TRAINER_LISTS_MAKE_LISTS_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/lists/list_users.h"
#include "trainer/lists/recommender.h"

/* Takes the lists of some users. */
typedef struct hr_list_sink {
    /* Takes those of users first … first + users->users - 1 of the list of users. All ranks call it as often as each other,
     * with `users` of none where a rank has no more; those of a call follow each other in order of rank. Collective. */
    hr_status (*take)(void *context, int64_t first, const hr_user_block *users, const hr_lists *lists,
                      hr_error *err);
    void *context;
} hr_list_sink;

/* Makes the lists of all `users` and hands them on. A rank holds one block of users at a time: of at most some thousands,
 * fewer where lists are long. Collective; all ranks return the same status: HR_INPUT where a file is damaged, HR_MEMORY, HR_COMM,
 * and what the sink returns. */
hr_status hr_make_lists(hr_recommender *recommender, const hr_comm *comm, const hr_list_users *users,
                        const hr_list_sink *sink, hr_error *err);

#endif
