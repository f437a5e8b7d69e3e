#include "trainer/serve/store/people.h"

hr_status hr_store_add_visitor(hr_store *store, int64_t now, int64_t *visitor, hr_error *err)
{
    hr_sql_lock(store->writer);
    const hr_status status = hr_sql_run(store->writer, err, "INSERT INTO visitor (created) VALUES (?)",
                                        HR_SQL_VALUES(hr_sql_integer(now)));
    *visitor = hr_sql_last_id(store->writer);
    hr_sql_unlock(store->writer);
    return status;
}

hr_status hr_store_merge_visitor(hr_store *store, int64_t visitor, int64_t into, hr_error *err)
{
    hr_sql *db = store->writer;
    hr_status status = hr_sql_begin(db, err);
    if (status != HR_OK)
        return status;
    HR_TRY(hr_sql_run(db, err,
                      "INSERT INTO rating (visitor, movie, value, time) "
                      "SELECT ?, movie, value, time FROM rating WHERE visitor = ? "
                      "ON CONFLICT DO UPDATE SET value = excluded.value, time = excluded.time "
                      "WHERE excluded.time >= rating.time",
                      HR_SQL_VALUES(hr_sql_integer(into), hr_sql_integer(visitor))));
    HR_TRY(hr_sql_run(
        db, err,
        "INSERT INTO click (visitor, movie, time) SELECT ?, movie, time FROM click WHERE visitor = ? "
        "ON CONFLICT DO UPDATE SET time = max(excluded.time, click.time)",
        HR_SQL_VALUES(hr_sql_integer(into), hr_sql_integer(visitor))));
    HR_TRY(hr_sql_run(db, err, "DELETE FROM visitor WHERE id = ?", HR_SQL_VALUES(hr_sql_integer(visitor))));
done:
    return hr_sql_end(db, status, err);
}

hr_status hr_store_remove_visitor(hr_store *store, int64_t visitor, hr_error *err)
{
    hr_sql *db = store->writer;
    hr_status status = hr_sql_begin(db, err);
    if (status != HR_OK)
        return status;
    HR_TRY(hr_sql_run(db, err, "DELETE FROM picture WHERE movie IN (SELECT id FROM movie WHERE visitor = ?)",
                      HR_SQL_VALUES(hr_sql_integer(visitor))));
    HR_TRY(hr_sql_run(db, err, "DELETE FROM visitor WHERE id = ?", HR_SQL_VALUES(hr_sql_integer(visitor))));
done:
    return hr_sql_end(db, status, err);
}
