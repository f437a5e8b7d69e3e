/* give_opinions FILE: adds to a file of visitors, which is made where it is not there, what the lines of standard input say:
 *
 *   rating VISITOR MOVIE VALUE TIME
 *   movie ID YEAR GENRES TITLE          GENRES separated by |, or - for none; the title is the rest of the line */
#include "io/visitors/visitors_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static hr_status add_rating(hr_sql *db, long long visitor, const char *movie, double value, long long time,
                            hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_sql_run(db, err, "INSERT OR IGNORE INTO visitor (id, created) VALUES (?, 0)",
                      HR_SQL_VALUES(hr_sql_integer(visitor))));
    HR_TRY(hr_sql_run(db, err,
                      "INSERT OR REPLACE INTO rating (visitor, movie, value, time) VALUES (?, ?, ?, ?)",
                      HR_SQL_VALUES(hr_sql_integer(visitor), hr_sql_text(movie), hr_sql_real(value),
                                    hr_sql_integer(time))));
done:
    return status;
}

static hr_status add_movie(hr_sql *db, long long id, int year, const char *genres, const char *title,
                           hr_error *err)
{
    return hr_sql_run(db, err, "INSERT INTO movie (id, title, year, genres, created) VALUES (?, ?, ?, ?, 0)",
                      HR_SQL_VALUES(hr_sql_integer(id), hr_sql_text(title), hr_sql_integer(year),
                                    hr_sql_text(strcmp(genres, "-") == 0 ? "" : genres)));
}

static hr_status add_line(hr_sql *db, const char *line, hr_error *err)
{
    long long id, time;
    char text[256], title[512];
    double value;
    int year;
    if (sscanf(line, "rating %lld %255s %lf %lld", &id, text, &value, &time) == 4)
        return add_rating(db, id, text, value, time, err);
    if (sscanf(line, "movie %lld %d %255s %511[^\n]", &id, &year, text, title) == 4)
        return add_movie(db, id, year, text, title, err);
    return hr_fail(err, HR_INPUT, "not a line of give_opinions: %s", line);
}

int main(int argc, char **argv)
{
    hr_error err = {""};
    hr_sql *db = NULL;
    char line[1024];
    hr_status status = argc == 2 ? hr_visitors_open(&db, argv[1], HR_SQL_CREATES, &err) : HR_USAGE;
    if (status == HR_OK)
        status = hr_sql_begin(db, &err);
    if (status == HR_OK) {
        while (status == HR_OK && fgets(line, sizeof line, stdin))
            status = add_line(db, line, &err);
        status = hr_sql_end(db, status, &err);
    }
    hr_sql_close(db);
    if (status != HR_OK)
        fprintf(stderr, "give_opinions: %s\n", err.text);
    return status == HR_OK ? 0 : 1;
}
