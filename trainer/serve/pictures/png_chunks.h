/* Chunks of a PNG: those that its pixels are made of. */
#ifndef HR_TRAINER_SERVE_PICTURES_PNG_CHUNKS_H
#define HR_TRAINER_SERVE_PICTURES_PNG_CHUNKS_H

#include <stdint.h>

/* Copies a PNG to `kept`, which has room for `size` bytes, without chunks that pixels do not need: texts and profiles may be
 * packed a thousandfold, and libpng unpacks each. Stops at the end of the picture, or of the bytes. Returns the bytes of the copy.
 * The size is at least that of the signature, 8. */
int64_t hr_png_keep_pixels(const unsigned char *bytes, int64_t size, unsigned char *kept);

#endif
