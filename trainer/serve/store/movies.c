#include "trainer/serve/store/movies.h"

#include "io/base/json.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

hr_status hr_store_add_movie(hr_store *store, int64_t visitor, const char *title, int year,
                             const char *genres, int64_t now, int64_t most, int64_t *movie, hr_error *err)
{
    hr_sql *db = store->writer;
    hr_status status = hr_sql_begin(db, err);
    if (status != HR_OK)
        return status;
    HR_TRY(hr_sql_run(db, err,
                      "INSERT INTO movie (visitor, title, year, genres, created) SELECT ?1, ?2, ?3, ?4, ?5 "
                      "WHERE (SELECT count(*) FROM movie WHERE visitor = ?1) < ?6",
                      HR_SQL_VALUES(hr_sql_integer(visitor), hr_sql_text(title), hr_sql_integer(year),
                                    hr_sql_text(genres), hr_sql_integer(now), hr_sql_integer(most))));
    if (hr_sql_changes(db) == 0)
        HR_TRY(hr_fail(err, HR_USAGE, "an account adds at most %" PRId64 " movies", most));
    *movie = hr_sql_last_id(db);
done:
    return hr_sql_end(db, status, err);
}

hr_status hr_store_remove_movie(hr_store *store, int64_t visitor, int64_t movie, int64_t *removed,
                                hr_error *err)
{
    hr_sql *db = store->writer;
    char id[32];
    snprintf(id, sizeof id, "%" PRId64, movie);
    hr_status status = hr_sql_begin(db, err);
    if (status != HR_OK)
        return status;
    HR_TRY(hr_sql_run(db, err, "DELETE FROM movie WHERE id = ? AND visitor = ?",
                      HR_SQL_VALUES(hr_sql_integer(movie), hr_sql_integer(visitor))));
    *removed = hr_sql_changes(db);
    if (*removed) {
        HR_TRY(hr_sql_run(db, err, "DELETE FROM rating WHERE movie = ?", HR_SQL_VALUES(hr_sql_text(id))));
        HR_TRY(hr_sql_run(db, err, "DELETE FROM click WHERE movie = ?", HR_SQL_VALUES(hr_sql_text(id))));
    }
done:
    return hr_sql_end(db, status, err);
}

hr_status hr_store_movie_owner(hr_store *store, int64_t movie, int64_t *visitor, bool *is_there,
                               hr_error *err)
{
    hr_sql_lock(store->reader);
    const hr_status status = hr_sql_number(store->reader, err, visitor, is_there,
                                           "SELECT coalesce(visitor, 0) FROM movie WHERE id = ?",
                                           HR_SQL_VALUES(hr_sql_integer(movie)));
    hr_sql_unlock(store->reader);
    return status;
}

/* "Drama|Comedy" as ["Drama", "Comedy"]. */
static json_t *genres_json(const char *text)
{
    json_t *list = json_array();
    while (text && *text) {
        const size_t length = strcspn(text, "|");
        json_array_append_new(list, json_stringn(text, length));
        text += length + (text[length] == '|');
    }
    return list;
}

static json_t *picture_json(const hr_sql_rows *row)
{
    const char *type = hr_sql_column_text(row, 5);
    return type ? json_pack("{s:s, s:I, s:I, s:I, s:I}", "type", type, "width",
                            (json_int_t)hr_sql_column_integer(row, 6), "height",
                            (json_int_t)hr_sql_column_integer(row, 7), "size",
                            (json_int_t)hr_sql_column_integer(row, 8), "created",
                            (json_int_t)hr_sql_column_integer(row, 9))
                : json_null();
}

static json_t *movie_json(const hr_sql_rows *row)
{
    return json_pack("{s:I, s:s, s:I, s:o, s:I, s:o}", "movie", (json_int_t)hr_sql_column_integer(row, 0),
                     "title", hr_sql_column_text(row, 1), "year", (json_int_t)hr_sql_column_integer(row, 2),
                     "genres", genres_json(hr_sql_column_text(row, 3)), "created",
                     (json_int_t)hr_sql_column_integer(row, 4), "picture", picture_json(row));
}

hr_status hr_store_list_movies(hr_store *store, int64_t movie, int64_t visitor, int64_t most, json_t **list,
                               hr_error *err)
{
    hr_status status = HR_OK;
    hr_sql_rows rows;
    bool found = false;
    *list = json_array();
    hr_sql_lock(store->reader);
    HR_TRY(
        hr_sql_query(&rows, store->reader, err,
                     "SELECT m.id, m.title, m.year, m.genres, m.created, p.type, p.width, p.height, "
                     "length(p.bytes), p.created FROM movie m LEFT JOIN picture p ON p.movie = m.id "
                     "WHERE (?1 = 0 OR m.id = ?1) AND (?2 = 0 OR m.visitor = ?2) ORDER BY m.id DESC LIMIT ?3",
                     HR_SQL_VALUES(hr_sql_integer(movie), hr_sql_integer(visitor), hr_sql_integer(most))));
    HR_TRY(hr_sql_next(&rows, &found, err));
    while (found) {
        json_array_append_new(*list, movie_json(&rows));
        HR_TRY(hr_sql_next(&rows, &found, err));
    }
    HR_TRY(hr_json_check("a list of movies", err));
done:
    hr_sql_finish(&rows);
    hr_sql_unlock(store->reader);
    return status;
}
