/* Which movies a user rates, drawn for each user by itself: on any thread and rank the same.
 *
 * So that each movie of a catalogue is rated, its first rating is given: the ratings of all users in order are cut
 * into as many even pieces as there are rated movies, and the first rating of each piece is of a movie of its own.
 * All others are drawn by weight (io/synth_by_user/draw_weights.h). */
#ifndef HR_IO_SYNTH_BY_USER_USER_LISTS_H
#define HR_IO_SYNTH_BY_USER_USER_LISTS_H

#include "io/base/error.h"
#include "io/base/sort.h"
#include "io/synth_by_user/draw_weights.h"

#include <stdint.h>

/* What is drawn from; all is the caller's. */
typedef struct hr_user_lists {
    const hr_taste *taste;
    const hr_draw_weights *weights;
    const int64_t *user_ptr; /* [users + 1] prefix sums of the users' numbers of ratings */
    int64_t users;
    const int32_t *rated; /* [rated_movies] in a random order; no more than there are ratings */
    int64_t rated_movies;
    uint64_t seed;
} hr_user_lists;

/* Memory of one thread. Zero-initialise; free with hr_list_workspace_free. */
typedef struct hr_list_workspace {
    float position[HR_TASTE_RANK]; /* of the user whose list was drawn last */
    int32_t *visited;              /* [movies] the visit in which a movie was last taken */
    int32_t visit;
    hr_keyed *arrival; /* [movies] */
} hr_list_workspace;

/* HR_MEMORY. */
hr_status hr_list_workspace_create(hr_list_workspace *workspace, int64_t movies, hr_error *err);
void hr_list_workspace_free(hr_list_workspace *workspace);

/* Draws the user's movies, ascending, into list [user_ptr[user + 1] - user_ptr[user]], which is at most the number of
 * rated movies. */
void hr_draw_list(const hr_user_lists *lists, hr_list_workspace *workspace, int64_t user, int32_t *list);

#endif
