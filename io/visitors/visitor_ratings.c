#include "io/visitors/visitor_ratings.h"

#include "io/base/memory.h"
#include "io/visitors/visitors_file.h"

#include <string.h>

void hr_visitor_ratings_free(hr_visitor_ratings *ratings)
{
    free(ratings->user);
    free(ratings->value);
    free(ratings->time);
    hr_strings_free(&ratings->movie);
    *ratings = (hr_visitor_ratings){0};
}

void hr_added_movies_free(hr_added_movies *movies)
{
    free(movies->id);
    free(movies->year);
    hr_strings_free(&movies->title);
    hr_strings_free(&movies->genres);
    *movies = (hr_added_movies){0};
}

static hr_status append_text(hr_strings *strings, const hr_sql_rows *row, int column, hr_error *err)
{
    const char *text = hr_sql_column_text(row, column);
    return text ? hr_strings_append(strings, text, (int64_t)strlen(text), err)
                : hr_fail_memory(err, 1, 1, "text of a visitor");
}

static hr_status append_rating(hr_visitor_ratings *ratings, const hr_sql_rows *row, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t index = ratings->count;
    HR_GROW(ratings->user, ratings->user_capacity, index + 1);
    HR_GROW(ratings->value, ratings->value_capacity, index + 1);
    HR_GROW(ratings->time, ratings->time_capacity, index + 1);
    HR_TRY(append_text(&ratings->movie, row, 1, err));
    ratings->user[index] = hr_sql_column_integer(row, 0);
    ratings->value[index] = (float)hr_sql_column_real(row, 2);
    ratings->time[index] = hr_sql_column_integer(row, 3);
    ratings->count++;
done:
    return status;
}

static hr_status append_movie(hr_added_movies *movies, const hr_sql_rows *row, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t index = movies->count;
    HR_GROW(movies->id, movies->id_capacity, index + 1);
    HR_GROW(movies->year, movies->year_capacity, index + 1);
    HR_TRY(append_text(&movies->title, row, 1, err));
    HR_TRY(append_text(&movies->genres, row, 3, err));
    movies->id[index] = hr_sql_column_integer(row, 0);
    movies->year[index] = (int32_t)hr_sql_column_integer(row, 2);
    movies->count++;
done:
    return status;
}

static hr_status read_ratings(hr_sql *db, hr_visitor_ratings *ratings, hr_error *err)
{
    hr_status status = HR_OK;
    hr_sql_rows rows;
    bool found = true;
    HR_TRY(hr_sql_query(&rows, db, err,
                        "SELECT visitor, movie, value, time FROM rating ORDER BY visitor, movie",
                        HR_SQL_NO_VALUES));
    for (;;) {
        HR_TRY(hr_sql_next(&rows, &found, err));
        if (!found)
            break;
        HR_TRY(append_rating(ratings, &rows, err));
    }
done:
    hr_sql_finish(&rows);
    return status;
}

static hr_status read_movies(hr_sql *db, hr_added_movies *movies, hr_error *err)
{
    hr_status status = HR_OK;
    hr_sql_rows rows;
    bool found = true;
    HR_TRY(hr_sql_query(&rows, db, err, "SELECT id, title, year, genres FROM movie ORDER BY id",
                        HR_SQL_NO_VALUES));
    for (;;) {
        HR_TRY(hr_sql_next(&rows, &found, err));
        if (!found)
            break;
        HR_TRY(append_movie(movies, &rows, err));
    }
done:
    hr_sql_finish(&rows);
    return status;
}

hr_status hr_visitors_read(const char *path, hr_visitor_ratings *ratings, hr_added_movies *movies,
                           hr_error *err)
{
    hr_status status = HR_OK;
    hr_sql *db = NULL;
    HR_TRY(hr_visitors_open(&db, path, HR_SQL_READS, err));
    HR_TRY(hr_sql_run(db, err, "BEGIN", HR_SQL_NO_VALUES));
    HR_TRY(read_ratings(db, ratings, err));
    if (movies)
        HR_TRY(read_movies(db, movies, err));
done:
    hr_sql_close(db);
    return status;
}
