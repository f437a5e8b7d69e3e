/* Inside of tables of ratings: what a table is, and how its rows become ratings. */
#ifndef HR_IO_READERS_TABLE_READER_H
#define HR_IO_READERS_TABLE_READER_H

#include "io/readers/rating_columns.h"
#include "io/readers/row_sink.h"
#include "io/text/dialect.h"
#include "io/text/row_parser.h"
#include "io/text/text_file.h"

/* How a table is read. */
typedef struct hr_table {
    hr_dialect dialect;
    hr_rating_columns columns;
    int64_t header;         /* offset of the header in the text, or -1 */
    int lines_before;       /* rows before the header, which are skipped */
    bool implicit;          /* each row is a rating of 1 */
    hr_time_unit time_unit; /* of times that are numbers */
    bool has_number_times;  /* whether most of the first times are numbers */
} hr_table;

/* "column 3, rating" or, without a header, "column 3, the rating"; in `text`. */
const char *hr_table_column(const hr_table *table, hr_role role, char *text, size_t size);

/* Takes one row: a rating, a bad line, or the header. */
hr_status hr_table_take_row(const hr_table *table, const hr_row *row, hr_row_sink *sink, hr_error *err);

/* Whether hr_table_plain_rows can read a table: fields are not separated by blanks, and are not too many. */
bool hr_table_is_plain(const hr_table *table);

/* Takes all rows of a block, as hr_table_take_row does and many times faster where a row is one line, quotes, if any, enclose
 * whole fields, ratings and times are short numbers, and ids are UTF-8. Ids are not copied: the sink is flushed before the
 * block goes. `parser` and `row` are for rows that are not plain. */
hr_status hr_table_plain_rows(const hr_table *table, const hr_text_block *block, hr_row_parser *parser,
                              hr_row *row, hr_row_sink *sink, hr_error *err);

/* What is said of a table beforehand; texts may be NULL. */
typedef struct hr_table_said {
    const char *columns[2]; /* as hr_columns_by_option reads it: the format's, then the user's */
    bool no_header;
    hr_time_unit time_unit;
} hr_table_said;

/* Fills header, columns, the unit of times and dialect.header of *table, whose dialect is known.
 *
 * The header is the first of ten rows that names a user and an item, unless a row before it has as many fields up to the
 * last that is not empty, or three of them and a number; rows before it are titles and comments, and are skipped. Else the first row is the header if it has no number and the second row has one. Roles are
 * those that its names have (io/readers/rating_columns.h). Without a header they go by position: user, item, rating,
 * time; the third of three columns, and the third of more where the fourth is a number too, is the time if it has dates or
 * numbers beyond 10^8. Rows have as many fields as the header, or one more where the first one
 * counts lines and has no name, as R writes it, or where rows end in a separator; without a header as many as most of the
 * first rows. Where most of the first times are milliseconds by their range, all of the column are, those before March 1973
 * too; the same of smaller units.
 *
 * HR_INPUT where the table is empty, or no column is known to be the user or the item; HR_USAGE for columns that are not
 * there. */
hr_status hr_table_guess(hr_table *table, const hr_text_file *text, const hr_table_said *said, hr_error *err);

#endif
