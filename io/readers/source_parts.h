/* What a source is made of: for formats. */
#ifndef HR_IO_READERS_SOURCE_PARTS_H
#define HR_IO_READERS_SOURCE_PARTS_H

#include "io/readers/row_sink.h"
#include "io/readers/source.h"
#include "io/text/text_file.h"

/* Reads the rows that begin in bytes `begin` … `end` - 1 of `text` into the sink; io/text/text_file.h has what a range
 * means. `how` is what hr_source_add_file was given. */
typedef hr_status hr_read_ratings(const void *how, const hr_text_file *text, int64_t begin, int64_t end,
                                  hr_row_sink *sink, hr_error *err);

/* One rating file. */
typedef struct hr_rating_file {
    hr_text_file *text; /* owned */
    uint8_t split;
    hr_read_ratings *read;
    void *how; /* owned, by free() */
} hr_rating_file;

/* A format: how it is recognised, opened, and what lies beside the ratings. */
typedef struct hr_format {
    const char *name, *summary;
    /* Whether `path`, a file or a folder, is of it. */
    bool (*recognise)(const char *path);
    /* Adds rating files by hr_source_add_file or hr_table_add, sets facts, and says what was found. */
    hr_status (*open)(hr_source *source, const char *path, hr_error *err);
    /* As hr_source_items and hr_source_tags; NULL where there are none. */
    hr_status (*items)(const hr_source *source, hr_take_item *take, void *context, hr_side_report *bad,
                       hr_error *err);
    hr_status (*tags)(const hr_source *source, hr_take_tag *take, void *context, hr_side_report *bad,
                      hr_error *err);
    void (*close_side)(void *side); /* frees hr_source.side */
} hr_format;

struct hr_source {
    const hr_format *format;
    hr_source_options options; /* its texts are the caller's, and valid during hr_source_open */
    hr_source_facts facts;
    hr_rating_file *file; /* [files] */
    int64_t files, file_capacity;
    char *path; /* as it was given; owned */
    void *side; /* of the format: where side files are; freed by its close_side */
};

/* Adds a rating file. Takes `text` and `how`, also after a failure. HR_MEMORY. */
hr_status hr_source_add_file(hr_source *source, hr_text_file *text, uint8_t split, hr_read_ratings *read,
                             void *how, hr_error *err);

/* Adds a sentence to what is said of the source. HR_MEMORY. */
hr_status hr_source_say(hr_source *source, hr_error *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
