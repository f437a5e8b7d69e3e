#include "trainer/serve/pictures/picture.h"

#include "trainer/serve/pictures/jpeg.h"
#include "trainer/serve/pictures/png.h"

#include <inttypes.h>
#include <stdlib.h>

void hr_picture_maker_begin(hr_picture_maker *maker)
{
    pthread_mutex_init(&maker->one_at_a_time, NULL);
}

void hr_picture_maker_end(hr_picture_maker *maker)
{
    pthread_mutex_destroy(&maker->one_at_a_time);
}

bool hr_is_picture(const unsigned char *bytes, int64_t size)
{
    return hr_is_jpeg(bytes, size) || hr_is_png(bytes, size);
}

static hr_status check_size(int64_t size, const char *what, hr_error *err)
{
    return size <= HR_PICTURE_BYTES
               ? HR_OK
               : hr_fail(err, HR_USAGE, "the picture%s has %" PRId64 " bytes, expected at most %d", what,
                         size, HR_PICTURE_BYTES);
}

static hr_status decode(const unsigned char *bytes, int64_t size, hr_pixels *pixels, hr_error *err)
{
    if (hr_is_jpeg(bytes, size))
        return hr_jpeg_decode(bytes, size, pixels, err);
    if (hr_is_png(bytes, size))
        return hr_png_decode(bytes, size, pixels, err);
    return hr_fail(err, HR_USAGE, "the picture is neither a JPEG nor a PNG");
}

static hr_status make(const unsigned char *bytes, int64_t size, hr_kept_picture *picture, hr_error *err)
{
    hr_status status = HR_OK;
    hr_pixels pixels = {0};
    const bool jpeg = hr_is_jpeg(bytes, size);
    HR_TRY(check_size(size, "", err));
    HR_TRY(decode(bytes, size, &pixels, err));
    *picture = (hr_kept_picture){
        .type = jpeg ? "image/jpeg" : "image/png", .width = pixels.width, .height = pixels.height};
    HR_TRY((jpeg ? hr_jpeg_encode : hr_png_encode)(&pixels, &picture->bytes, &picture->size, err));
    HR_TRY(check_size(picture->size, ", encoded anew,", err));
done:
    if (status != HR_OK) {
        free(picture->bytes);
        *picture = (hr_kept_picture){0};
    }
    hr_pixels_free(&pixels);
    return status;
}

hr_status hr_picture_make(hr_picture_maker *maker, const unsigned char *bytes, int64_t size,
                          hr_kept_picture *picture, hr_error *err)
{
    *picture = (hr_kept_picture){0};
    pthread_mutex_lock(&maker->one_at_a_time);
    const hr_status status = make(bytes, size, picture, err);
    pthread_mutex_unlock(&maker->one_at_a_time);
    return status;
}
