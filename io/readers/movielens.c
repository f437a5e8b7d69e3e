#include "io/readers/movielens.h"

#include "io/base/memory.h"
#include "io/base/utf8.h"
#include "io/readers/table.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_LENGTH = 4096 };

/* The files of an edition, and how they are written. */
typedef struct edition {
    char ratings[PATH_LENGTH], movies[PATH_LENGTH], tags[PATH_LENGTH], links[PATH_LENGTH];
    bool dat;
} edition;

static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static bool ends_in(const char *path, const char *ending)
{
    const size_t length = strlen(path), wanted = strlen(ending);
    return length >= wanted && strcmp(path + length - wanted, ending) == 0;
}

static bool readable(const char *folder, const char *name)
{
    char path[PATH_LENGTH];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return access(path, F_OK) == 0;
}

bool hr_movielens_recognise(const char *path)
{
    if (is_folder(path))
        return readable(path, "ratings.csv") || readable(path, "ratings.dat");
    return access(path, F_OK) == 0 && (ends_in(path, "ratings.csv") || ends_in(path, "ratings.dat"));
}

/* Names the files in `path`, a folder, or those beside `path`, a ratings file of whatever name. */
static void find_files(const char *path, edition *e)
{
    char folder[PATH_LENGTH - 32];
    const bool given_folder = is_folder(path);
    snprintf(folder, sizeof folder, "%s", path);
    if (!given_folder) {
        char *slash = strrchr(folder, '/');
        snprintf(slash ? slash : folder, 2, "%s", slash ? "" : ".");
    }
    e->dat = given_folder ? !readable(folder, "ratings.csv") : ends_in(path, ".dat");
    const char *ending = e->dat ? "dat" : "csv";
    if (given_folder)
        snprintf(e->ratings, sizeof e->ratings, "%s/ratings.%s", folder, ending);
    else
        snprintf(e->ratings, sizeof e->ratings, "%s", path);
    snprintf(e->movies, sizeof e->movies, "%s/movies.%s", folder, ending);
    snprintf(e->tags, sizeof e->tags, "%s/tags.%s", folder, ending);
    snprintf(e->links, sizeof e->links, "%s/links.csv", folder);
}

static hr_status take_rating(void *context, const char *const *field, const char *path, int64_t line,
                             hr_error *err)
{
    hr_raw *raw = context;
    hr_status status = HR_OK;
    hr_raw_rating rating = {.split = HR_TRAIN};
    char *end = NULL;
    HR_TRY(hr_table_id(field[0], "user", path, line, &rating.user, err));
    HR_TRY(hr_table_id(field[1], "movie", path, line, &rating.movie, err));
    const double value = strtod(field[2], &end);
    if (end == field[2] || *end != '\0' || strpbrk(field[2], "xX") || !(value >= 0.5 && value <= 5.0))
        HR_TRY(hr_fail(err, HR_INPUT, "%s:%" PRId64 ": found rating \"%s\", expected a number from 0.5 to 5",
                       path, line, field[2]));
    HR_TRY(hr_table_integer(field[3], "timestamp", path, line, &rating.time, err));
    rating.value = (float)value;
    HR_GROW(raw->rating, raw->rating_capacity, raw->ratings + 1);
    raw->rating[raw->ratings++] = rating;
done:
    return status;
}

/* The number of a genre name, which is added where it is new. */
static hr_status genre_number(hr_strings *names, const char *name, size_t length, int32_t *number,
                              hr_error *err)
{
    for (*number = 0; *number < names->count; ++*number) {
        const char *known = hr_strings_at(names, *number);
        if (strlen(known) == length && memcmp(known, name, length) == 0)
            return HR_OK;
    }
    return hr_strings_append(names, name, (int64_t)length, err);
}

static hr_status take_genres(hr_genres *genres, const char *text, hr_error *err)
{
    hr_status status = HR_OK;
    int32_t *genre = NULL;
    int64_t count = 0, capacity = 0;
    const char *at = strcmp(text, "(no genres listed)") == 0 ? NULL : text;
    while (at) {
        const char *end = strchr(at, '|');
        const size_t length = end ? (size_t)(end - at) : strlen(at);
        HR_GROW(genre, capacity, count + 1);
        if (length > 0)
            HR_TRY(genre_number(&genres->name, at, length, &genre[count++], err));
        at = end ? end + 1 : NULL;
    }
    HR_TRY(hr_genres_append(genres, genre, count, err));
done:
    free(genre);
    return status;
}

