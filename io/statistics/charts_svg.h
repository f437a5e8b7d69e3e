/* Charts of a dataset as SVG, drawn by gnuplot: users by activity, movies by popularity, values, and ratings over
 * time. */
#ifndef HR_IO_STATISTICS_CHARTS_SVG_H
#define HR_IO_STATISTICS_CHARTS_SVG_H

#include "io/base/error.h"
#include "io/statistics/statistics.h"

#include <stdbool.h>

/* Whether `path` is a folder, which receives four files. */
bool hr_charts_fill_folder(const char *path);

/* Draws all four charts on one page, the file `path`; where `path` is a folder, each into a file of it: activity.svg,
 * popularity.svg, values.svg, times.svg. An older file is replaced once the new one is whole. One process. HR_IO, also
 * where gnuplot fails. */
hr_status hr_charts_draw(const hr_statistics *s, const char *path, hr_error *err);

#endif
