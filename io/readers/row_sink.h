/* Where a format's reader puts ratings and bad lines: collects a thousand and hands them over. */
#ifndef HR_IO_READERS_ROW_SINK_H
#define HR_IO_READERS_ROW_SINK_H

#include "io/base/error.h"
#include "io/readers/bad_lines.h"
#include "io/readers/rating_rows.h"
#include "io/readers/source.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct hr_row_sink {
    const hr_source *source;
    hr_take_rows *take;
    void *context;
    hr_bad_lines *bad;
    hr_rating_rows *rows; /* not yet handed over */
    char *copy;           /* ids that hr_row_sink_add copied: [copy_capacity] */
    int64_t used, copy_capacity;
    bool has_scale;
    float low, high;
} hr_row_sink;

/* One rating as a format's reader knows it. */
typedef struct hr_rating_row {
    hr_text_piece user, item;
    double value;
    int64_t time, offset;
} hr_rating_row;

/* Adds a rating; ids are copied. An empty id, or a value outside the stated scale, makes it a bad line. What `take`
 * returns, HR_INPUT for a bad line too many, HR_MEMORY. */
hr_status hr_row_sink_add(hr_row_sink *sink, const hr_rating_row *row, hr_error *err);

/* Adds a bad line at `offset` of the file that is being read; HR_INPUT where it is one too many. */
hr_status hr_row_sink_bad(hr_row_sink *sink, int64_t offset, hr_error *err, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Hands over what is there. */
hr_status hr_row_sink_flush(hr_row_sink *sink, hr_error *err);

/* Used by hr_source_read. */
hr_status hr_row_sink_open(hr_row_sink *sink, const hr_source *source, hr_take_rows *take, void *context,
                           hr_bad_lines *bad, hr_error *err);
void hr_row_sink_close(hr_row_sink *sink);

#endif
