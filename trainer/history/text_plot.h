/* A curve in characters, for a terminal. */
#ifndef HR_TRAINER_HISTORY_TEXT_PLOT_H
#define HR_TRAINER_HISTORY_TEXT_PLOT_H

#include <stdint.h>
#include <stdio.h>

enum { HR_TEXT_PLOT_LABEL = 10, HR_TEXT_PLOT_COLUMNS = 160, HR_TEXT_PLOT_ROWS = 40 };

/* Draws y over x in `rows` lines of `columns` characters, the highest and lowest y on their left; points are dots of
 * braille patterns, eight a character, and joined by lines. Values that are not finite are left out.
 *   before, after  are written around the curve of each line: codes of a colour, or ""
 *   columns, rows  at most HR_TEXT_PLOT_COLUMNS, HR_TEXT_PLOT_ROWS */
void hr_text_plot(FILE *out, const double *x, const double *y, int64_t count, int columns, int rows,
                  const char *before, const char *after);

#endif
