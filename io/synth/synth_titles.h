/* Names for what the synthetic data makes up: film titles, genres and tags. */
#ifndef HR_IO_SYNTH_SYNTH_TITLES_H
#define HR_IO_SYNTH_SYNTH_TITLES_H

#include "io/base/error.h"
#include "io/base/strings.h"

#include <stdint.h>

/* The MovieLens genres, from common to rare. */
enum { HR_SYNTH_GENRES = 18 };
extern const char *const hr_titles_genre_names[HR_SYNTH_GENRES];

/* A word that people tag films with, and the genre it leans to. */
typedef struct hr_synth_tag {
    const char *text;
    int genre; /* number in hr_titles_genre_names */
} hr_synth_tag;
extern const hr_synth_tag hr_titles_tags[];
extern const int hr_titles_tag_count;

/* Appends to *titles a title with its year for each of `count` movies, "The Silent Harbour (1994)", no two
 * alike, and writes year [count]. HR_MEMORY. */
hr_status hr_titles_make(hr_strings *titles, int32_t *year, int64_t count, uint64_t seed, hr_error *err);

#endif
