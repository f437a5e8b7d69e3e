/* A source read whole, as text, for tests that compare what comes out. */
#ifndef HR_TESTS_SUPPORT_READ_SOURCE_H
#define HR_TESTS_SUPPORT_READ_SOURCE_H

#include "io/readers/source.h"

enum { READ_LENGTH = 1 << 16 };

/* What was read: a line for each rating, "USER ITEM VALUE TIME", where an unknown time is "-"; what was said of the
 * source; bad lines. */
typedef struct read_text {
    char rows[READ_LENGTH], said[READ_LENGTH / 8];
    hr_bad_lines bad;
} read_text;

/* Reads `path` in `pieces` shares, one after the other. */
hr_status read_source(const char *path, const hr_source_options *options, int64_t pieces, read_text *out,
                      hr_error *err);

/* Writes bytes, NULs too, into the test's folder and returns the path. */
const char *write_bytes(const char *name, const char *bytes, size_t count);

#endif
