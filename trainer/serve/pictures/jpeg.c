#include "trainer/serve/pictures/jpeg.h"

#include "io/base/memory.h"

#include <limits.h>
#include <string.h>
#include <turbojpeg.h>

enum { QUALITY = 88 };

bool hr_is_jpeg(const unsigned char *bytes, int64_t size)
{
    return size >= 3 && memcmp(bytes, "\xFF\xD8\xFF", 3) == 0;
}

static hr_status refuse(tjhandle codec, hr_error *err)
{
    return hr_fail(err, HR_USAGE, "the JPEG cannot be read: %s", tjGetErrorStr2(codec));
}

/* A warning is an error: it says that the file is cut off or damaged. Files of a thousand scans, which take minutes, are refused. */
static hr_status decode(tjhandle codec, const unsigned char *bytes, int64_t size, hr_pixels *pixels,
                        hr_error *err)
{
    hr_status status = HR_OK;
    int width, height, sampling, colours;
    const unsigned long length = (unsigned long)size;
    if (tjDecompressHeader3(codec, bytes, length, &width, &height, &sampling, &colours) != 0)
        HR_TRY(refuse(codec, err));
    if (colours == TJCS_CMYK || colours == TJCS_YCCK)
        HR_TRY(hr_fail(err, HR_USAGE, "the JPEG has colours for printing (CMYK): save it with RGB"));
    HR_TRY(hr_pixels_create(pixels, width, height, 3, err));
    if (tjDecompress2(codec, bytes, length, pixels->bytes, width, 0, height, TJPF_RGB,
                      TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS) != 0)
        HR_TRY(refuse(codec, err));
    HR_TRY(hr_pixels_orient(pixels, hr_jpeg_orientation(bytes, size), err));
done:
    return status;
}

hr_status hr_jpeg_decode(const unsigned char *bytes, int64_t size, hr_pixels *pixels, hr_error *err)
{
    tjhandle codec = tjInitDecompress();
    if (!codec)
        return hr_fail_memory(err, 1, 1, "JPEG");
    const hr_status status = decode(codec, bytes, size, pixels, err);
    tjDestroy(codec);
    return status;
}

static hr_status copy(const unsigned char *made, unsigned long length, unsigned char **bytes, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(*bytes, (int64_t)length);
    memcpy(*bytes, made, length);
done:
    return status;
}

hr_status hr_jpeg_encode(const hr_pixels *pixels, unsigned char **bytes, int64_t *size, hr_error *err)
{
    hr_status status = HR_OK;
    unsigned char *made = NULL; /* tjFree's */
    unsigned long length = 0;
    tjhandle codec = tjInitCompress();
    if (!codec)
        return hr_fail_memory(err, 1, 1, "JPEG");
    if (tjCompress2(codec, pixels->bytes, pixels->width, 0, pixels->height, TJPF_RGB, &made, &length,
                    TJSAMP_420, QUALITY, 0) != 0)
        HR_TRY(hr_fail(err, HR_USAGE, "the JPEG cannot be written: %s", tjGetErrorStr2(codec)));
    HR_TRY(copy(made, length, bytes, err));
    *size = (int64_t)length;
done:
    tjFree(made);
    tjDestroy(codec);
    return status;
}
