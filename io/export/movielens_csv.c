#include "io/export/movielens_csv.h"

#include "io/base/memory.h"
#include "io/dataset/dataset.h"
#include "io/dataset/ids_file.h"
#include "io/export/csv_file.h"

#include <inttypes.h>
#include <string.h>

const char *const hr_movielens_files[HR_MOVIELENS_FILES] = {"ratings.csv", "movies.csv", "tags.csv",
                                                            "links.csv"};

enum { RATINGS_AT_ONCE = 1 << 20 };

/* The dataset whose files are written. */
typedef struct source {
    hr_h5 *file;
    hr_dataset_summary summary;
    hr_ids user, movie;
    const char *folder;
} source;

static void write_id(hr_csv *csv, const hr_ids *ids, int64_t index, char end)
{
    char buffer[HR_ID_BUFFER];
    hr_csv_text(csv, hr_ids_text(ids, index, buffer), end);
}

/* A number, or nothing where it is unknown. */
static void write_number(hr_csv *csv, int64_t number, int64_t unknown, char end)
{
    if (number != unknown)
        fprintf(csv->file, "%" PRId64, number);
    fputc(end, csv->file);
}

static hr_status write_slice(const source *s, hr_csv *csv, int64_t first_user, int64_t users, hr_error *err)
{
    hr_status status = HR_OK;
    hr_ratings r = {0};
    HR_TRY(hr_dataset_read_slice(s->file, first_user, users, 0.0, &r, err));
    HR_TRY(hr_dataset_read_values(s->file, &r, err));
    HR_TRY(hr_dataset_read_times(s->file, &r, err));
    for (int64_t u = 0; u < users; u++)
        for (int64_t i = r.ptr[u]; i < r.ptr[u + 1]; i++) {
            write_id(csv, &s->user, first_user + u, ',');
            write_id(csv, &s->movie, r.movie[i], ',');
            fprintf(csv->file, "%.9g%s,", (double)r.value[i],
                    r.value[i] == (float)(int)r.value[i] ? ".0" : "");
            write_number(csv, r.time[i], HR_NO_TIME, '\n');
        }
done:
    hr_ratings_free(&r);
    return status;
}

static hr_status write_ratings(const source *s, hr_error *err)
{
    hr_status status = HR_OK;
    hr_csv csv = {0};
    const int64_t mean = 1 + s->summary.ratings / s->summary.users, at_once = 1 + RATINGS_AT_ONCE / mean;
    HR_TRY(hr_csv_open(&csv, s->folder, "ratings.csv", "userId,movieId,rating,timestamp", err));
    for (int64_t first = 0; first < s->summary.users; first += at_once)
        HR_TRY(write_slice(s, &csv, first,
                           s->summary.users - first < at_once ? s->summary.users - first : at_once, err));
    HR_TRY(hr_csv_publish(&csv, err));
done:
    hr_csv_close(&csv);
    return status;
}

static void write_genres(hr_csv *csv, const hr_genres *g, int64_t movie)
{
    char joined[1024] = "";
    size_t used = 0;
    for (int64_t i = g->ptr[movie]; i < g->ptr[movie + 1] && used < sizeof joined; i++)
        used += (size_t)snprintf(joined + used, sizeof joined - used, "%s%s", used > 0 ? "|" : "",
                                 hr_strings_at(&g->name, g->genre[i]));
    hr_csv_text(csv, used > 0 ? joined : "(no genres listed)", '\n');
}

static hr_status write_movies(const source *s, hr_error *err)
{
    hr_status status = HR_OK;
    hr_csv csv = {0};
    hr_strings title = {0};
    hr_genres genres = {0};
    HR_TRY(hr_h5_read_strings(s->file, "movie/title", 0, s->summary.movies, &title, err));
    HR_TRY(hr_genres_read(s->file, s->summary.movies, &genres, err));
    HR_TRY(hr_csv_open(&csv, s->folder, "movies.csv", "movieId,title,genres", err));
    for (int64_t m = 0; m < s->summary.movies; m++) {
        write_id(&csv, &s->movie, m, ',');
        hr_csv_text(&csv, hr_strings_at(&title, m), ',');
        write_genres(&csv, &genres, m);
    }
    HR_TRY(hr_csv_publish(&csv, err));
done:
    hr_csv_close(&csv);
    hr_genres_free(&genres);
    hr_strings_free(&title);
    return status;
}

