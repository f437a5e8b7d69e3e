/* Movies in an order that is no user's: the most popular, the latest, those that are rated more and more, the best rated.
 *
 *   popular      ratings
 *   latest       the year of the movie
 *   first-rated  the time of its first rating
 *   trending     (n - e) / sqrt(e + 1), with n the movie's ratings in the recent part of the period, and e how many it would
 *                have had there if its share of all ratings were what it was before: earlier ratings of the movie x recent
 *                ratings of all / earlier ratings of all. In standard deviations of a Poisson distribution, about.
 *   rated        v / (v + m) R + m / (v + m) C, IMDb's weighted rating: v ratings of the movie, with mean R; m ratings, more
 *                than which only a share of the movies have (the percentile of v over movies with a rating); C the mean of all
 *                ratings. The model toprated is this of the train ratings, with m the 90th percentile.
 *
 * Of equals the one with more ratings comes first, then the one with the smaller id. A movie that has no rating in the period
 * is not listed, unless it is by its year. */
#ifndef HR_TRAINER_TOP_CHART_H
#define HR_TRAINER_TOP_CHART_H

#include "io/base/error.h"
#include "trainer/top/movie_tally.h"

#include <stdint.h>

typedef enum hr_chart_order {
    HR_CHART_POPULAR,
    HR_CHART_LATEST,
    HR_CHART_FIRST_RATED,
    HR_CHART_TRENDING,
    HR_CHART_RATED
} hr_chart_order;

/* What a chart is made of. */
typedef struct hr_chart {
    hr_chart_order order;
    double percentile; /* from 0 to 100, of rated's m */
    const hr_movie_tally *tally;
    const int32_t *year;    /* [movies] 0 where unknown */
    const uint8_t *allowed; /* [movies] which may be listed; NULL: all */
} hr_chart;

/* A movie of a chart, and what it is in it by. */
typedef struct hr_chart_entry {
    int64_t movie;
    double score;
} hr_chart_entry;

/* Fills entry [top] with the first `top` movies, fewer where there are fewer; *count receives how many. Local. HR_MEMORY. */
hr_status hr_chart_make(const hr_chart *chart, int64_t top, hr_chart_entry *entry, int64_t *count,
                        hr_error *err);

#endif
