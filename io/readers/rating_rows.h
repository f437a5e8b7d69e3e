/* Ratings as a source hands them over, a thousand at a time. */
#ifndef HR_IO_READERS_RATING_ROWS_H
#define HR_IO_READERS_RATING_ROWS_H

#include "io/base/error.h"
#include "io/text/text_piece.h"
#include "io/text/times.h"

#include <stdint.h>

enum { HR_ROWS = 1024 };

/* Up to HR_ROWS ratings of one file, column by column; valid during the call that hands them over. Ids are not empty,
 * hold no NUL, and 32 bytes before and behind them may be read. */
typedef struct hr_rating_rows {
    int64_t count;
    hr_text_piece user[HR_ROWS],
        item[HR_ROWS];       /* as written; a whole number with zeros behind the point ("1.0") is
                                                 * handed over as "1" */
    float value[HR_ROWS];    /* finite; 1 where the source has no values */
    int64_t time[HR_ROWS];   /* seconds since 1970; HR_NO_TIME where unknown */
    int64_t offset[HR_ROWS]; /* of the row in its file, for hr_source_line */
    int32_t file;            /* number of the file, for hr_source_line */
    uint8_t split;           /* HR_TRAIN, HR_VALID or HR_TEST; HR_TRAIN unless the source comes split */
} hr_rating_rows;

typedef hr_status hr_take_rows(void *context, const hr_rating_rows *rows, hr_error *err);

#endif
