/* Which movies have one of some genres. */
#ifndef HR_TRAINER_CATALOGUE_GENRE_FILTER_H
#define HR_TRAINER_CATALOGUE_GENRE_FILTER_H

#include "io/base/error.h"
#include "io/dataset/genres.h"

#include <stdbool.h>
#include <stdint.h>

/* Sets allowed[m] to 0 for each movie whose having one of the genres in `list`, separated by commas, is not `wanted`. Case and
 * accents do not count. HR_USAGE, naming `option` and all genres, for an unknown one; HR_MEMORY.
 *   allowed  [genres->movies] */
hr_status hr_filter_by_genre(const hr_genres *genres, const char *option, const char *list, bool wanted,
                             uint8_t *allowed, hr_error *err);

#endif
