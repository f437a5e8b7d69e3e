/* Encodings of text: which one it is, and as UTF-8. */
#ifndef HR_IO_TEXT_ENCODING_H
#define HR_IO_TEXT_ENCODING_H

#include "io/base/error.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum hr_encoding {
    HR_UTF8,
    HR_LATIN1, /* decided field by field: what is not valid UTF-8 is Latin-1 */
    HR_UTF16LE,
    HR_UTF16BE
} hr_encoding;

/* "UTF-8", "Latin-1", "UTF-16LE" or "UTF-16BE". */
const char *hr_encoding_name(hr_encoding encoding);

/* The encoding of a text that begins with these bytes: by the byte order mark, whose length *mark receives, by the
 * zeros of UTF-16, of which every line end and digit has one: the first two characters, or most zeros; or by whether it is valid UTF-8. Bytes of a character that is cut off at the end are no fault. */
hr_encoding hr_encoding_guess(const char *bytes, int64_t length, int *mark);

enum { HR_LATIN1_LONGEST = 3 }; /* bytes that one byte of Latin-1 becomes */

/* Writes Latin-1 as UTF-8 into `out`, which has room for HR_LATIN1_LONGEST x length bytes; returns the length. Bytes 0x80 to
 * 0x9F are the letters that Windows-1252 has there, as the WHATWG's Encoding Standard reads what is called Latin-1. */
int64_t hr_latin1_decode(const char *bytes, int64_t length, char *out);

/* Writes whole characters of UTF-16 as UTF-8 into `out`, which has room for 3 / 2 x length bytes; returns the length, and
 * in *used the bytes that were read: up to three at the end may be the beginning of a character. A lone surrogate becomes
 * U+FFFD. */
int64_t hr_utf16_decode(const unsigned char *bytes, int64_t length, bool big_endian, char *out,
                        int64_t *used);

#endif
