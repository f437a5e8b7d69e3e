/* What two movies have in common: genres, and tags of the text features. */
#ifndef HR_TRAINER_EXPLAIN_SHARED_TRAITS_H
#define HR_TRAINER_EXPLAIN_SHARED_TRAITS_H

#include "io/base/error.h"
#include "io/base/strings.h"
#include "io/dataset/genres.h"
#include "io/dataset/text_matrix.h"

#include <stdint.h>

/* Most tags that are listed. */
enum { HR_SHARED_TAGS = 5 };

/* Appends to *shared the names of genres that both movies have, joined by ", ", as one string. HR_MEMORY. */
hr_status hr_shared_genres(const hr_genres *genres, int64_t movie, int64_t other, hr_strings *shared,
                           hr_error *err);

/* The same of tags: the HR_SHARED_TAGS whose weights have the largest products. A text that is not built has none. */
hr_status hr_shared_tags(const hr_text *text, int64_t movie, int64_t other, hr_strings *shared,
                         hr_error *err);

#endif
