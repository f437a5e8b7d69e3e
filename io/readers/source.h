/* A source: rating files of one format, with what lies beside them. io/formats/open.h opens one. */
#ifndef HR_IO_READERS_SOURCE_H
#define HR_IO_READERS_SOURCE_H

#include "io/base/error.h"
#include "io/base/strings.h"
#include "io/dataset/ids.h"
#include "io/hdf5/h5.h"
#include "io/readers/bad_lines.h"
#include "io/readers/rating_rows.h"
#include "io/side/side_report.h"
#include "io/side/side_rows.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct hr_source hr_source;

/* What a user says of a source; zeros and NULL leave it to what is found by looking. */
typedef struct hr_source_options {
    const char *format;     /* a name of hr_formats, io/formats/formats.h */
    const char *given;      /* which of the splits that it comes with: "u1", "ra", … */
    const char *columns;    /* "user=…,item=…,rating=…,time=…", each by name or by number from 1 */
    const char *separator;  /* as hr_separator_parse reads it */
    const char *scale;      /* "LOW:HIGH": a rating outside is a bad line */
    hr_time_unit time_unit; /* of times that are numbers */
    bool no_header;         /* the first row is a rating */
    bool implicit;          /* every row is a rating of 1, whatever else it says */
    int64_t max_bad;        /* bad lines that are skipped; one more is an error */
} hr_source_options;

/* What is known of a source when it is open. */
typedef struct hr_source_facts {
    const char *format; /* its name: "movielens", "table", … */
    bool has_values, has_times, given_split;
    bool has_scale; /* low and high are known, by --scale or by the format */
    float low, high;
    int files;        /* rating files */
    int64_t bytes;    /* of all rating files */
    int64_t expected; /* ratings that the files say they have; -1 where they do not */
    hr_strings
        said; /* what was found, for the output, a sentence each: "ratings.csv: UTF-8, comma, header; user =
                      * userId, …" */
} hr_source_facts;

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

/* Path of a file and number of the line at `offset` in it, for messages; counts lines, so not for many. 0 where the file
 * has no lines. */
const char *hr_source_path(const hr_source *source, int32_t file);
int64_t hr_source_line(const hr_source *source, int32_t file, int64_t offset);

/* Titles, genres, years and links of items, and tags, in one process. Nothing in side files is an error: a bad line is
 * counted in `report` and skipped, and a file that cannot be read is noted there. HR_MEMORY; what `take` returns. */
hr_status hr_source_items(const hr_source *source, hr_take_item *take, void *context, hr_side_report *report,
                          hr_error *err);
hr_status hr_source_tags(const hr_source *source, hr_take_tag *take, void *context, hr_side_report *report,
                         hr_error *err);

/* Writes features of items that lie beside the ratings, the tag genome, into an open dataset file, as
 * io/features/item_features.h reads them; nothing where there are none. In one process; errors as above, and HR_IO.
 *   item_id  the ids in the dataset */
hr_status hr_source_features(const hr_source *source, const hr_ids *item_id, hr_h5 *file,
                             hr_side_report *report, hr_error *err);

#endif
