#include "io/visitors/visitors_file.h"

/* "HRVS": sqlite3 FILE "PRAGMA application_id". */
#define APPLICATION 0x48525653

static const char *const tables[] = {
    "CREATE TABLE visitor (id INTEGER PRIMARY KEY AUTOINCREMENT, created INTEGER NOT NULL) STRICT",
    "CREATE TABLE rating (visitor INTEGER NOT NULL REFERENCES visitor ON DELETE CASCADE, movie TEXT NOT "
    "NULL, "
    "value REAL NOT NULL, time INTEGER NOT NULL, PRIMARY KEY (visitor, movie)) STRICT, WITHOUT ROWID",
    "CREATE TABLE click (visitor INTEGER NOT NULL REFERENCES visitor ON DELETE CASCADE, movie TEXT NOT NULL, "
    "time INTEGER NOT NULL, PRIMARY KEY (visitor, movie)) STRICT, WITHOUT ROWID",
    "CREATE TABLE account (visitor INTEGER PRIMARY KEY REFERENCES visitor ON DELETE CASCADE, name TEXT NOT "
    "NULL, "
    "name_key TEXT NOT NULL UNIQUE, password TEXT NOT NULL, created INTEGER NOT NULL) STRICT",
    "CREATE TABLE token (id INTEGER PRIMARY KEY AUTOINCREMENT, hash BLOB NOT NULL UNIQUE, "
    "visitor INTEGER NOT NULL REFERENCES visitor ON DELETE CASCADE, "
    "kind TEXT NOT NULL CHECK (kind IN ('session', 'bearer')), name TEXT NOT NULL, created INTEGER NOT NULL, "
    "expires INTEGER NOT NULL) STRICT",
    "CREATE INDEX token_visitor ON token (visitor)",
    "CREATE INDEX token_expires ON token (expires)",
    "CREATE TABLE movie (id INTEGER PRIMARY KEY AUTOINCREMENT, visitor INTEGER REFERENCES visitor ON DELETE "
    "SET NULL, "
    "title TEXT NOT NULL, year INTEGER NOT NULL, genres TEXT NOT NULL, created INTEGER NOT NULL) STRICT",
    "CREATE INDEX movie_visitor ON movie (visitor)",
    "CREATE TABLE picture (movie INTEGER PRIMARY KEY REFERENCES movie ON DELETE CASCADE, type TEXT NOT NULL, "
    "width INTEGER NOT NULL, height INTEGER NOT NULL, created INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT",
    "INSERT INTO sqlite_sequence (name, seq) VALUES ('visitor', 1000000000000), ('movie', 1000000000000)",
    "PRAGMA application_id = 0x48525653",
    "PRAGMA user_version = 1"};

static hr_status number(hr_sql *db, const char *sql, int64_t *value, hr_error *err)
{
    bool found;
    return hr_sql_number(db, err, value, &found, sql, HR_SQL_NO_VALUES);
}

/* Makes the tables, where another process has not just done so. */
static hr_status create(hr_sql *db, hr_error *err)
{
    hr_status status = hr_sql_begin(db, err);
    int64_t made = 0;
    if (status != HR_OK)
        return status;
    HR_TRY(number(db, "SELECT count(*) FROM sqlite_schema", &made, err));
    for (size_t i = 0; made == 0 && i < sizeof tables / sizeof *tables; i++)
        HR_TRY(hr_sql_run(db, err, tables[i], HR_SQL_NO_VALUES));
done:
    return hr_sql_end(db, status, err);
}

static hr_status check(hr_sql *db, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t application, version;
    HR_TRY(number(db, "PRAGMA application_id", &application, err));
    HR_TRY(number(db, "PRAGMA user_version", &version, err));
    if (application != APPLICATION)
        HR_TRY(hr_fail(
            err, HR_INPUT,
            "%s: expected a file of visitors, as halorec serve writes it, found another SQLite file", path));
    if (version < 1 || version > HR_VISITORS_VERSION)
        HR_TRY(hr_fail(err, HR_INPUT,
                       "%s: a file of visitors of version %lld, expected %d: use the halorec that wrote it",
                       path, (long long)version, HR_VISITORS_VERSION));
done:
    return status;
}

hr_status hr_visitors_open(hr_sql **db, const char *path, hr_sql_access access, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t objects;
    HR_TRY(hr_sql_open(db, path, access, err));
    HR_TRY(number(*db, "SELECT count(*) FROM sqlite_schema", &objects, err));
    if (objects == 0 && access == HR_SQL_CREATES)
        HR_TRY(create(*db, err));
    HR_TRY(check(*db, path, err));
done:
    if (status != HR_OK) {
        hr_sql_close(*db);
        *db = NULL;
    }
    return status;
}
