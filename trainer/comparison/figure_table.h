/* Figures as means over users, of all of them or of a segment: one table, from which the means, their intervals and
 * comparisons of two models are computed (resampling.h).
 *
 * A figure is sum of value / sum of weight over users, or its root. A user's weight is 1 in the figures of segments that
 * the user is in, else 0; in errors of ratings it is their number.
 *
 * Segments, by train ratings alone:
 *   new users       those with fewer than `new_below`; regular users: all others
 *   popular movies  the `popular_share` of the rated movies that have most ratings, and all with as many as the last of
 *                   these; tail movies: all others. The recall of a segment counts its held-out movies alone, and its
 *                   users are those who have one. */
#ifndef HR_TRAINER_COMPARISON_FIGURE_TABLE_H
#define HR_TRAINER_COMPARISON_FIGURE_TABLE_H

#include "io/base/error.h"
#include "trainer/evaluation/user_figures.h"

#include <stdbool.h>
#include <stdint.h>

/* What users are told apart by; HR_SEGMENT_RATINGS is all users, by their number of held-out ratings. */
typedef enum hr_segment {
    HR_SEGMENT_ALL,
    HR_SEGMENT_NEW,
    HR_SEGMENT_REGULAR,
    HR_SEGMENT_POPULAR,
    HR_SEGMENT_TAIL,
    HR_SEGMENT_RATINGS,
    HR_SEGMENTS
} hr_segment;

/* "new_users", …: as JSON has them. */
extern const char *const hr_segment_names[HR_SEGMENTS];

enum {
    HR_FIGURE_NAME = 32,
    HR_MOST_FIGURES = 1 + 7 * HR_MAX_CUTOFFS + 2 * (1 + 2 * HR_MAX_CUTOFFS) + 2 * HR_MAX_CUTOFFS + 2
};

/* One figure. */
typedef struct hr_figure {
    char name[HR_FIGURE_NAME]; /* "recall@10" */
    hr_segment segment;
    bool is_root;
    bool is_error; /* whether less is better */
} hr_figure;

/* Zero-initialise; free with hr_figure_table_free. */
typedef struct hr_figure_table {
    int64_t users;
    int figures;
    hr_figure figure[HR_MOST_FIGURES];
    int64_t *user;  /* [users] of all users */
    double *weight; /* [users x HR_SEGMENTS] */
    double *value;  /* [users x figures] 0 where the weight is */
} hr_figure_table;

/* Fills a table.
 *   cutoffs     of the figures
 *   new_below   see above
 *   has_errors  whether errors of ratings are in it
 * Values are multiples of a unit, so that sums of them are the same in any order. Local. HR_MEMORY. */
hr_status hr_figure_table_create(hr_figure_table *table, const hr_user_figures *figures,
                                 const hr_cutoffs *cutoffs, int64_t new_below, bool has_errors,
                                 hr_error *err);
void hr_figure_table_free(hr_figure_table *table);

/* Marks the popular movies.
 *   count       [movies] train ratings of each
 *   is_popular  [movies]
 *   least       receives the fewest ratings that make a movie popular
 * Local. HR_MEMORY. */
hr_status hr_popular_mark(const int32_t *count, int64_t movies, double popular_share, uint8_t *is_popular,
                          int64_t *least, hr_error *err);

#endif
