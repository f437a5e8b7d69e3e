#include "trainer/serve/pictures/jpeg.h"

#include <string.h>

/* Exif is TIFF: a header, and a directory of entries of 12 bytes: tag, type, count, value. */
enum { ORIENTATION = 0x0112, SHORT = 3, ENTRY = 12, EXIF = 6, TIFF_HEADER = 8 };

/* Bytes of a segment, in one order or the other. */
typedef struct tiff {
    const unsigned char *bytes;
    int64_t size;
    bool little;
} tiff;

static uint32_t number(const tiff *t, int64_t at, int bytes)
{
    uint32_t value = 0;
    if (at < 0 || at + bytes > t->size)
        return 0;
    for (int i = 0; i < bytes; i++)
        value = value << 8 | t->bytes[at + (t->little ? bytes - 1 - i : i)];
    return value;
}

static int orientation_of(const unsigned char *bytes, int64_t size)
{
    const tiff t = {bytes, size, size > 0 && bytes[0] == 'I'};
    const int64_t directory = number(&t, 4, 4);
    const int64_t entries = number(&t, directory, 2);
    for (int64_t i = 0; i < entries; i++) {
        const int64_t at = directory + 2 + i * ENTRY;
        const uint32_t value = number(&t, at + TIFF_HEADER, 2);
        if (number(&t, at, 2) == ORIENTATION && number(&t, at + 2, 2) == SHORT)
            return value >= 1 && value <= 8 ? (int)value : 1;
    }
    return 1;
}

/* Segments are a marker of 2 bytes and, before the picture itself, a length of 2 that counts itself. */
int hr_jpeg_orientation(const unsigned char *bytes, int64_t size)
{
    for (int64_t at = 2; at + 4 <= size && bytes[at] == 0xFF;) {
        const int marker = bytes[at + 1];
        const int64_t length = bytes[at + 2] << 8 | bytes[at + 3];
        if (marker == 0xDA || length < 2 || at + 2 + length > size)
            return 1;
        if (marker == 0xE1 && length > 2 + EXIF && memcmp(bytes + at + 4, "Exif\0\0", EXIF) == 0)
            return orientation_of(bytes + at + 4 + EXIF, length - 2 - EXIF);
        at += 2 + length;
    }
    return 1;
}
