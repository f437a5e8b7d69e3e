/* A picture in memory: rows of pixels of 8 bits a channel, and what is wrong with a picture that is not taken. */
#ifndef HR_TRAINER_SERVE_PICTURES_PIXELS_H
#define HR_TRAINER_SERVE_PICTURES_PIXELS_H

#include "io/base/error.h"

#include <stdint.h>

/* The largest picture: its sides, and its pixels. Memory for pixels is taken after these were checked. */
enum { HR_PICTURE_SIDE = 8192, HR_PICTURE_PIXELS = 16000000 };

/* Zero-initialise; free with hr_pixels_free. */
typedef struct hr_pixels {
    int width, height;
    int channels;         /* 3: red, green, blue; 4: and opacity */
    unsigned char *bytes; /* [height x width x channels] */
} hr_pixels;

/* Allocates a picture of this size. HR_USAGE where it is empty or too large, HR_MEMORY. */
hr_status hr_pixels_create(hr_pixels *pixels, int64_t width, int64_t height, int channels, hr_error *err);
void hr_pixels_free(hr_pixels *pixels);

/* Rotates and mirrors a picture as Exif's orientation, 1 to 8, says that it is to be shown; others leave it. HR_MEMORY. */
hr_status hr_pixels_orient(hr_pixels *pixels, int orientation, hr_error *err);

#endif
