/* Bad lines: counted, the first ones kept with what is wrong. */
#ifndef HR_IO_READERS_BAD_LINES_H
#define HR_IO_READERS_BAD_LINES_H

#include <stdint.h>

enum { HR_BAD_LISTED = 20, HR_BAD_LENGTH = 200 };

typedef struct hr_bad_line {
    int64_t offset;           /* of the row in its file */
    int32_t file;             /* number of the file in its source */
    char what[HR_BAD_LENGTH]; /* "rating (column 3): found \"x\", expected a number" */
} hr_bad_line;

/* Bad lines of rating files. Plain bytes: ranks may send it. Zeros at first. */
typedef struct hr_bad_lines {
    int64_t count;
    hr_bad_line line[HR_BAD_LISTED]; /* the first min(count, HR_BAD_LISTED), in order of file and offset */
} hr_bad_lines;

/* Adds a bad line, which comes after all that were added. */
void hr_bad_lines_add(hr_bad_lines *bad, int32_t file, int64_t offset, const char *what);

/* Adds the bad lines of another share to *into. */
void hr_bad_lines_merge(hr_bad_lines *into, const hr_bad_lines *from);

/* Number of lines that are listed. */
static inline int hr_bad_lines_listed(const hr_bad_lines *bad)
{
    return bad->count < HR_BAD_LISTED ? (int)bad->count : HR_BAD_LISTED;
}

#endif
