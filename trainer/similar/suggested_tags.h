/* Tags that the movies most like one have, and it has not. */
#ifndef HR_TRAINER_SIMILAR_SUGGESTED_TAGS_H
#define HR_TRAINER_SIMILAR_SUGGESTED_TAGS_H

#include "io/base/error.h"
#include "io/base/strings.h"
#include "trainer/recommend/tag_similarity.h"
#include "trainer/similar/similar.h"

#include <jansson.h>
#include <stdint.h>

/* What tags are suggested from, read once: threads share it. Zero-initialise; free with hr_tag_suggester_free. */
typedef struct hr_tag_suggester {
    const hr_movie_comparer *comparer;
    hr_strings name; /* of terms */
    hr_tag_rows rows;
} hr_tag_suggester;

/* The comparer must outlive it. HR_INPUT where the dataset has no tags; HR_MEMORY. Local. */
hr_status hr_tag_suggester_create(hr_tag_suggester *suggester, const hr_movie_comparer *comparer,
                                  hr_error *err);
void hr_tag_suggester_free(hr_tag_suggester *suggester);

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
 * The square lets a near movie count more than many far ones. Local. The errors of hr_similarity_scores. */
hr_status hr_suggest_tags(hr_suggested_tags *tags, const hr_tag_suggester *suggester,
                          const hr_similar_request *request, hr_error *err);
void hr_suggested_tags_free(hr_suggested_tags *tags);

/* An object with the keys movie, title, and tags: a list of tag, score. To be checked as io/base/json.h says. Local. */
json_t *hr_suggested_tags_json(const hr_suggested_tags *tags, int64_t movie, const hr_catalogue *catalogue);

#endif
