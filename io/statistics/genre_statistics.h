/* Which genres are rated, how often, and how. */
#ifndef HR_IO_STATISTICS_GENRE_STATISTICS_H
#define HR_IO_STATISTICS_GENRE_STATISTICS_H

#include "io/statistics/statistics.h"

/* Fills s->genre_name and s->genre.
 *   of_movie   [movies] ratings of each movie
 *   value_sum  [movies] of their values
 * HR_IO, HR_INPUT, HR_MEMORY. */
hr_status hr_genre_statistics_measure(hr_statistics *s, hr_h5 *dataset, const int32_t *of_movie,
                                      const double *value_sum, hr_error *err);

#endif
