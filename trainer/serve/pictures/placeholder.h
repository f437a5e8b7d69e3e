/* A drawing in the place of a picture that is not there: the title on a ground whose colour follows from the title, as SVG. */
#ifndef HR_TRAINER_SERVE_PICTURES_PLACEHOLDER_H
#define HR_TRAINER_SERVE_PICTURES_PLACEHOLDER_H

#include "io/base/error.h"

#include <stddef.h>

/* Draws it; year 0: unknown. *svg is the caller's. HR_MEMORY. */
hr_status hr_placeholder_draw(const char *title, int year, char **svg, size_t *length, hr_error *err);

#endif
