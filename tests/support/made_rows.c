#include "tests/support/made_rows.h"

#include "io/base/even.h"

#include <string.h>

enum { PADDED = 128 };

/* A copy of an id with bytes around it that may be read, as rows have them. */
static hr_text_piece padded(char buffer[PADDED], const char *id)
{
    memcpy(buffer + PADDED / 4, id, strlen(id));
    return (hr_text_piece){buffer + PADDED / 4, (int64_t)strlen(id)};
}

/* Rows of one split at a time, as hr_rating_rows has them. */
static int64_t fill(hr_rating_rows *out, const made_rows *rows, int64_t first, int64_t end)
{
    static _Thread_local char user[HR_ROWS][PADDED], item[HR_ROWS][PADDED];
    int64_t i = first;
    out->count = 0;
    out->split = rows->row[first].split;
    for (; i < end && out->count < HR_ROWS && rows->row[i].split == out->split; i++) {
        const made_row *row = &rows->row[i];
        out->user[out->count] = padded(user[out->count], row->user);
        out->item[out->count] = padded(item[out->count], row->item);
        out->value[out->count] = row->value;
        out->time[out->count++] = row->time;
    }
    return i;
}

static hr_status read(const void *source, int64_t piece, int64_t pieces, hr_take_rows *take, void *context,
                      hr_bad_lines *bad, hr_error *err)
{
    static _Thread_local hr_rating_rows rows;
    const made_rows *all = source;
    const int64_t end = hr_block_first(all->count, (int)piece + 1, (int)pieces);
    hr_status status = HR_OK;
    (void)bad;
    for (int64_t i = hr_block_first(all->count, (int)piece, (int)pieces); i < end && status == HR_OK;) {
        if (all->fails >= i && all->fails < end)
            return hr_fail(err, HR_INPUT, "row %d cannot be read", (int)all->fails);
        i = fill(&rows, all, i, end);
        status = take(context, &rows, err);
    }
    return status;
}

hr_row_source made_source(const made_rows *rows)
{
    return (hr_row_source){.read = read, .source = rows, .name = "made up"};
}
