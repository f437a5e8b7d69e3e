/* Tables beside the ratings, by the names or the numbers of their columns. Nothing in them is an error: a bad row is
 * reported and skipped, and so is a table that cannot be read. */
#ifndef HR_IO_SIDE_SIDE_TABLE_H
#define HR_IO_SIDE_SIDE_TABLE_H

#include "io/base/error.h"
#include "io/side/side_report.h"
#include "io/text/dialect.h"
#include "io/text/rows.h"
#include "io/text/text_piece.h"

#include <stdbool.h>
#include <stdint.h>

enum { HR_SIDE_COLUMNS = 8 };

/* What is wanted of a table. */
typedef struct hr_side_form {
    const char
        *names[HR_SIDE_COLUMNS]; /* of each wanted column: names that it may have, in order of preference,
                                         * separated by blanks, as hr_side_name gives them; NULL behind the last.
                                         * The first wanted column has to be there, and one more of the others */
    int8_t position[HR_SIDE_COLUMNS]; /* of tables without a header: numbers from 1; 0 where there is none */
    bool has_separator;               /* else it is found by looking */
    hr_separator separator;
    bool no_header, no_quotes;
    int fields;       /* of each row, where there is no header */
    bool first_is_id; /* the first column is the first wanted one, whatever its name */
} hr_side_form;

/* Takes one row.
 *   field  of each wanted column, blanks at both ends trimmed; at is NULL where the table lacks it
 *   row    all of them */
typedef hr_status hr_take_side(void *context, hr_side_file *file, const hr_text_piece *field,
                               const hr_row *row, hr_error *err);

/* Reads the table at `path`. HR_OK also where it cannot be read; HR_MEMORY, and what `take` returns. */
hr_status hr_side_table_read(const char *path, const hr_side_form *form, hr_take_side *take, void *context,
                             hr_side_report *report, hr_error *err);

/* A name of a column as it is compared: letters and digits only, lower case, without ":type": "Movie_ID:token" gives
 * "movieid".
 *   name  [size] receives it, cut to size - 1 bytes */
void hr_side_name(hr_text_piece column, char *name, int64_t size);

/* Reads a whole number that may begin with "tt", as IMDb's ids do, or end in ".0"; 0 for no text. False for anything
 * else. */
bool hr_side_number(hr_text_piece text, int64_t *number);

/* The first four digits in a row that may be a year; 0 without. */
int32_t hr_side_year(hr_text_piece text);

#endif
