/* How a table is written: what separates fields, whether fields may be in quotes, whether the first row names the
 * columns. */
#ifndef HR_IO_TEXT_DIALECT_H
#define HR_IO_TEXT_DIALECT_H

#include "io/base/error.h"
#include "io/text/text_piece.h"

#include <stdbool.h>

typedef enum hr_separator {
    HR_SEPARATOR_COMMA,
    HR_SEPARATOR_TAB,
    HR_SEPARATOR_SEMICOLON,
    HR_SEPARATOR_COLONS, /* :: */
    HR_SEPARATOR_BAR,    /* | */
    HR_SEPARATOR_BLANKS, /* one or several blanks or tabs; those at the ends of a line separate nothing */
    HR_SEPARATOR_NONE    /* a line is one field */
} hr_separator;

typedef struct hr_dialect {
    hr_separator separator;
    bool
        quoted; /* a field that begins with " ends with ", and may hold separators, line ends and doubled quotes */
    bool padded; /* blanks may stand before the quote that a field begins with */
    bool header; /* the first row names the columns */
} hr_dialect;

/* "comma", "tab", … for messages. */
const char *hr_separator_name(hr_separator separator);

/* Reads a separator as a user gives it: one of , ; :: | or a tab, a blank, or by name: comma, tab, semicolon, colons,
 * bar, blanks. HR_USAGE for anything else. */
hr_status hr_separator_parse(const char *text, hr_separator *separator, hr_error *err);

/* The dialect of a text that has this separator and begins with `sample`: quotes mean something behind commas and
 * semicolons, and behind tabs and bars where a field of the sample begins with one; also behind blanks where the sample
 * has such a field. `header` is false. */
hr_dialect hr_dialect_with(hr_separator separator, hr_text_piece sample);

/* The dialect of a text that begins with the lines `sample`: the separator that gives the most rows the same number of
 * fields, at least two; of equals the first of :: tab , ; | blanks. `header` is false. */
hr_dialect hr_dialect_guess(hr_text_piece sample);

#endif
