/* A source: rating files of one format, with what lies beside them. */
#ifndef HR_IO_READERS_SOURCE_H
#define HR_IO_READERS_SOURCE_H

#include "io/base/error.h"
#include "io/base/strings.h"
#include "io/readers/bad_lines.h"
#include "io/readers/rating_rows.h"
#include "io/text/text_piece.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct hr_source hr_source;

/* What a user says of a source; zeros and NULL leave it to what is found by looking. */
typedef struct hr_source_options {
    const char *format;    /* a name of hr_source_formats */
    const char *columns;   /* "user=…,item=…,rating=…,time=…", each by name or by number from 1 */
    const char *separator; /* as hr_separator_parse reads it */
    const char *scale;     /* "LOW:HIGH": a rating outside is a bad line */
    bool no_header;        /* the first row is a rating */
    bool implicit;         /* every row is a rating of 1, whatever else it says */
    int64_t max_bad;       /* bad lines that are skipped; one more is an error */
} hr_source_options;

/* What is known of a source when it is open. */
typedef struct hr_source_facts {
    const char *format; /* "MovieLens", "table", … */
    bool has_values, has_times, given_split;
    bool has_scale; /* low and high are stated; else they are those of the ratings */
    float low, high;
    int files;     /* rating files */
    int64_t bytes; /* of all rating files */
    hr_strings
        said; /* what was found, for the output, a sentence each: "ratings.csv: UTF-8, comma, header; user =
                      * userId, …" */
} hr_source_facts;

/* Finds the format of `path`, a file, a folder or a zip, and opens its rating files. Every process may open it. HR_USAGE
 * for options that do not fit; HR_INPUT where no format fits, or several, with what was found and what to type; HR_IO.
 * On success *source is the caller's to close. */
hr_status hr_source_open(hr_source **source, const char *path, const hr_source_options *options,
                         hr_error *err);
void hr_source_close(hr_source *source); /* NULL is allowed */

const hr_source_facts *hr_source_facts_of(const hr_source *source);

/* Hands over the ratings whose rows begin in share `piece` of `pieces` even shares of the bytes; any number of callers
 * at once, on threads and ranks. A file that cannot be cut is all in the share that has its first byte. The same share
 * gives the same rows each time, in the order of the files.
 *   bad  counts the bad lines of this share and keeps the first; zeros before. A line is bad where a field is missing or
 *        is not what it should be. With options.max_bad 0 the first is an error.
 * HR_INPUT names file, line, column, what was found and what was expected: of bad line number max_bad + 1 of this share,
 * or of a file that is damaged; HR_IO; what `take` returns. Of several shares that fail, the lowest has the first bad
 * line. */
hr_status hr_source_read(const hr_source *source, int64_t piece, int64_t pieces, hr_take_rows *take,
                         void *context, hr_bad_lines *bad, hr_error *err);

/* Checks the bad lines of all shares, merged by hr_bad_lines_merge, against options.max_bad: HR_INPUT where there are
 * more, with the first. */
hr_status hr_source_check_bad(const hr_source *source, const hr_bad_lines *bad, hr_error *err);

/* Writes "FILE:LINE: WHAT" of bad line `index` into `text`. */
void hr_source_say_bad(const hr_source *source, const hr_bad_lines *bad, int index, char *text, size_t size);

/* Path of a file and number of the line at `offset` in it, for messages; counts lines, so not for many. */
const char *hr_source_path(const hr_source *source, int32_t file);
int64_t hr_source_line(const hr_source *source, int32_t file, int64_t offset);

/* What a list of items says of one; an item may come several times, of several lists. What a list does not say has NULL
 * pieces, and counts and numbers of 0. Valid during the call. */
typedef struct hr_item_row {
    hr_text_piece id, title;
    const hr_text_piece *genre; /* [genres] */
    int genres;
    int64_t imdb, tmdb;
} hr_item_row;

typedef struct hr_tag_row {
    hr_text_piece user, item, text;
    int64_t time; /* HR_NO_TIME where unknown */
} hr_tag_row;

typedef hr_status hr_take_item(void *context, const hr_item_row *item, hr_error *err);
typedef hr_status hr_take_tag(void *context, const hr_tag_row *tag, hr_error *err);

/* Titles, genres and links of items, and tags, in one process. A bad line is never an error: it is counted in `bad` and
 * skipped; hr_bad_lines.message has the first ones. HR_IO where a file that is there cannot be read; HR_MEMORY; what
 * `take` returns. */
hr_status hr_source_items(const hr_source *source, hr_take_item *take, void *context, hr_side_report *bad,
                          hr_error *err);
hr_status hr_source_tags(const hr_source *source, hr_take_tag *take, void *context, hr_side_report *bad,
                         hr_error *err);

#endif
