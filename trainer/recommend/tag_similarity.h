/* Similarity of two movies by what people wrote about them: the cosine of their tags' TF-IDF weights. */
#ifndef HR_TRAINER_RECOMMEND_TAG_SIMILARITY_H
#define HR_TRAINER_RECOMMEND_TAG_SIMILARITY_H

#include "io/base/error.h"
#include "io/dataset/text_matrix.h"
#include "trainer/recommend/similarity.h"

#include <stdint.h>

/* Tags alone, each movie's scaled to length 1. Zero-initialise; free with hr_tag_rows_free. */
typedef struct hr_tag_rows {
    int64_t *ptr;  /* [movies + 1] the tags of movie m are ptr[m] … ptr[m + 1] - 1 */
    int32_t *term; /* ascending within a movie */
    float *weight;
} hr_tag_rows;

/* Copies the tags from text features. Local. HR_MEMORY. */
hr_status hr_tag_rows_create(hr_tag_rows *rows, const hr_text *text, hr_error *err);
void hr_tag_rows_free(hr_tag_rows *rows);

/* The cosine; 0 where either has no tag. The rows must outlive it. */
hr_similarity hr_tag_similarity(const hr_tag_rows *rows);

#endif
