/* Inside of tables of ratings: how rows become ratings. */
#ifndef HR_IO_READERS_TABLE_READER_H
#define HR_IO_READERS_TABLE_READER_H

#include "io/readers/rating_columns.h"
#include "io/readers/row_sink.h"
#include "io/text/dialect.h"
#include "io/text/row_parser.h"

/* How a table is read. */
typedef struct hr_table {
    hr_dialect dialect;
    hr_rating_columns columns;
    int64_t header; /* offset of the header in the text, or -1 */
    bool implicit;  /* each row is a rating of 1 */
} hr_table;

/* "column 3, rating" or, without a header, "column 3, the rating"; in `text`. */
const char *hr_table_column(const hr_table *table, hr_role role, char *text, size_t size);

/* Takes one row: a rating, a bad line, or the header. */
hr_status hr_table_take_row(const hr_table *table, const hr_row *row, hr_row_sink *sink, hr_error *err);

/* Whether hr_table_plain_rows can read a block: it has neither quotes nor bytes that are not ASCII, and fields are not
 * separated by blanks. */
bool hr_table_is_plain(const hr_table *table, const hr_text_block *block);

/* Takes all rows of such a block, as hr_table_take_row does and many times faster where ids, ratings and times are short
 * numbers. Ids are not copied: the sink is flushed before the block goes. */
hr_status hr_table_plain_rows(const hr_table *table, const hr_text_block *block, hr_row_parser *parser,
                              hr_row_sink *sink, hr_error *err);

#endif
