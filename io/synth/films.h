/* What is known of synthetic users and films beside their ratings: ids, titles, genres, tags. */
#ifndef HR_IO_SYNTH_FILMS_H
#define HR_IO_SYNTH_FILMS_H

#include "io/base/error.h"
#include "io/dataset/dataset.h"
#include "io/synth/synth.h"

#include <stdint.h>

/* Writes the ids of users, 1, 2, …, and of movies, which have gaps as GroupLens's have. HR_MEMORY. */
hr_status hr_films_make_ids(const hr_synth_preset *preset, uint64_t seed, hr_dataset *dataset, hr_error *err);

/* Writes titles, years, genres (of a film, bits of hr_titles_genre_names) and links, which are unknown. HR_MEMORY. */
hr_status hr_films_make(const hr_synth_preset *preset, const uint64_t *genres, uint64_t seed,
                        hr_dataset *dataset, hr_error *err);

/* Makes room for `tags` tags and writes the names of all there are. HR_MEMORY. */
hr_status hr_films_reserve_tags(int64_t tags, hr_dataset *dataset, hr_error *err);

/* The name of tag number `tag`, given to a film of these genres: one that suits a genre, if a few draws find one. */
int32_t hr_films_draw_tag(uint64_t seed, int64_t tag, uint64_t genres);

#endif
