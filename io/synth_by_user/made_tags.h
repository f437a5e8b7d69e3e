/* Tags of synthetic users, made with their ratings. */
#ifndef HR_IO_SYNTH_BY_USER_MADE_TAGS_H
#define HR_IO_SYNTH_BY_USER_MADE_TAGS_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/dataset/dataset.h"
#include "io/synth/synth.h"

#include <stdint.h>

/* A tag, and in which part of the split its user's rating of the movie is. */
typedef struct hr_made_tag {
    int64_t time;
    int32_t user, movie, text, part;
} hr_made_tag;

/* Users have even numbers of tags, of films that they rated: user u those from here up to hr_tags_from(…, u + 1). */
int64_t hr_tags_from(const hr_synth_preset *preset, int64_t user);

/* Makes the tags of the users of a slice, whose ratings are split, into tag[hr_tags_from(…)].
 *   genres  [movies] bits of hr_titles_genre_names
 *   tag     [preset->tags] */
void hr_tags_make(const hr_synth_preset *preset, const uint64_t *genres, uint64_t seed,
                  const hr_ratings *slice, hr_made_tag *tag);

/* Writes all tags into the dataset, and with them its text features: tags of ratings that are held out do not count
 * there. Local. HR_MEMORY. */
hr_status hr_tags_take(const hr_synth_preset *preset, const hr_made_tag *tag, hr_dataset *dataset,
                       hr_error *err);

#endif
