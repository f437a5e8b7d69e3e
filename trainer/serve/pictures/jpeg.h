/* JPEG, by libjpeg-turbo. */
#ifndef HR_TRAINER_SERVE_PICTURES_JPEG_H
#define HR_TRAINER_SERVE_PICTURES_JPEG_H

#include "trainer/serve/pictures/pixels.h"

#include <stdbool.h>

bool hr_is_jpeg(const unsigned char *bytes, int64_t size);

/* Decodes a picture, and rotates it the way that it is to be shown. HR_USAGE, saying what is wrong, where it is no whole JPEG of 3
 * channels or one, or too large; HR_MEMORY. */
hr_status hr_jpeg_decode(const unsigned char *bytes, int64_t size, hr_pixels *pixels, hr_error *err);

/* Encodes 3 channels: no comment, no Exif, no profile. *bytes is the caller's, and freed by free. HR_USAGE, HR_MEMORY. */
hr_status hr_jpeg_encode(const hr_pixels *pixels, unsigned char **bytes, int64_t *size, hr_error *err);

/* Exif's orientation of a JPEG, 1 to 8; 1 where it says none. */
int hr_jpeg_orientation(const unsigned char *bytes, int64_t size);

#endif
