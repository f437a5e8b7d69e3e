/* Which format a file is of, and which files of a folder have ratings. */
#ifndef HR_IO_FORMATS_RECOGNISE_H
#define HR_IO_FORMATS_RECOGNISE_H

#include "io/base/error.h"
#include "io/formats/format.h"
#include "io/formats/given_split.h"

/* Ratings that were found. */
typedef struct hr_found {
    const hr_format *format;
    hr_given_split split; /* names in the listing; of several files that are one source, the first */
    bool is_split;
} hr_found;

/* The format of this name. HR_USAGE, with those that there are. */
hr_status hr_format_named(const char *name, const hr_format **format, hr_error *err);

/* The format of a file, by its name, else by its first lines; hr_format_table where nothing else fits. HR_INPUT where it
 * is of a kind that is not read; HR_IO. */
hr_status hr_recognise_file(const char *path, const hr_format **format, hr_error *err);

/* The ratings in a listing: known names, else the parts of a split, else the only file that may be a table.
 *   format  which one is asked for, or NULL
 * found->format is NULL where there are none. HR_INPUT where there are several, with what to type; HR_IO. */
hr_status hr_recognise_listing(const hr_listing *listing, const hr_format *format, hr_found *found,
                               hr_error *err);

#endif
