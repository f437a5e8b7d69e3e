/* Where the separators and line ends of a text without quotes are: the fast way into tables of millions of rows. */
#ifndef HR_IO_TEXT_POSITIONS_H
#define HR_IO_TEXT_POSITIONS_H

#include "io/text/dialect.h"

#include <stdint.h>

/* Lists the offsets of all separators and LFs of `length` bytes in order, and returns their number. Bytes are compared
 * sixteen at a time where the processor can.
 *   at        HR_TEXT_PADDING bytes behind `length` may be read
 *   separator a single byte or ::, not blanks
 *   position  [length + 64] */
int64_t hr_positions(const char *at, int64_t length, hr_separator separator, uint32_t *position);

/* The same, byte by byte: what the other is tested against. */
int64_t hr_positions_plain(const char *at, int64_t length, hr_separator separator, uint32_t *position);

#endif
