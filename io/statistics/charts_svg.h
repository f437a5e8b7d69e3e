/* Charts of a dataset: users by activity, movies by popularity, values, ratings over time, and genres. */
#ifndef HR_IO_STATISTICS_CHARTS_SVG_H
#define HR_IO_STATISTICS_CHARTS_SVG_H

#include "io/base/error.h"
#include "io/charts/chart.h"
#include "io/statistics/statistics.h"

#include <stdbool.h>

typedef enum hr_statistics_chart {
    HR_CHART_ACTIVITY,
    HR_CHART_POPULARITY,
    HR_CHART_VALUES,
    HR_CHART_TIMES,
    HR_CHARTS_OF_STATISTICS
} hr_statistics_chart;

/* "activity", "popularity", "values", "times". */
extern const char *const hr_statistics_chart_names[HR_CHARTS_OF_STATISTICS];

/* "Users by activity" and the like. */
const char *hr_statistics_chart_title(hr_statistics_chart which);

/* Whether there is anything to draw. */
bool hr_statistics_can_draw(const hr_statistics *s, hr_statistics_chart which);

/* Writes a chart as an <svg> element, as hr_chart_write. HR_IO. */
hr_status hr_statistics_draw(const hr_statistics *s, hr_statistics_chart which, bool shows_title,
                             const char *id, const char *attributes, FILE *out, hr_error *err);

/* Whether `path` is a folder, which receives four files. */
bool hr_charts_fill_folder(const char *path);

/* Draws all four charts on one page, the file `path`; where `path` is a folder, each into a file of it: activity.svg,
 * popularity.svg, values.svg, times.svg. An older file is replaced once the new one is whole. One process. HR_IO, also
 * where gnuplot fails. */
hr_status hr_charts_draw(const hr_statistics *s, const char *path, hr_error *err);

#endif
