#include "trainer/serve/pictures/png_chunks.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Bytes of the signature; of a chunk before its data, which are a length and a type; and of its checksum. */
enum { SIGNATURE = 8, HEAD = 8, CHECKSUM = 4 };

static bool makes_pixels(const unsigned char *type)
{
    static const char types[][5] = {"IHDR", "PLTE", "tRNS", "gAMA", "sRGB", "IDAT", "IEND"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (memcmp(type, types[i], 4) == 0)
            return true;
    return false;
}

static int64_t length_of(const unsigned char *chunk)
{
    int64_t length = 0;
    for (int i = 0; i < 4; i++)
        length = length << 8 | chunk[i];
    return length;
}

int64_t hr_png_keep_pixels(const unsigned char *bytes, int64_t size, unsigned char *kept)
{
    int64_t count = SIGNATURE;
    bool ended = false;
    memcpy(kept, bytes, SIGNATURE);
    for (int64_t at = SIGNATURE; !ended && at + HEAD <= size;) {
        const unsigned char *chunk = bytes + at;
        int64_t length = HEAD + length_of(chunk) + CHECKSUM;
        length = length < size - at ? length : size - at;
        at += length;
        ended = memcmp(chunk + 4, "IEND", 4) == 0;
        if (!makes_pixels(chunk + 4))
            continue;
        memcpy(kept + count, chunk, (size_t)length);
        count += length;
    }
    return count;
}
