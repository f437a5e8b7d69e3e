/* Scores of one user by a filter: sweeps of single numbers, 8 bytes a movie instead of a panel's 128, so that all movies stay in
 * the second cache, and users who share nothing with the user are not returned from. */
#ifndef HR_TRAINER_FILTERS_ONE_USER_H
#define HR_TRAINER_FILTERS_ONE_USER_H

#include "trainer/filters/filter.h"

/* Scores a user with all movies: those of hr_filter_panel, which are equal.
 *   score  [movies] overwritten
 * Local, by one thread. */
void hr_filter_one(const hr_filter *filter, hr_filter_workspace *workspace, const hr_filter_user *user,
                   float *score);

#endif
