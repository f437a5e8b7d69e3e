/* Fields in memory: where one ends. */
#ifndef HR_IO_TEXT_FIELDS_H
#define HR_IO_TEXT_FIELDS_H

#include "io/text/dialect.h"

#include <stdbool.h>

/* One field. */
typedef struct hr_field {
    const char *begin, *end; /* its text, without the quotes around it */
    const char *next;        /* the separator or LF behind it; NULL where it goes on behind the bytes */
    bool quoted;             /* it was in quotes; doubled ones within are still doubled */
    const char *fault;       /* NULL, or what is wrong; `next` is then the end of the line */
} hr_field;

/* The field that begins at `at`; bytes end at `end`, which one more may be read behind.
 *   last  no bytes follow: a quote that is not closed by then is a fault */
hr_field hr_field_scan(const hr_dialect *dialect, const char *at, const char *end, bool last);

/* Bytes of a separator. */
static inline int hr_separator_width(hr_separator separator)
{
    return separator == HR_SEPARATOR_COLONS ? 2 : 1;
}

/* The byte of a separator; of :: the first. */
char hr_separator_byte(hr_separator separator);

/* Whether a separator is at `at`. */
bool hr_separates(hr_separator separator, const char *at);

/* Behind the LF of the row that begins at `at`, or that `at` is in the middle of; NULL where it goes on behind `end`.
 *   inside    `at` is inside a quoted field
 *   mid_field `at` is in the middle of a field, where no quote opens */
const char *hr_row_end(const hr_dialect *dialect, const char *at, const char *end, bool last, bool inside,
                       bool mid_field);

/* Whether a field ends at `at`: a separator or a line end is there. */
bool hr_ends_field(const hr_dialect *dialect, const char *at);

#endif
