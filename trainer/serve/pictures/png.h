/* PNG, by libpng. */
#ifndef HR_TRAINER_SERVE_PICTURES_PNG_H
#define HR_TRAINER_SERVE_PICTURES_PNG_H

#include "trainer/serve/pictures/pixels.h"

#include <stdbool.h>

bool hr_is_png(const unsigned char *bytes, int64_t size);

/* Decodes a picture of any depth and colours; of an animation the first frame. HR_USAGE, saying what is wrong, where it is no whole
 * PNG, or too large; HR_MEMORY. */
hr_status hr_png_decode(const unsigned char *bytes, int64_t size, hr_pixels *pixels, hr_error *err);

/* Encodes it: no text, no profile, no time. *bytes is the caller's, and freed by free. HR_USAGE, HR_MEMORY. */
hr_status hr_png_encode(const hr_pixels *pixels, unsigned char **bytes, int64_t *size, hr_error *err);

#endif
