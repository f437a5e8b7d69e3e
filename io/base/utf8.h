/* UTF-8: whether text is in it, and text of any encoding made safe to show. */
#ifndef HR_IO_BASE_UTF8_H
#define HR_IO_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of the UTF-8 character that the text begins with, of `length` > 0 that are there: 0 where it is not valid, -1
 * where it is cut off. */
int hr_utf8_character(const char *text, int64_t length);

/* Whether the bytes are UTF-8. */
bool hr_utf8_is_valid(const char *text, int64_t length);

/* Room for a short text with the longest escapes. */
enum { HR_ESCAPED_LENGTH = 256 };

/* Copies text into `out` as messages and terminals show it: control characters, marks that change the direction
 * of writing and bytes that are not UTF-8 become \n, \r, \t or \xNN. Of what does not fit into `size` bytes,
 * at least 8, the end is replaced by "…". Returns out, NUL-terminated. */
char *hr_escape(char *out, size_t size, const char *text, int64_t length);

#endif
