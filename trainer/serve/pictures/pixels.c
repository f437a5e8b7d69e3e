#include "trainer/serve/pictures/pixels.h"

#include "io/base/memory.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

hr_status hr_pixels_create(hr_pixels *pixels, int64_t width, int64_t height, int channels, hr_error *err)
{
    hr_status status = HR_OK;
    if (width < 1 || height < 1 || width > HR_PICTURE_SIDE || height > HR_PICTURE_SIDE ||
        width * height > HR_PICTURE_PIXELS)
        return hr_fail(err, HR_USAGE,
                       "the picture has %" PRId64 " x %" PRId64
                       " pixels, expected at most %d a side and %d in all",
                       width, height, HR_PICTURE_SIDE, HR_PICTURE_PIXELS);
    HR_ALLOC(pixels->bytes, width * height * channels);
    pixels->width = (int)width;
    pixels->height = (int)height;
    pixels->channels = channels;
done:
    return status;
}

void hr_pixels_free(hr_pixels *pixels)
{
    free(pixels->bytes);
    *pixels = (hr_pixels){0};
}

/* The pixel that is shown at (x, y): orientations 5 to 8 exchange the sides, and each mirrors them its own way. */
static const unsigned char *shown_at(const hr_pixels *from, int orientation, int x, int y)
{
    const bool exchanged = orientation >= 5;
    const bool right_to_left = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    const bool bottom_up = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    int column = exchanged ? y : x, row = exchanged ? x : y;
    column = right_to_left ? from->width - 1 - column : column;
    row = bottom_up ? from->height - 1 - row : row;
    return from->bytes + ((int64_t)row * from->width + column) * from->channels;
}

hr_status hr_pixels_orient(hr_pixels *pixels, int orientation, hr_error *err)
{
    hr_status status = HR_OK;
    hr_pixels made = {0};
    if (orientation < 2 || orientation > 8)
        return HR_OK;
    const bool exchanged = orientation >= 5;
    HR_TRY(hr_pixels_create(&made, exchanged ? pixels->height : pixels->width,
                            exchanged ? pixels->width : pixels->height, pixels->channels, err));
    unsigned char *at = made.bytes;
    for (int y = 0; y < made.height; y++)
        for (int x = 0; x < made.width; x++, at += made.channels)
            memcpy(at, shown_at(pixels, orientation, x, y), (size_t)made.channels);
    hr_pixels_free(pixels);
    *pixels = made;
done:
    return status;
}
