#include "io/visitors/sql.h"

#include "io/base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WAIT_MILLISECONDS = 10000 };

typedef struct prepared {
    const char *sql;
    sqlite3_stmt *statement;
} prepared;

struct hr_sql {
    sqlite3 *connection;
    pthread_mutex_t lock;
    prepared *prepared; /* [count] */
    int64_t count, capacity;
    char path[HR_ERROR_LENGTH / 4]; /* for messages */
};

static hr_status status_of(int code)
{
    switch (code & 0xFF) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return HR_OK;
    case SQLITE_NOMEM:
        return HR_MEMORY;
    case SQLITE_CONSTRAINT:
        return HR_USAGE;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_MISMATCH:
        return HR_INPUT;
    default:
        return HR_IO;
    }
}

static hr_status check(const hr_sql *db, int code, hr_error *err)
{
    const hr_status status = status_of(code);
    return status == HR_OK ? HR_OK : hr_fail(err, status, "%s: %s", db->path, sqlite3_errmsg(db->connection));
}

/* SQLite would make a file that others may read. */
static hr_status create_private(const char *path, hr_error *err)
{
    const int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0)
        return hr_fail(err, HR_IO, "%s: cannot be written: %s", path, strerror(errno));
    close(file);
    return HR_OK;
}

static hr_status run_text(hr_sql *db, const char *sql, hr_error *err)
{
    return check(db, sqlite3_exec(db->connection, sql, NULL, NULL, NULL), err);
}

static hr_status connect(hr_sql *db, const char *path, hr_sql_access access, hr_error *err)
{
    hr_status status = HR_OK;
    const int mode = access == HR_SQL_READS ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (access == HR_SQL_CREATES)
        HR_TRY(create_private(path, err));
    HR_TRY(check(db, sqlite3_open_v2(path, &db->connection, mode | SQLITE_OPEN_NOMUTEX, NULL), err));
    sqlite3_extended_result_codes(db->connection, 1);
    sqlite3_busy_timeout(db->connection, WAIT_MILLISECONDS);
    HR_TRY(run_text(db, "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON",
                    err));
    if (access != HR_SQL_READS)
        HR_TRY(run_text(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON",
                        err));
done:
    return status;
}

hr_status hr_sql_open(hr_sql **db, const char *path, hr_sql_access access, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(*db, 1);
    pthread_mutex_init(&(*db)->lock, NULL);
    strncpy((*db)->path, path, sizeof(*db)->path - 1);
    HR_TRY(connect(*db, path, access, err));
done:
    if (status != HR_OK) {
        hr_sql_close(*db);
        *db = NULL;
    }
    return status;
}

void hr_sql_close(hr_sql *db)
{
    if (!db)
        return;
    for (int64_t i = 0; i < db->count; i++)
        sqlite3_finalize(db->prepared[i].statement);
    sqlite3_close(db->connection);
    pthread_mutex_destroy(&db->lock);
    free(db->prepared);
    free(db);
}

void hr_sql_lock(hr_sql *db)
{
    pthread_mutex_lock(&db->lock);
}

void hr_sql_unlock(hr_sql *db)
{
    pthread_mutex_unlock(&db->lock);
}

hr_status hr_sql_begin(hr_sql *db, hr_error *err)
{
    hr_sql_lock(db);
    const hr_status status = hr_sql_run(db, err, "BEGIN IMMEDIATE", HR_SQL_NO_VALUES);
    if (status != HR_OK)
        hr_sql_unlock(db);
    return status;
}

hr_status hr_sql_end(hr_sql *db, hr_status status, hr_error *err)
{
    hr_error rolled_back;
    if (status == HR_OK)
        status = hr_sql_run(db, err, "COMMIT", HR_SQL_NO_VALUES);
    if (status != HR_OK && !sqlite3_get_autocommit(db->connection))
        hr_sql_run(db, &rolled_back, "ROLLBACK", HR_SQL_NO_VALUES);
    hr_sql_unlock(db);
    return status;
}

