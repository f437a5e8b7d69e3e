/* What texts say of movies: a sparse matrix of weights, a row a movie and a column a term, in compressed rows
 * (CSR), in memory and in a dataset file. hr_text_build makes one (io/features/text_features.h). */
#ifndef HR_IO_DATASET_TEXT_MATRIX_H
#define HR_IO_DATASET_TEXT_MATRIX_H

#include "io/base/error.h"
#include "io/base/strings.h"
#include "io/hdf5/h5.h"

#include <stdint.h>

/* Where a term comes from; the values are part of the file format. The same word as a title word, a genre and
 * a tag is three terms. */
typedef enum hr_term_kind { HR_TERM_TITLE = 0, HR_TERM_GENRE = 1, HR_TERM_TAG = 2 } hr_term_kind;
enum { HR_TERM_KINDS = 3 };

/* What it is made by. */
typedef struct hr_text_options {
    int64_t tag_min_count; /* tags applied fewer times than this in all are no terms */
    int64_t max_tags;      /* of the others, this many of the most applied are terms */
    int64_t tags_a_movie;  /* of a movie's tags that are terms, this many of the most applied to it count */
} hr_text_options;

/* Initialises them. */
#define HR_TEXT_DEFAULTS                                                                                     \
    {                                                                                                        \
        .tag_min_count = 5, .max_tags = 3000, .tags_a_movie = 8                                              \
    }

/* Zero-initialise before use; free with hr_text_free. One that is not built has a ptr of NULL. */
typedef struct hr_text {
    int64_t movies, terms;
    int64_t *ptr;    /* [movies + 1] the terms of movie m are ptr[m] … ptr[m + 1] - 1 */
    int32_t *term;   /* [ptr[movies]] ascending within a movie */
    float *weight;   /* [ptr[movies]] above 0; each row that is not empty has length 1 */
    uint8_t *kind;   /* [terms] an hr_term_kind, ascending */
    hr_strings name; /* [terms] */
    hr_text_options options;
} hr_text;

void hr_text_free(hr_text *text);

/* Fills counts[kind] with the number of terms of each kind. */
void hr_text_count_kinds(const hr_text *text, int64_t counts[HR_TERM_KINDS]);

/* Checks every promise of hr_text, its arrays being as long as they should. HR_INPUT with the first broken
 * one; the message begins with `where`, a path or what else holds it. */
hr_status hr_text_check(const hr_text *text, const char *where, hr_error *err);

/* The bytes that hr_text_write takes, about. */
int64_t hr_text_bytes(const hr_text *text);

/* Writes the arrays text/… of a dataset file (io/dataset/dataset.h), and the options as attributes. */
hr_status hr_text_write(hr_h5 *file, const hr_text *text, hr_error *err);

/* Reads and checks them. HR_INPUT where the file has none, or what is there does not fit `movies` movies. */
hr_status hr_text_read(hr_h5 *file, int64_t movies, hr_text *text, hr_error *err);

/* Reads the options; the defaults where an older file does not say. */
hr_status hr_text_options_read(hr_h5 *file, hr_text_options *options, hr_error *err);

#endif
