/* Any table of ratings: a row has a user, an item, and mostly a rating and a time. Separator, header and roles of columns
 * are found by looking, as far as neither a format nor the user says them. */
#ifndef HR_IO_READERS_RATING_TABLE_H
#define HR_IO_READERS_RATING_TABLE_H

#include "io/base/error.h"
#include "io/readers/source_parts.h"

/* What a format knows of its table; zeros and NULL leave it to what is found by looking. A user's options go first. */
typedef struct hr_table_wish {
    const char *separator; /* as hr_separator_parse reads it */
    const char *columns;   /* as hr_columns_by_option reads it */
    bool no_header, implicit;
    bool no_quotes; /* quotes are letters like others */
} hr_table_wish;

/* Adds the table `path` to the source as one rating file, and says what was found. Sets has_values and has_times to false
 * where there is no such column. HR_INPUT where no column is known to be the user or the item, HR_USAGE for options that
 * do not fit; HR_IO. */
hr_status hr_table_add(hr_source *source, const char *path, uint8_t split, const hr_table_wish *wish,
                       hr_error *err);

#endif
