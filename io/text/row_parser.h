/* Rows of a block, one after the other. */
#ifndef HR_IO_TEXT_ROW_PARSER_H
#define HR_IO_TEXT_ROW_PARSER_H

#include "io/text/fields.h"
#include "io/text/rows.h"

/* Zero-initialise; free with hr_row_parser_free. */
typedef struct hr_row_parser {
    hr_dialect dialect;
    hr_text_block block;
    const char
        *at; /* where the next row begins; may be moved to any row of the block that is not yet parsed */
    char *decoded; /* fields of the block that were Latin-1, as UTF-8 */
    int64_t used, capacity;
} hr_row_parser;

/* Begins at the first row of a block. HR_MEMORY. */
hr_status hr_row_parser_begin(hr_row_parser *parser, const hr_dialect *dialect, const hr_text_block *block,
                              hr_error *err);

/* The next row that is not empty; false behind the last. Fields are valid until the next block; the block's bytes change
 * where quotes are doubled, so that a block is parsed once. */
bool hr_row_parser_next(hr_row_parser *parser, hr_row *row);

void hr_row_parser_free(hr_row_parser *parser);

#endif
