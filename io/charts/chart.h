/* A chart: drawn by gnuplot, and made fit for a page.
 *
 * Axes and text have the colour of the text around them (currentColor), so that a chart is legible on any background;
 * series have colours that are legible on black and on white. Each chart has a title and a description for those who do
 * not see it. Texts of the data do not pass through gnuplot: whatever they contain, they are texts. */
#ifndef HR_IO_CHARTS_CHART_H
#define HR_IO_CHARTS_CHART_H

#include "io/base/error.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { HR_MOST_SERIES = 24, HR_CHART_COLOURS = 10 };

/* Colours of series, "#3b82c4"; number `i` modulo HR_CHART_COLOURS. */
const char *hr_chart_colour(int i);

typedef enum hr_mark {
    HR_MARK_LINE,
    HR_MARK_DASHES, /* a line */
    HR_MARK_POINTS,
    HR_MARK_BARS,  /* from 0 up to y, `width` wide */
    HR_MARK_ACROSS /* from 0 across to x, at y = number of the category */
} hr_mark;

typedef struct hr_series {
    hr_mark mark;
    int colour; /* a number of hr_chart_colour */
    int64_t count;
    const double *x, *y; /* [count] those that are not finite are left out */
    const double *width; /* [count] of bars */
} hr_series;

typedef struct hr_chart_label {
    double x, y; /* what it is beside */
    const char *text;
} hr_chart_label;

typedef enum hr_axis {
    HR_AXIS_PLAIN,
    HR_AXIS_WHOLE, /* whole numbers alone */
    HR_AXIS_LOG,   /* of numbers above 0 */
    HR_AXIS_TIME,  /* seconds since 1970 */
    HR_AXIS_NONE   /* not drawn */
} hr_axis;

/* Pointers are the caller's. */
typedef struct hr_chart {
    const char *title, *description;
    bool shows_title;              /* whether the title is drawn as well */
    const char *x_label, *y_label; /* "" for none */
    hr_axis x, y;
    bool from_zero; /* whether the y axis begins at 0 */
    int width, height;
    int count; /* of series */
    hr_series series[HR_MOST_SERIES];
    int labels;
    const hr_chart_label *label; /* [labels] */
    int categories;              /* of HR_MARK_ACROSS, number 0 on top */
    const char *const *category; /* [categories] their names */
} hr_chart;

/* Writes the chart as an <svg> element.
 *   id          of the element, also a prefix of ids in it: different in each chart of a page
 *   attributes  of the element: "class='chart'"
 * One process. HR_IO, also where gnuplot fails. */
hr_status hr_chart_write(const hr_chart *chart, const char *id, const char *attributes, FILE *out,
                         hr_error *err);

#endif
