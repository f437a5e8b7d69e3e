/* The figures of each user that is evaluated, and the list that they are of: what segments, intervals and comparisons are
 * made of (figure_table.h), and what is written user by user (user_files.h). */
#ifndef HR_TRAINER_EVALUATION_USER_FIGURES_H
#define HR_TRAINER_EVALUATION_USER_FIGURES_H

#include "io/base/error.h"
#include "io/dataset/ratings.h"
#include "trainer/evaluation/metrics.h"

#include <stdbool.h>
#include <stdint.h>

/* One user's. */
typedef struct hr_user_figure {
    int64_t user;                         /* of all users */
    int64_t train;                        /* train ratings, or known ones of a user that is held out */
    int64_t held, held_popular;           /* held-out movies; of these, popular ones */
    int64_t hits_popular[HR_MAX_CUTOFFS]; /* popular held-out movies in the list of length k */
    hr_metrics metrics;                   /* of this user alone, with users = 1 */
    double ratings, squared,
        absolute; /* held-out ratings, and sums over them of errors; 0 where none are measured */
} hr_user_figure;

/* Those of one rank, in ascending order of users. Zero-initialise, fill in the first members; free with
 * hr_user_figures_free. */
typedef struct hr_user_figures {
    const uint8_t *is_popular; /* [movies] */
    bool keeps_lists;
    int64_t count;
    hr_user_figure *figure; /* [count] */
    int64_t top;            /* longest list */
    int32_t *length; /* [count] of each user's list; NULL where lists are not kept, and so are the next */
    int32_t *movie;  /* [count x top] best first */
    float *score;    /* [count x top] in the same order */
    bool *is_held;   /* [count x top] */
} hr_user_figures;

/* Makes room for `count` users and lists of up to `top` movies. HR_MEMORY. Local. */
hr_status hr_user_figures_create(hr_user_figures *figures, int64_t count, int64_t top, hr_error *err);
void hr_user_figures_free(hr_user_figures *figures);

/* A user's list, evaluated. */
typedef struct hr_user_list {
    int64_t user; /* of `ratings` */
    int64_t length;
    const int32_t *movie; /* [length] best first */
    const float *score;
    const bool *is_held;
    const hr_metrics *metrics;
} hr_user_list;

/* Fills in figure number `index`. Local; threads may call it at once with other indices. */
void hr_user_figures_set(hr_user_figures *figures, int64_t index, const hr_ratings *ratings, hr_split split,
                         const hr_cutoffs *cutoffs, const hr_user_list *list);

#endif
