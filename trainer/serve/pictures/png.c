#include "trainer/serve/pictures/png.h"

#include "io/base/memory.h"
#include "trainer/serve/pictures/png_chunks.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool hr_is_png(const unsigned char *bytes, int64_t size)
{
    return size >= 8 && memcmp(bytes, "\x89PNG\r\n\x1A\n", 8) == 0;
}

static hr_status refuse(const png_image *image, hr_error *err)
{
    return hr_fail(err, HR_USAGE, "the PNG cannot be read: %s", image->message);
}

hr_status hr_png_decode(const unsigned char *bytes, int64_t size, hr_pixels *pixels, hr_error *err)
{
    hr_status status = HR_OK;
    png_image image = {.version = PNG_IMAGE_VERSION};
    unsigned char *kept = NULL;
    HR_ALLOC(kept, size);
    const int64_t left = hr_png_keep_pixels(bytes, size, kept);
    if (!png_image_begin_read_from_memory(&image, kept, (size_t)left))
        HR_TRY(refuse(&image, err));
    const bool clear = image.format & PNG_FORMAT_FLAG_ALPHA;
    HR_TRY(hr_pixels_create(pixels, image.width, image.height, clear ? 4 : 3, err));
    image.format = clear ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB;
    if (!png_image_finish_read(&image, NULL, pixels->bytes, 0, NULL) || image.warning_or_error)
        HR_TRY(refuse(&image, err));
done:
    png_image_free(&image);
    free(kept);
    return status;
}

static png_image image_of(const hr_pixels *pixels)
{
    return (png_image){.version = PNG_IMAGE_VERSION,
                       .width = (png_uint_32)pixels->width,
                       .height = (png_uint_32)pixels->height,
                       .format = pixels->channels == 4 ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB};
}

hr_status hr_png_encode(const hr_pixels *pixels, unsigned char **bytes, int64_t *size, hr_error *err)
{
    char *made = NULL;
    size_t length = 0;
    png_image image = image_of(pixels);
    FILE *out = open_memstream(&made, &length);
    if (!out)
        return hr_fail_memory(err, 1, 1, "PNG");
    const bool written = png_image_write_to_stdio(&image, out, 0, pixels->bytes, 0, NULL);
    const bool closed = fclose(out) == 0;
    if (!written || !closed) {
        free(made);
        return hr_fail(err, HR_MEMORY, "the PNG cannot be written: %s", image.message);
    }
    *bytes = (unsigned char *)made;
    *size = (int64_t)length;
    return HR_OK;
}
