/* Movies that are like one, and the tags that these have and it has not. */
#ifndef HR_TRAINER_SIMILAR_SIMILAR_H
#define HR_TRAINER_SIMILAR_SIMILAR_H

#include "io/base/error.h"
#include "io/base/strings.h"
#include "trainer/similar/similarity_scores.h"

#include <stdint.h>

/* Best first. Zero-initialise; free with hr_similar_movies_free. */
typedef struct hr_similar_movies {
    int64_t count;
    int32_t *movie; /* [count] */
    float *score;   /* [count] above 0 */
} hr_similar_movies;

/* The `top` movies with the highest similarity above 0, of equals that with the smaller number; fewer where fewer are.
 * One process. The errors of hr_similarity_scores. */
hr_status hr_similar_movies_find(hr_similar_movies *similar, const hr_loaded *loaded, const char *path,
                                 hr_similar_by by, int64_t movie, int64_t top, hr_error *err);
void hr_similar_movies_free(hr_similar_movies *similar);

/* Tags, best first. Zero-initialise; free with hr_suggested_tags_free. */
typedef struct hr_suggested_tags {
    int64_t count;
    hr_strings tag; /* [count] */
    float *score;   /* [count] from 0 to 1 */
} hr_suggested_tags;

/* Neighbours whose tags are suggested. */
enum { HR_TAG_NEIGHBOURS = 20 };

/* Suggests the tags that the HR_TAG_NEIGHBOURS movies most like a movie have and the movie has not, among those that are
 * text features (io/features/text_features.h). A tag's score is the mean of its weights in the neighbours' rows, each
 * weighted by the square of the neighbour's similarity:
 *     sum of s_n^2 w_n / sum of s_n^2,
 * with w_n the TF-IDF weight of the tag among the neighbour's tags (recommend/tag_similarity.h), 0 where it has it not.
 * The square lets a near movie count more than many far ones. One process. The errors of hr_similarity_scores; HR_INPUT
 * where the dataset has no tags. */
hr_status hr_suggest_tags(hr_suggested_tags *tags, const hr_loaded *loaded, const char *path,
                          hr_similar_by by, int64_t movie, int64_t top, hr_error *err);
void hr_suggested_tags_free(hr_suggested_tags *tags);

#endif
