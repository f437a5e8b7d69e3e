/* A chart as a script for gnuplot. */
#ifndef HR_IO_CHARTS_CHART_SCRIPT_H
#define HR_IO_CHARTS_CHART_SCRIPT_H

#include "io/charts/chart.h"

/* What stands in the script for text and colours that are filled in afterwards (svg.h). Texts are "@N@", of number N:
 * first x_label and y_label, then the title, then labels, then categories. */
#define HR_SCRIPT_TEXT_COLOUR "#010203"
#define HR_SCRIPT_GRID_COLOUR "#040506"
enum { HR_SCRIPT_X_LABEL, HR_SCRIPT_Y_LABEL, HR_SCRIPT_TITLE, HR_SCRIPT_LABELS };

void hr_chart_script(const hr_chart *chart, FILE *script);

/* The text number N of the chart; NULL where there is none. */
const char *hr_chart_text(const hr_chart *chart, int64_t number);

#endif
