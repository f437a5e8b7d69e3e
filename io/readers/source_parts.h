/* What a source is made of: for formats. */
#ifndef HR_IO_READERS_SOURCE_PARTS_H
#define HR_IO_READERS_SOURCE_PARTS_H

#include "io/readers/row_sink.h"
#include "io/readers/source.h"
#include "io/text/text_file.h"

/* Reads the rows that begin in bytes `begin` … `end` - 1 of `text` into the sink; io/text/text_file.h has what a range
 * means. `how` is what hr_source_add_file was given. A file that is no text has `text` NULL and is read where `begin` is 0
 * only. */
typedef hr_status hr_read_ratings(const void *how, const hr_text_file *text, int64_t begin, int64_t end,
                                  hr_row_sink *sink, hr_error *err);

/* One rating file. */
typedef struct hr_rating_file {
    hr_text_file *text; /* owned; NULL where it is opened to be read, or is no text */
    char *path;         /* owned; NULL where `text` knows it */
    int64_t size;       /* bytes */
    bool is_text;
    uint8_t split;
    hr_read_ratings *read;
    void *how; /* owned, by free() */
} hr_rating_file;

/* Reads items or tags of a file beside the ratings.
 *   path    the file
 *   beside  another file that it needs, or NULL
 *   form    what hr_source_add_side was given */
typedef hr_status hr_read_items(const char *path, const char *beside, const void *form, hr_take_item *take,
                                void *context, hr_side_report *report, hr_error *err);
typedef hr_status hr_read_tags(const char *path, const char *beside, const void *form, hr_take_tag *take,
                               void *context, hr_side_report *report, hr_error *err);

/* Writes features of items of a file beside the ratings into a dataset file. */
typedef hr_status hr_write_features(const char *path, const hr_ids *item_id, hr_h5 *file,
                                    hr_side_report *report, hr_error *err);

/* A file beside the ratings, which has items, tags or features: one of the readers is set. */
typedef struct hr_side {
    char *path, *beside; /* owned by the source; beside may be NULL */
    const void *form;
    hr_read_items *items;
    hr_read_tags *tags;
    hr_write_features *features;
} hr_side;

struct hr_source {
    hr_source_options options; /* its texts are the caller's, and valid during hr_source_open */
    hr_source_facts facts;
    hr_rating_file *file; /* [files] */
    int64_t files, file_capacity;
    hr_side *side; /* [sides] */
    int64_t sides, side_capacity;
};

/* A source without files, the caller's to close. HR_USAGE for a scale that is none; HR_MEMORY. */
hr_status hr_source_create(hr_source **source, const hr_source_options *options, hr_error *err);

/* Adds a rating file. Takes `text` and `how`, also after a failure. HR_MEMORY. */
hr_status hr_source_add_file(hr_source *source, hr_text_file *text, uint8_t split, hr_read_ratings *read,
                             void *how, hr_error *err);

/* The same for one of very many files, or one that is no text: it is opened to be read only. HR_IO, HR_MEMORY. */
hr_status hr_source_add_path(hr_source *source, const char *path, bool is_text, uint8_t split,
                             hr_read_ratings *read, void *how, hr_error *err);

/* Adds a file beside the ratings, of which the paths are copied and the rest is taken as it is; what `form` points to must
 * stay. HR_MEMORY. */
hr_status hr_source_add_side(hr_source *source, const hr_side *side, hr_error *err);

/* Adds the number of ratings that a file, which is added next, says it has; -1 where it does not. */
void hr_source_expect(hr_source *source, int64_t ratings);

/* Keeps the scale of a format, unless the user says another. */
void hr_source_know_scale(hr_source *source, double low, double high);

/* Adds a sentence to what is said of the source. HR_MEMORY. */
hr_status hr_source_say(hr_source *source, hr_error *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
