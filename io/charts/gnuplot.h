/* The program gnuplot, which draws charts. */
#ifndef HR_IO_CHARTS_GNUPLOT_H
#define HR_IO_CHARTS_GNUPLOT_H

#include "io/base/error.h"

#include <stdio.h>

/* Whether there is a gnuplot to draw with. HR_USAGE, saying that `what` needs it and how to get it, where there is
 * none. */
hr_status hr_gnuplot_check(const char *what, hr_error *err);

/* Lets gnuplot write what a script draws into the open file `out`, which is called `path` in messages. Rewinds the
 * script. HR_IO, also where gnuplot fails. */
hr_status hr_gnuplot_draw(FILE *script, int out, const char *path, hr_error *err);

#endif
