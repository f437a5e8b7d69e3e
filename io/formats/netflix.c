/* The Netflix prize: a line "MOVIE:", and below it lines "USER,RATING,DATE". */
#include "io/formats/beside.h"
#include "io/formats/format.h"
#include "io/text/numbers.h"
#include "io/text/rows.h"
#include "io/text/times.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MOVIE_LENGTH = 24, SEARCH_BACK = 1 << 16 };

static const hr_dialect lines = {.separator = HR_SEPARATOR_NONE};

/* A share being read. */
typedef struct reading {
    hr_row_sink *sink;
    char movie[MOVIE_LENGTH]; /* empty before the first */
} reading;

/* Whether a line is a number and a colon; the number is then the movie at hand. */
static bool take_movie(hr_text_piece line, char movie[MOVIE_LENGTH])
{
    int64_t digits = 0;
    while (digits < line.length && isdigit((unsigned char)line.at[digits]))
        digits++;
    if (digits == 0 || digits >= MOVIE_LENGTH || digits + 1 != line.length || line.at[digits] != ':')
        return false;
    snprintf(movie, MOVIE_LENGTH, "%.*s", (int)digits, line.at);
    return true;
}

static hr_status take_line(void *context, const hr_row *row, hr_error *err)
{
    reading *r = context;
    hr_text_piece line = hr_piece_trimmed(row->field[0]);
    hr_rating_row rating = {.time = HR_NO_TIME, .offset = row->offset};
    if (take_movie(line, r->movie))
        return HR_OK;
    rating.user = hr_piece_trimmed(hr_piece_field(&line));
    rating.item = hr_piece_of(r->movie);
    const hr_text_piece value = hr_piece_trimmed(hr_piece_field(&line));
    if (rating.item.length == 0)
        return hr_row_sink_bad(r->sink, row->offset, err, "found \"%.*s\", expected a movie and a colon",
                               HR_PIECE(row->field[0]));
    if (!hr_number_parse(value, false, &rating.value))
        return hr_row_sink_bad(r->sink, row->offset, err, "column 2: found \"%.*s\", expected a rating",
                               HR_PIECE(value));
    if (!hr_time_parse(hr_piece_trimmed(line), &rating.time))
        return hr_row_sink_bad(r->sink, row->offset, err,
                               "column 3: found \"%.*s\", expected a date such as 2005-09-06",
                               HR_PIECE(line));
    return hr_row_sink_add(r->sink, &rating, err);
}

static hr_status find_movie(void *context, const hr_row *row, hr_error *err)
{
    reading *r = context;
    (void)err;
    take_movie(hr_piece_trimmed(row->field[0]), r->movie);
    return HR_OK;
}

static hr_status read_share(const void *how, const hr_text_file *text, int64_t begin, int64_t end,
                            hr_row_sink *sink, hr_error *err)
{
    hr_status status = HR_OK;
    reading r = {.sink = sink};
    (void)how;
    if (begin > 0 && !hr_text_facts_of(text)->can_be_cut)
        return HR_OK;
    for (int64_t back = SEARCH_BACK, from = begin; from > 0 && !*r.movie; back *= 2) {
        from = begin > back ? begin - back : 0;
        HR_TRY(hr_text_rows(text, &lines, from, begin, find_movie, &r, err));
    }
    HR_TRY(hr_text_rows(text, &lines, begin, end, take_line, &r, err));
done:
    return status;
}

static bool is_like(const char *path, hr_text_piece sample)
{
    char movie[MOVIE_LENGTH];
    const char *end = sample.length > 0 ? memchr(sample.at, '\n', (size_t)sample.length) : NULL;
    hr_text_piece line = {sample.at, end ? end - sample.at : sample.length};
    (void)path;
    while (line.length > 0 && line.at[line.length - 1] == '\r')
        line.length--;
    return take_movie(hr_piece_trimmed(line), movie);
}

/* Files of one movie each are many, and are opened to be read only. */
static hr_status add(hr_source *source, const char *path, uint8_t split, hr_error *err)
{
    hr_status status = HR_OK;
    hr_text_file *text = NULL;
    if (hr_name_is_among(hr_file_name(path), "mv_*.txt"))
        return hr_source_add_path(source, path, true, split, read_share, NULL, err);
    HR_TRY(hr_text_open(&text, path, err));
    HR_TRY(hr_source_say(source, err, "%s: lines MOVIE: and USER,RATING,DATE", path));
    status = hr_source_add_file(source, text, split, read_share, NULL, err);
done:
    return status;
}

/* The titles are in the folder above training_set. */
static hr_status beside(hr_source *source, const hr_listing *listing, const char *file, hr_error *err)
{
    static const hr_beside list[] = {
        {.names = "movie_titles.csv movie_titles.txt", .items = hr_read_title_lines}, {0}};
    char above[HR_PATH_LENGTH];
    hr_source_know_scale(source, 1, 5);
    (void)file;
    if (hr_listing_find(listing, list[0].names) || listing->is_zip)
        return hr_beside_add(source, listing, list, err);
    const hr_status status = hr_listing_path(listing, "../movie_titles.txt", above, err);
    if (status != HR_OK || access(above, R_OK) != 0)
        return status;
    return hr_source_add_side(source, &(hr_side){.path = above, .items = hr_read_title_lines}, err);
}

const hr_format hr_format_netflix = {
    .name = "netflix",
    .summary = "combined_data_N.txt together, or training_set; movie_titles",
    .ratings = "combined_data_*.txt mv_*.txt",
    .all = true,
    .is_like = is_like,
    .add = add,
    .beside = beside,
};