static hr_status write_links(const source *s, hr_error *err)
{
    hr_status status = HR_OK;
    hr_csv csv = {0};
    int64_t *imdb = NULL, *tmdb = NULL;
    const int64_t movies = s->summary.movies;
    HR_ALLOC(imdb, movies);
    HR_ALLOC(tmdb, movies);
    HR_TRY(hr_h5_read_rows(s->file, "movie/imdb", HR_H5_I64, 0, movies, 1, imdb, err));
    HR_TRY(hr_h5_read_rows(s->file, "movie/tmdb", HR_H5_I64, 0, movies, 1, tmdb, err));
    HR_TRY(hr_csv_open(&csv, s->folder, "links.csv", "movieId,imdbId,tmdbId", err));
    for (int64_t m = 0; m < movies; m++) {
        write_id(&csv, &s->movie, m, ',');
        write_number(&csv, imdb[m], 0, ',');
        write_number(&csv, tmdb[m], 0, '\n');
    }
    HR_TRY(hr_csv_publish(&csv, err));
done:
    hr_csv_close(&csv);
    free(tmdb);
    free(imdb);
    return status;
}

/* The tags of the dataset: user, movie and text of each as numbers. */
typedef struct tags {
    int64_t count, names;
    int32_t *user, *movie, *text;
    int64_t *time;
    hr_strings name;
} tags;

static hr_status read_tags(const source *s, tags *t, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_h5_shape(s->file, "tag/user", &t->count, NULL, err));
    HR_TRY(hr_h5_shape(s->file, "tag/name", &t->names, NULL, err));
    HR_ALLOC(t->user, t->count);
    HR_ALLOC(t->movie, t->count);
    HR_ALLOC(t->text, t->count);
    HR_ALLOC(t->time, t->count);
    HR_TRY(hr_h5_read_rows(s->file, "tag/user", HR_H5_I32, 0, t->count, 1, t->user, err));
    HR_TRY(hr_h5_read_rows(s->file, "tag/movie", HR_H5_I32, 0, t->count, 1, t->movie, err));
    HR_TRY(hr_h5_read_rows(s->file, "tag/text", HR_H5_I32, 0, t->count, 1, t->text, err));
    HR_TRY(hr_h5_read_rows(s->file, "tag/time", HR_H5_I64, 0, t->count, 1, t->time, err));
    HR_TRY(hr_h5_read_strings(s->file, "tag/name", 0, t->names, &t->name, err));
    for (int64_t i = 0; i < t->count; i++)
        if (t->user[i] < 0 || t->user[i] >= s->summary.users || t->movie[i] < 0 ||
            t->movie[i] >= s->summary.movies || t->text[i] < 0 || t->text[i] >= t->names)
            HR_TRY(hr_fail(err, HR_INPUT, "%s: tag number %" PRId64 " is damaged; import the data again",
                           hr_h5_path(s->file), i));
done:
    return status;
}

static hr_status write_tags(const source *s, hr_error *err)
{
    hr_status status = HR_OK;
    hr_csv csv = {0};
    tags t = {0};
    HR_TRY(read_tags(s, &t, err));
    HR_TRY(hr_csv_open(&csv, s->folder, "tags.csv", "userId,movieId,tag,timestamp", err));
    for (int64_t i = 0; i < t.count; i++) {
        write_id(&csv, &s->user, t.user[i], ',');
        write_id(&csv, &s->movie, t.movie[i], ',');
        hr_csv_text(&csv, hr_strings_at(&t.name, t.text[i]), ',');
        write_number(&csv, t.time[i], HR_NO_TIME, '\n');
    }
    HR_TRY(hr_csv_publish(&csv, err));
done:
    hr_csv_close(&csv);
    hr_strings_free(&t.name);
    free(t.user);
    free(t.movie);
    free(t.text);
    free(t.time);
    return status;
}

hr_status hr_movielens_write(const char *dataset, const char *folder, hr_error *err)
{
    hr_status status = HR_OK;
    source s = {.folder = folder};
    HR_TRY(hr_dataset_open(&s.file, &s.summary, dataset, err));
    HR_TRY(hr_ids_read_unordered(s.file, "user/id", 0, s.summary.users, &s.user, err));
    HR_TRY(hr_ids_read_unordered(s.file, "movie/id", 0, s.summary.movies, &s.movie, err));
    HR_TRY(write_movies(&s, err));
    HR_TRY(write_tags(&s, err));
    HR_TRY(write_links(&s, err));
    HR_TRY(write_ratings(&s, err));
done:
    hr_ids_free(&s.user);
    hr_ids_free(&s.movie);
    hr_h5_close(s.file);
    return status;
}
