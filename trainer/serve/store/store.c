#include "trainer/serve/store/store.h"

hr_status hr_store_open(hr_store *store, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_visitors_open(&store->writer, path, HR_SQL_CREATES, err));
    HR_TRY(hr_visitors_open(&store->reader, path, HR_SQL_READS, err));
done:
    if (status != HR_OK)
        hr_store_close(store);
    return status;
}

void hr_store_close(hr_store *store)
{
    hr_sql_close(store->reader);
    hr_sql_close(store->writer); /* the last one takes the log into the file */
    *store = (hr_store){0};
}

hr_status hr_store_run(hr_store *store, hr_error *err, int64_t *changes, const char *sql,
                       const hr_sql_value *values, int count)
{
    hr_sql_lock(store->writer);
    const hr_status status = hr_sql_run(store->writer, err, sql, values, count);
    if (changes)
        *changes = hr_sql_changes(store->writer);
    hr_sql_unlock(store->writer);
    return status;
}
