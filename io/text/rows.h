/* Rows of a text as fields: the general way, which knows quotes, encodings and blanks. Ratings by the million take the
 * fast way of io/text/row_ends.h. */
#ifndef HR_IO_TEXT_ROWS_H
#define HR_IO_TEXT_ROWS_H

#include "io/base/error.h"
#include "io/text/dialect.h"
#include "io/text/text_file.h"

#include <stdint.h>

enum { HR_ROW_FIELDS = 256 };

/* One row; valid during the call that hands it over. Fields are without their quotes, UTF-8. A row that is broken has a
 * fault, and its fields are as far as they could be told. */
typedef struct hr_row {
    hr_text_piece field[HR_ROW_FIELDS];
    int fields;        /* more than HR_ROW_FIELDS are counted and not kept */
    int64_t offset;    /* of its first byte in the text, for hr_text_line */
    const char *fault; /* NULL, or what is wrong: "a quote that is not closed", … */
} hr_row;

/* Takes one row. A failure ends the reading. */
typedef hr_status hr_take_row(void *context, const hr_row *row, hr_error *err);

/* Hands over the rows that begin in bytes `begin` … `end` - 1 (0 … INT64_MAX is all), lines that are empty or hold blanks alone aside; the header is
 * a row like any other. The line of a row with a broken quote is a row with a fault; the next line is read as if it
 * were not there. HR_INPUT and HR_IO as hr_text_next, and what `take` returns. */
hr_status hr_text_rows(const hr_text_file *file, const hr_dialect *dialect, int64_t begin, int64_t end,
                       hr_take_row *take, void *context, hr_error *err);

/* The same of the first rows alone, of hr_text_sample. */
hr_status hr_text_sample_rows(const hr_text_file *file, const hr_dialect *dialect, hr_take_row *take,
                              void *context, hr_error *err);

#endif
