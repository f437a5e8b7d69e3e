/* Fields as numbers. */
#ifndef HR_IO_TEXT_NUMBERS_H
#define HR_IO_TEXT_NUMBERS_H

#include "io/text/text_piece.h"

#include <stdbool.h>
#include <stdint.h>

/* A finite number: digits with a sign, a point (or a comma, where `comma` is set) and an exponent; no blanks, no
 * hexadecimal, no "nan" and "inf". False otherwise, and where it is beyond a float. */
bool hr_number_parse(hr_text_piece text, bool comma, double *value);

/* A whole number that fits: digits with a sign. */
bool hr_whole_parse(hr_text_piece text, int64_t *value);

/* Without the zeros behind the point of a whole number ("31.0" is "31"); anything else as it is. */
hr_text_piece hr_id_trimmed(hr_text_piece text);

#endif
