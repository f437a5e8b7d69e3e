/* Names for what the synthetic data makes up: film titles and tags. */
#ifndef HR_IO_TITLES_H
#define HR_IO_TITLES_H

#include "io/error.h"
#include "io/strings.h"

#include <stdint.h>

/* Appends to *titles a title with its year for each of `count` movies, "The Silent Harbour (1994)", no two
 * alike; genres[m] is a bit set over hr_titles_genre_names and steers the words. year[m] is written. */
hr_status hr_titles_make(hr_strings *titles, int32_t *year, const uint64_t *genres, int64_t count,
                         uint64_t seed, hr_error *err);

/* The MovieLens genre names (18), and a vocabulary of tags that people put on films, each listed with the
 * genre it leans to. */
enum { HR_SYNTH_GENRES = 18 };
extern const char *const hr_titles_genre_names[HR_SYNTH_GENRES];

typedef struct hr_synth_tag {
    const char *text;
    int genre;
} hr_synth_tag;
extern const hr_synth_tag hr_titles_tags[];
extern const int hr_titles_tag_count;

#endif
