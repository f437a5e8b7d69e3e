#include "io/base/memory.h"
#include "trainer/serve/store/movies.h"

#include <string.h>

hr_status hr_store_keep_picture(hr_store *store, int64_t movie, const hr_kept_picture *picture, hr_error *err)
{
    return hr_store_run(store, err, NULL,
                        "INSERT OR REPLACE INTO picture (movie, type, width, height, created, bytes) "
                        "VALUES (?, ?, ?, ?, ?, ?)",
                        HR_SQL_VALUES(hr_sql_integer(movie), hr_sql_text(picture->type),
                                      hr_sql_integer(picture->width), hr_sql_integer(picture->height),
                                      hr_sql_integer(picture->created),
                                      hr_sql_bytes(picture->bytes, picture->size)));
}

hr_status hr_store_remove_picture(hr_store *store, int64_t movie, int64_t *removed, hr_error *err)
{
    return hr_store_run(store, err, removed, "DELETE FROM picture WHERE movie = ?",
                        HR_SQL_VALUES(hr_sql_integer(movie)));
}

static hr_status take_picture(const hr_sql_rows *row, hr_kept_picture *picture, hr_error *err)
{
    hr_status status = HR_OK;
    const char *type = hr_sql_column_text(row, 0);
    const void *bytes = hr_sql_column_bytes(row, 4, &picture->size);
    picture->type = type && strcmp(type, "image/png") == 0 ? "image/png" : "image/jpeg";
    picture->width = (int)hr_sql_column_integer(row, 1);
    picture->height = (int)hr_sql_column_integer(row, 2);
    picture->created = hr_sql_column_integer(row, 3);
    HR_ALLOC(picture->bytes, picture->size);
    if (picture->size > 0 && bytes)
        memcpy(picture->bytes, bytes, (size_t)picture->size);
done:
    return status;
}

hr_status hr_store_read_picture(hr_store *store, int64_t movie, hr_kept_picture *picture, hr_error *err)
{
    hr_status status = HR_OK;
    hr_sql_rows rows;
    bool found = false;
    *picture = (hr_kept_picture){0};
    hr_sql_lock(store->reader);
    HR_TRY(hr_sql_query(&rows, store->reader, err,
                        "SELECT type, width, height, created, bytes FROM picture WHERE movie = ?",
                        HR_SQL_VALUES(hr_sql_integer(movie))));
    HR_TRY(hr_sql_next(&rows, &found, err));
    if (found)
        HR_TRY(take_picture(&rows, picture, err));
done:
    hr_sql_finish(&rows);
    hr_sql_unlock(store->reader);
    return status;
}
