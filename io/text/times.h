/* Fields as times. */
#ifndef HR_IO_TEXT_TIMES_H
#define HR_IO_TEXT_TIMES_H

#include "io/text/text_piece.h"

#include <stdbool.h>
#include <stdint.h>

#define HR_NO_TIME INT64_MIN

/* What hr_time_parse expects, for messages. */
#define HR_TIME_EXPECTED "seconds since 1970, a date such as 2005-09-06, or a date and time"

/* The same of a column of numbers that are dates. */
#define HR_TIME_EXPECTED_DATES                                                                               \
    "a date such as 20050906 or 2005-09-06, as most of the first rows have; say --time-unit seconds where "  \
    "numbers are no dates"

/* What numbers count. Negative seconds and the like are before 1970. */
typedef enum hr_time_unit {
    HR_TIME_BY_RANGE, /* told by each number's size, as hr_time_parse says */
    HR_TIME_SECONDS,
    HR_TIME_MILLISECONDS,
    HR_TIME_MICROSECONDS,
    HR_TIME_NANOSECONDS,
    HR_TIME_DATES, /* nothing: 20050906 is a date */
    HR_TIME_UNITS
} hr_time_unit;

/* "by range", "seconds", "milliseconds", … */
const char *hr_time_unit_name(hr_time_unit unit);

/* The unit that a number of this size is of. */
hr_time_unit hr_time_unit_of(double number);

/* Whether a number can be a date as YYYYMMDD, of the years 1900 to 2099. */
bool hr_time_is_date(double number);

/* Seconds since 1970 of a field; parts of a second are cut off. Read are
 *   - numbers, whole or with a point or an exponent: seconds up to 10^11 (the year 5138), beyond that milliseconds up to
 *     10^14, microseconds up to 10^17, nanoseconds;
 *   - dates YYYY-MM-DD or YYYY/MM/DD, alone or with HH:MM or HH:MM:SS (with parts of a second) behind a T or blanks, and
 *     behind that Z, UTC, GMT or an offset such as +02:00; without one it is UTC;
 *   - nothing, NULL or \N: HR_NO_TIME.
 * False for anything else. */
bool hr_time_parse(hr_text_piece text, int64_t *seconds);

/* The same, where numbers are of this unit whatever their size: 86400000 milliseconds are a day. False also for a number
 * that is no date where they are HR_TIME_DATES. */
bool hr_time_parse_as(hr_text_piece text, hr_time_unit unit, int64_t *seconds);

#endif
