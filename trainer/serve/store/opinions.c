#include "trainer/serve/store/opinions.h"

#include "io/base/memory.h"

#include <string.h>

void hr_opinions_free(hr_opinions *opinions)
{
    hr_strings_free(&opinions->movie);
    free(opinions->value);
    free(opinions->time);
    *opinions = (hr_opinions){0};
}

hr_status hr_store_rate(hr_store *store, int64_t visitor, const char *movie, double value, int64_t now,
                        hr_error *err)
{
    return hr_store_run(
        store, err, NULL,
        "INSERT INTO rating (visitor, movie, value, time) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET value = excluded.value, time = excluded.time",
        HR_SQL_VALUES(hr_sql_integer(visitor), hr_sql_text(movie), hr_sql_real(value), hr_sql_integer(now)));
}

hr_status hr_store_click(hr_store *store, int64_t visitor, const char *movie, int64_t now, hr_error *err)
{
    return hr_store_run(store, err, NULL,
                        "INSERT INTO click (visitor, movie, time) VALUES (?, ?, ?) "
                        "ON CONFLICT DO UPDATE SET time = excluded.time",
                        HR_SQL_VALUES(hr_sql_integer(visitor), hr_sql_text(movie), hr_sql_integer(now)));
}

/* An empty id is no movie's, and stands for all. */
hr_status hr_store_unrate(hr_store *store, int64_t visitor, const char *movie, int64_t *removed,
                          hr_error *err)
{
    hr_sql *db = store->writer;
    const hr_sql_value values[] = {hr_sql_integer(visitor), hr_sql_text(movie ? movie : "")};
    hr_status status = hr_sql_begin(db, err);
    if (status != HR_OK)
        return status;
    HR_TRY(
        hr_sql_run(db, err, "DELETE FROM click WHERE visitor = ?1 AND (?2 = '' OR movie = ?2)", values, 2));
    HR_TRY(
        hr_sql_run(db, err, "DELETE FROM rating WHERE visitor = ?1 AND (?2 = '' OR movie = ?2)", values, 2));
    *removed = hr_sql_changes(db);
done:
    return hr_sql_end(db, status, err);
}

static hr_status append(hr_opinions *opinions, const hr_sql_rows *row, hr_error *err)
{
    hr_status status = HR_OK;
    const char *movie = hr_sql_column_text(row, 0);
    HR_GROW(opinions->value, opinions->value_capacity, opinions->count + 1);
    HR_GROW(opinions->time, opinions->time_capacity, opinions->count + 1);
    if (!movie)
        HR_TRY(hr_fail_memory(err, 1, 1, "movie"));
    HR_TRY(hr_strings_append(&opinions->movie, movie, (int64_t)strlen(movie), err));
    opinions->value[opinions->count] = hr_sql_column_real(row, 1);
    opinions->time[opinions->count++] = hr_sql_column_integer(row, 2);
done:
    return status;
}

static hr_status read_opinions(hr_sql *db, hr_opinions *opinions, hr_error *err, const char *sql,
                               const hr_sql_value *values, int count)
{
    hr_status status = HR_OK;
    hr_sql_rows rows;
    bool found = false;
    hr_sql_lock(db);
    HR_TRY(hr_sql_query(&rows, db, err, sql, values, count));
    HR_TRY(hr_sql_next(&rows, &found, err));
    while (found) {
        HR_TRY(append(opinions, &rows, err));
        HR_TRY(hr_sql_next(&rows, &found, err));
    }
done:
    hr_sql_finish(&rows);
    hr_sql_unlock(db);
    return status;
}

hr_status hr_store_ratings_of(hr_store *store, int64_t visitor, hr_opinions *ratings, hr_error *err)
{
    return read_opinions(store->reader, ratings, err,
                         "SELECT movie, value, time FROM rating WHERE visitor = ? ORDER BY time DESC, movie",
                         HR_SQL_VALUES(hr_sql_integer(visitor)));
}

hr_status hr_store_clicks_of(hr_store *store, int64_t visitor, int64_t most, hr_opinions *clicks,
                             hr_error *err)
{
    return read_opinions(store->reader, clicks, err,
                         "SELECT movie, 0.0, time FROM click WHERE visitor = ?1 AND movie NOT IN "
                         "(SELECT movie FROM rating WHERE visitor = ?1) ORDER BY time DESC, movie LIMIT ?2",
                         HR_SQL_VALUES(hr_sql_integer(visitor), hr_sql_integer(most)));
}
