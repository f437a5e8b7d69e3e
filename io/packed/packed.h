/* The bytes of a file as a program that packed it read them: plain, gzip, zstd or a member of a zip, by zlib, libzstd and
 * libzip. */
#ifndef HR_IO_TEXT_PACKED_H
#define HR_IO_TEXT_PACKED_H

#include "io/base/error.h"

#include <stdint.h>

typedef enum hr_packing { HR_PLAIN, HR_GZIP, HR_ZSTD, HR_ZIP } hr_packing;

/* Where the bytes of a text are. */
typedef struct hr_packed {
    hr_packing packing;
    char *file;   /* path of the file; owned */
    char *member; /* of a zip, else NULL; owned */
    int64_t size; /* bytes of the file */
} hr_packed;

/* Finds how `path`, FILE or FILE.zip:MEMBER, is packed. HR_IO where it cannot be read; HR_INPUT where it is a folder, a
 * zip of several files of which none is named, or of a kind that is no text. *packed is freed with hr_packed_free, also
 * after a failure. */
hr_status hr_packed_find(hr_packed *packed, const char *path, hr_error *err);
void hr_packed_free(hr_packed *packed);

/* Fails with HR_INPUT where `bytes`, which are unpacked from `path`, begin a file that is packed again, or is no text. */
hr_status hr_packed_check(const char *path, const char *bytes, int64_t length, hr_error *err);

/* "plain", "gzip", "zstd" or "zip". */
const char *hr_packing_name(hr_packing packing);

/* Bytes from one position on. */
typedef struct hr_byte_stream hr_byte_stream;

/* Opens the bytes, from `offset` on where they are plain, from the first on otherwise. HR_IO, HR_INPUT, HR_MEMORY. */
hr_status hr_byte_stream_open(hr_byte_stream **stream, const hr_packed *packed, int64_t offset,
                              hr_error *err);
void hr_byte_stream_close(hr_byte_stream *stream); /* NULL is allowed */

/* Reads up to `room` bytes; *got is 0 at the end only. HR_INPUT for a packed file that is damaged or cut off. */
hr_status hr_byte_stream_read(hr_byte_stream *stream, char *into, int64_t room, int64_t *got, hr_error *err);

#endif
