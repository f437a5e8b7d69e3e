/* What is wrong with side files, which never costs the ratings: bad lines are counted and skipped. */
#ifndef HR_IO_SIDE_SIDE_REPORT_H
#define HR_IO_SIDE_SIDE_REPORT_H

#include "io/base/error.h"
#include "io/text/text_file.h"

#include <stdint.h>

enum { HR_SIDE_LISTED = 32, HR_SIDE_LISTED_A_FILE = 5, HR_SIDE_LENGTH = 256 };

/* Zeros at first. */
typedef struct hr_side_report {
    int64_t count; /* bad lines */
    int listed;
    char message[HR_SIDE_LISTED]
                [HR_SIDE_LENGTH]; /* the first ones of each file: "FILE:LINE: WHAT", and notes */
} hr_side_report;

/* Lists a sentence that is about no line, such as "links.csv: cannot be read". Nothing is counted. */
void hr_side_report_note(hr_side_report *report, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A side file being read. */
typedef struct hr_side_file {
    hr_text_file *text;
    hr_side_report *report;
    int64_t offset; /* of the row at hand */
    int64_t bad;    /* bad lines so far */
} hr_side_file;

/* Counts the row at hand as bad, and lists it if few of the file are. */
void hr_side_bad(hr_side_file *file, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Ends the reading of a file: says how many bad lines there are where not all are listed, and closes it. Makes HR_OK of a
 * `status` that says that the file cannot be read, after noting it.
 *   taken  what took the rows returned */
hr_status hr_side_finish(hr_side_file *file, hr_status status, hr_status taken, const hr_error *err);

#endif
