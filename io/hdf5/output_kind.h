/* Whether what is at an output's path is of the kind that is written there. */
#ifndef HR_IO_HDF5_OUTPUT_KIND_H
#define HR_IO_HDF5_OUTPUT_KIND_H

#include "io/base/error.h"

#include <stdbool.h>

/* Refuses to replace a file that is not empty and not of this format, or whose format cannot be told: HR_USAGE, or HR_IO
 * where it cannot be read. A `format` of NULL takes any. Local. */
hr_status hr_output_check_kind(const char *path, const char *format, hr_error *err);

/* How a file that is no HDF5 file is told from others. Zero: it is not. */
typedef struct hr_output_marks {
    const char *what;      /* "a list of recommendations", for the message */
    const char *begins[2]; /* its first bytes, of which there may be two kinds; NULL: any */
    const char *holds;     /* what its first kilobyte holds besides; NULL: anything */
    const char *beside;    /* a file that lies beside it; NULL or "": none has to */
    bool is_new;           /* whether no file with content is replaced: others' are the same */
} hr_output_marks;

/* Refuses to replace a file that is not empty and has other marks. HR_USAGE. Local. */
hr_status hr_output_check_marks(const char *path, const hr_output_marks *marks, hr_error *err);

/* Refuses to add lines of a log to a file that is not empty and does not begin with a JSON object; what a shell has opened
 * as standard output is taken. HR_USAGE. Local. */
hr_status hr_output_check_lines(const char *log, hr_error *err);

#endif
