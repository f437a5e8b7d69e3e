#include "io/readers/row_sink.h"

#include "io/base/memory.h"
#include "io/readers/source_parts.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { COPY = 1 << 18, AROUND_ID = 32 };

hr_status hr_row_sink_open(hr_row_sink *s, const hr_source *source, hr_take_rows *take, void *context,
                           hr_bad_lines *bad, hr_error *err)
{
    hr_status status = HR_OK;
    *s = (hr_row_sink){.source = source, .take = take, .context = context, .bad = bad};
    s->has_scale = source->options.scale != NULL; /* the scale of a format refuses nothing */
    s->low = source->facts.low;
    s->high = source->facts.high;
    s->used = AROUND_ID;
    HR_ALLOC(s->rows, 1);
done:
    return status;
}

void hr_row_sink_close(hr_row_sink *s)
{
    free(s->rows);
    free(s->copy);
    *s = (hr_row_sink){0};
}

hr_status hr_row_sink_flush(hr_row_sink *s, hr_error *err)
{
    const hr_status status = s->rows->count > 0 ? s->take(s->context, s->rows, err) : HR_OK;
    s->rows->count = 0;
    s->used = AROUND_ID;
    return status;
}

hr_status hr_row_sink_bad(hr_row_sink *s, int64_t offset, hr_error *err, const char *format, ...)
{
    char what[HR_BAD_LENGTH];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    hr_bad_lines_add(s->bad, s->rows->file, offset, what);
    return hr_source_check_bad(s->source, s->bad, err);
}

/* Room for two ids: a larger copy only where nothing points into it. */
static hr_status reserve(hr_row_sink *s, int64_t bytes, hr_error *err)
{
    hr_status status = HR_OK;
    if (s->used + bytes > s->copy_capacity) {
        HR_TRY(hr_row_sink_flush(s, err));
        HR_GROW(s->copy, s->copy_capacity, bytes + s->used > COPY ? bytes + s->used : COPY);
    }
done:
    return status;
}

static hr_text_piece copied(hr_row_sink *s, hr_text_piece id)
{
    char *at = s->copy + s->used;
    memcpy(at, id.at, (size_t)id.length);
    s->used += id.length + AROUND_ID;
    return (hr_text_piece){at, id.length};
}

hr_status hr_row_sink_add(hr_row_sink *s, const hr_rating_row *row, hr_error *err)
{
    hr_status status = HR_OK;
    hr_rating_rows *rows = s->rows;
    if (row->user.length == 0 || row->item.length == 0)
        return hr_row_sink_bad(s, row->offset, err, "found an empty %s, expected an id",
                               row->user.length == 0 ? "user" : "item");
    if (s->has_scale && !(row->value >= (double)s->low && row->value <= (double)s->high))
        return hr_row_sink_bad(s, row->offset, err, "found rating %g, expected %g to %g, the scale",
                               row->value, (double)s->low, (double)s->high);
    if (!isfinite((float)row->value))
        return hr_row_sink_bad(s, row->offset, err, "found rating %g, expected a finite number", row->value);
    if (rows->count == HR_ROWS)
        HR_TRY(hr_row_sink_flush(s, err));
    HR_TRY(reserve(s, row->user.length + row->item.length + 2 * AROUND_ID, err));
    rows->user[rows->count] = copied(s, row->user);
    rows->item[rows->count] = copied(s, row->item);
    rows->value[rows->count] = (float)row->value;
    rows->time[rows->count] = row->time;
    rows->offset[rows->count++] = row->offset;
done:
    return status;
}
