/* The target of a request line, "/movies/7?fields=title&k=3", taken apart and percent-decoded (RFC 3986), and the
 * header Cookie (RFC 6265). */
#ifndef HR_TRAINER_SERVE_HTTP_TARGET_H
#define HR_TRAINER_SERVE_HTTP_TARGET_H

#include "io/base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum { HR_TARGET_SEGMENTS = 8, HR_TARGET_PAIRS = 64 };

typedef struct hr_pair {
    const char *name, *value;
} hr_pair;

/* Zero-initialise; free with hr_target_free. All texts are UTF-8 without NUL bytes. */
typedef struct hr_target {
    char *bytes; /* what all others point into */
    int segments;
    const char *segment[HR_TARGET_SEGMENTS]; /* "movies", "7"; a / at the end of the path makes none */
    int pairs;
    hr_pair pair[HR_TARGET_PAIRS]; /* in the order given; the value is "" where there is no "=" */
} hr_target;

/* Takes a target apart; a "+" of the query is a blank. HR_INPUT for what is no path ("." and ".." and empty segments are
 * none), a wrong percent escape, bytes that are not UTF-8, control characters in the path, NUL, or more segments and pairs
 * than there is room for; HR_MEMORY. */
hr_status hr_target_read(hr_target *target, const char *text, hr_error *err);
void hr_target_free(hr_target *target);

/* Copies the value of the cookie `name` from a header's text, without quotes around it; of several the first. False where
 * there is none, or `room` does not hold it. */
bool hr_cookie_read(const char *header, const char *name, char *value, size_t room);

#endif
