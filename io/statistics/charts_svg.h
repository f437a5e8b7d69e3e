/* Charts of a dataset: users by activity, movies by popularity, values, ratings over time, and genres. */
#ifndef HR_IO_STATISTICS_CHARTS_SVG_H
#define HR_IO_STATISTICS_CHARTS_SVG_H

#include "io/base/error.h"
#include "io/charts/chart.h"
#include "io/hdf5/output_kind.h"
#include "io/statistics/statistics.h"

#include <limits.h>
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

/* Names of the files that hr_charts_draw writes, and how they are told from others: their number. Local. */
typedef char hr_chart_files[HR_CHARTS_OF_STATISTICS][PATH_MAX];
int hr_charts_name_files(const char *path, hr_chart_files files);
extern const hr_output_marks hr_charts_marks;

/* Draws all four charts on one page, the file `path`; where `path` is a folder, each into a file of it: activity.svg,
 * popularity.svg, values.svg, times.svg. An older file is replaced once the new one is whole. One process. HR_IO, also
 * where gnuplot fails. */
hr_status hr_charts_draw(const hr_statistics *s, const char *path, hr_error *err);

#endif
