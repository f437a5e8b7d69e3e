#include "io/additions/row_batch.h"

#include "io/base/memory.h"

#include <string.h>

enum { ROOM_AROUND = 32, LEAST_CAPACITY = 1 << 16 };

hr_status hr_row_batch_flush(hr_row_batch *b, hr_error *err)
{
    hr_status status = HR_OK;
    if (b->rows && b->rows->count > 0) {
        status = b->take(b->context, b->rows, err);
        b->rows->count = 0;
    }
    b->used = ROOM_AROUND;
    return status;
}

/* Room for ids of so many bytes. */
static hr_status reserve(hr_row_batch *b, int64_t bytes, uint8_t split, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t least = 2 * ROOM_AROUND + bytes;
    if (!b->rows)
        HR_ALLOC(b->rows, 1);
    if (b->rows->count == HR_ROWS || b->rows->split != split || b->used + least > b->capacity)
        HR_TRY(hr_row_batch_flush(b, err));
    if (least > b->capacity)
        HR_GROW(b->copy, b->capacity, least > LEAST_CAPACITY ? least : LEAST_CAPACITY);
    b->rows->split = split;
done:
    return status;
}

static hr_text_piece copy_id(hr_row_batch *b, const char *id, size_t bytes)
{
    char *at = memcpy(b->copy + b->used, id, bytes);
    b->used += (int64_t)bytes;
    return (hr_text_piece){at, (int64_t)bytes};
}

hr_status hr_row_batch_add(hr_row_batch *b, const char *user, const char *item, float value, int64_t time,
                           uint8_t split, hr_error *err)
{
    hr_status status = HR_OK;
    const size_t user_bytes = strlen(user), item_bytes = strlen(item);
    HR_TRY(reserve(b, (int64_t)(user_bytes + item_bytes), split, err));
    const int64_t row = b->rows->count++;
    b->rows->user[row] = copy_id(b, user, user_bytes);
    b->rows->item[row] = copy_id(b, item, item_bytes);
    b->rows->value[row] = value;
    b->rows->time[row] = time;
    b->rows->offset[row] = 0;
done:
    return status;
}

void hr_row_batch_free(hr_row_batch *b)
{
    free(b->rows);
    free(b->copy);
    *b = (hr_row_batch){0};
}
