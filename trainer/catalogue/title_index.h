/* The titles of a catalogue, folded once, to be searched while somebody types. */
#ifndef HR_TRAINER_CATALOGUE_TITLE_INDEX_H
#define HR_TRAINER_CATALOGUE_TITLE_INDEX_H

#include "io/base/error.h"
#include "trainer/catalogue/catalogue.h"

#include <stdint.h>

/* Threads share it. Zero-initialise; free with hr_title_index_free. */
typedef struct hr_title_index {
    const hr_catalogue *catalogue;
    int64_t names;   /* of all movies: titles, and other names in them (folded_title.h) */
    hr_strings text; /* [names] folded */
    int32_t *movie;  /* [names] ascending */
    uint8_t *bare;   /* [names] where the name begins without a leading article */
    int64_t movie_capacity, bare_capacity;
} hr_title_index;

/* The catalogue must outlive it. Local. HR_MEMORY. */
hr_status hr_title_index_create(hr_title_index *index, const hr_catalogue *catalogue, hr_error *err);
void hr_title_index_free(hr_title_index *index);

/* What is searched. */
typedef struct hr_title_query {
    const char *text; /* as it is typed; "" finds all movies */
    const int64_t
        *ratings; /* [movies] the most rated one comes first among equals, then the smaller number */
    const uint8_t *allowed; /* [movies] which may be found; NULL: all */
} hr_title_query;

/* Finds movies: those with the id; then those whose name is the text, begins with it, has a word that begins with it, has it
 * anywhere; only where there is none of all these, names that share trigrams with it, the most similar first. A year in
 * parentheses behind the text is the movie's. Case, accents, punctuation and leading articles do not count.
 * (*movie) [*count], the caller's to free also after a failure. Local. HR_MEMORY. */
hr_status hr_title_index_search(const hr_title_index *index, const hr_title_query *query, int32_t **movie,
                                int64_t *count, hr_error *err);

#endif