static hr_status take_movie(void *context, const char *const *field, const char *path, int64_t line,
                            hr_error *err)
{
    hr_raw *raw = context;
    hr_status status = HR_OK;
    hr_raw_movie movie = {.title = raw->title.count};
    HR_TRY(hr_table_id(field[0], "movie", path, line, &movie.id, err));
    HR_TRY(hr_utf8_append(&raw->title, field[1], (int64_t)strlen(field[1]), err));
    HR_TRY(take_genres(&raw->genres, field[2], err));
    HR_GROW(raw->movie, raw->movie_capacity, raw->movies + 1);
    raw->movie[raw->movies++] = movie;
done:
    return status;
}

/* A tag's text trimmed of blanks. */
static hr_status take_tag(void *context, const char *const *field, const char *path, int64_t line,
                          hr_error *err)
{
    hr_raw *raw = context;
    hr_status status = HR_OK;
    hr_raw_tag tag = {.text = (int32_t)raw->tag_name.count};
    if (raw->tag_name.count == INT32_MAX)
        HR_TRY(hr_fail(err, HR_MEMORY, "%s:%" PRId64 ": more tags than 32 bits count", path, line));
    HR_TRY(hr_table_id(field[0], "user", path, line, &tag.user, err));
    HR_TRY(hr_table_id(field[1], "movie", path, line, &tag.movie, err));
    HR_TRY(hr_table_integer(field[3], "timestamp", path, line, &tag.time, err));
    const char *text = field[2] + strspn(field[2], " \t");
    size_t length = strlen(text);
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        length--;
    HR_TRY(hr_utf8_append(&raw->tag_name, text, (int64_t)length, err));
    HR_GROW(raw->tag, raw->tag_capacity, raw->tags + 1);
    raw->tag[raw->tags++] = tag;
done:
    return status;
}

/* A link's movie is searched from that of the last link on: both files are in ascending order of movie, so
 * that a search mostly takes a step or two. */
typedef struct linker {
    hr_raw *raw;
    int64_t next;
} linker;

static hr_status take_link(void *context, const char *const *field, const char *path, int64_t line,
                           hr_error *err)
{
    linker *l = context;
    hr_status status = HR_OK;
    int64_t id = 0, imdb = 0, tmdb = 0;
    HR_TRY(hr_table_id(field[0], "movie", path, line, &id, err));
    HR_TRY(hr_table_integer(field[1], "imdbId", path, line, &imdb, err));
    HR_TRY(hr_table_integer(field[2], "tmdbId", path, line, &tmdb, err));
    for (int64_t tried = 0; tried < l->raw->movies; tried++) {
        hr_raw_movie *movie = &l->raw->movie[l->next];
        if (movie->id == id) {
            movie->imdb = imdb;
            movie->tmdb = tmdb;
            break;
        }
        l->next = (l->next + 1) % l->raw->movies;
    }
done:
    return status;
}

static const char *const rating_columns[] = {"userId", "movieId", "rating", "timestamp"};
static const char *const movie_columns[] = {"movieId", "title", "genres"};
static const char *const tag_columns[] = {"userId", "movieId", "tag", "timestamp"};
static const char *const link_columns[] = {"movieId", "imdbId", "tmdbId"};

static hr_status read_table(const edition *e, const char *path, const char *const *columns, int wanted,
                            hr_table_row_fn *row, void *context, hr_error *err)
{
    return e->dat ? hr_table_read_dat(path, wanted, row, context, err)
                  : hr_table_read_csv(path, columns, wanted, row, context, err);
}

hr_status hr_movielens_read(const char *path, hr_raw *raw, hr_error *err)
{
    hr_status status = HR_OK;
    edition e;
    linker links = {raw, 0};
    if (access(path, F_OK) != 0)
        return hr_fail(err, HR_IO, "%s: cannot be read: %s", path, strerror(errno));
    find_files(path, &e);
    HR_TRY(read_table(&e, e.ratings, rating_columns, 4, take_rating, raw, err));
    if (raw->ratings == 0)
        HR_TRY(hr_fail(err, HR_INPUT, "%s: has no rating", e.ratings));
    if (access(e.movies, F_OK) == 0)
        HR_TRY(read_table(&e, e.movies, movie_columns, 3, take_movie, raw, err));
    if (access(e.tags, F_OK) == 0)
        HR_TRY(read_table(&e, e.tags, tag_columns, 4, take_tag, raw, err));
    if (access(e.links, F_OK) == 0)
        HR_TRY(hr_table_read_csv(e.links, link_columns, 3, take_link, &links, err));
done:
    return status;
}
