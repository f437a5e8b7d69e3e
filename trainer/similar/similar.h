/* Movies that are like one. */
#ifndef HR_TRAINER_SIMILAR_SIMILAR_H
#define HR_TRAINER_SIMILAR_SIMILAR_H

#include "io/base/error.h"
#include "trainer/catalogue/catalogue.h"
#include "trainer/similar/similarity_scores.h"

#include <jansson.h>
#include <stdint.h>

/* What is asked for. */
typedef struct hr_similar_request {
    int64_t movie;
    hr_similar_by by;
    int64_t top;
} hr_similar_request;

/* Best first. Zero-initialise; free with hr_similar_movies_free. */
typedef struct hr_similar_movies {
    int64_t count;
    int32_t *movie; /* [count] */
    float *score;   /* [count] above 0 */
} hr_similar_movies;

/* The `top` movies with the highest similarity above 0, of equals that with the smaller number; fewer where fewer are.
 * Local. The errors of hr_similarity_scores. */
hr_status hr_similar_movies_find(hr_similar_movies *similar, const hr_movie_comparer *comparer,
                                 const hr_similar_request *request, hr_error *err);
void hr_similar_movies_free(hr_similar_movies *similar);

/* An object with the keys movie, title, by, and similar: a list of movie, title, score. To be checked as io/base/json.h
 * says. Local. */
json_t *hr_similar_movies_json(const hr_similar_movies *similar, const hr_similar_request *request,
                               const hr_catalogue *catalogue);

#endif