/* The statement of this text, prepared the first time. */
static hr_status prepare(hr_sql *db, const char *sql, sqlite3_stmt **statement, hr_error *err)
{
    hr_status status = HR_OK;
    for (int64_t i = 0; i < db->count; i++)
        if (db->prepared[i].sql == sql) {
            *statement = db->prepared[i].statement;
            return HR_OK;
        }
    HR_GROW(db->prepared, db->capacity, db->count + 1);
    HR_TRY(check(db, sqlite3_prepare_v3(db->connection, sql, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL),
                 err));
    db->prepared[db->count++] = (prepared){sql, *statement};
done:
    return status;
}

static int bind(sqlite3_stmt *statement, int index, const hr_sql_value *value)
{
    switch (value->kind) {
    case HR_SQL_INTEGER:
        return sqlite3_bind_int64(statement, index, value->integer);
    case HR_SQL_REAL:
        return sqlite3_bind_double(statement, index, value->real);
    case HR_SQL_TEXT:
        return sqlite3_bind_text(statement, index, value->bytes, -1, SQLITE_STATIC);
    default:
        return sqlite3_bind_blob64(statement, index, value->bytes, (sqlite3_uint64)value->integer,
                                   SQLITE_STATIC);
    }
}

hr_status hr_sql_query(hr_sql_rows *rows, hr_sql *db, hr_error *err, const char *sql,
                       const hr_sql_value *values, int count)
{
    hr_status status = HR_OK;
    *rows = (hr_sql_rows){.db = db};
    HR_TRY(prepare(db, sql, &rows->statement, err));
    for (int i = 0; i < count; i++)
        HR_TRY(check(db, bind(rows->statement, i + 1, &values[i]), err));
done:
    return status;
}

hr_status hr_sql_next(hr_sql_rows *rows, bool *found, hr_error *err)
{
    const int code = sqlite3_step(rows->statement);
    *found = code == SQLITE_ROW;
    return check(rows->db, code, err);
}

void hr_sql_finish(hr_sql_rows *rows)
{
    if (rows->statement) {
        sqlite3_reset(rows->statement);
        sqlite3_clear_bindings(rows->statement);
    }
    rows->statement = NULL;
}

hr_status hr_sql_run(hr_sql *db, hr_error *err, const char *sql, const hr_sql_value *values, int count)
{
    hr_status status = HR_OK;
    bool found;
    hr_sql_rows rows;
    HR_TRY(hr_sql_query(&rows, db, err, sql, values, count));
    HR_TRY(hr_sql_next(&rows, &found, err));
done:
    hr_sql_finish(&rows);
    return status;
}

int64_t hr_sql_changes(const hr_sql *db)
{
    return sqlite3_changes64(db->connection);
}

int64_t hr_sql_last_id(const hr_sql *db)
{
    return sqlite3_last_insert_rowid(db->connection);
}

int64_t hr_sql_column_integer(const hr_sql_rows *rows, int column)
{
    return sqlite3_column_int64(rows->statement, column);
}

double hr_sql_column_real(const hr_sql_rows *rows, int column)
{
    return sqlite3_column_double(rows->statement, column);
}

const char *hr_sql_column_text(const hr_sql_rows *rows, int column)
{
    return (const char *)sqlite3_column_text(rows->statement, column);
}

const void *hr_sql_column_bytes(const hr_sql_rows *rows, int column, int64_t *count)
{
    const void *bytes = sqlite3_column_blob(rows->statement, column);
    *count = sqlite3_column_bytes(rows->statement, column);
    return bytes;
}

hr_status hr_sql_number(hr_sql *db, hr_error *err, int64_t *value, bool *found, const char *sql,
                        const hr_sql_value *values, int count)
{
    hr_status status = HR_OK;
    hr_sql_rows rows;
    *found = false;
    *value = 0;
    HR_TRY(hr_sql_query(&rows, db, err, sql, values, count));
    HR_TRY(hr_sql_next(&rows, found, err));
    if (*found)
        *value = hr_sql_column_integer(&rows, 0);
done:
    hr_sql_finish(&rows);
    return status;
}
