/* What side files say, row by row: titles, genres, years and links of items, and tags. */
#ifndef HR_IO_SIDE_SIDE_ROWS_H
#define HR_IO_SIDE_SIDE_ROWS_H

#include "io/base/error.h"
#include "io/text/text_piece.h"

#include <stdint.h>

/* What a list of items says of one. An item may come several times, of several lists. What a list does not say has
 * pieces without bytes, and counts and numbers of 0. Valid during the call. */
typedef struct hr_item_row {
    hr_text_piece id, title;
    const hr_text_piece *genre; /* [genres] */
    int64_t genres;
    int32_t year; /* 0 where only the title tells it, if at all */
    int64_t imdb, tmdb;
} hr_item_row;

typedef struct hr_tag_row {
    hr_text_piece user, item, text;
    int64_t time; /* seconds since 1970; HR_NO_TIME of io/text/times.h where unknown */
} hr_tag_row;

/* Take one row. A failure ends the reading, and is the reader's. */
typedef hr_status hr_take_item(void *context, const hr_item_row *item, hr_error *err);
typedef hr_status hr_take_tag(void *context, const hr_tag_row *tag, hr_error *err);

#endif
