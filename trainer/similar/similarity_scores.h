/* How similar all movies are to one, by what a model learned and by what is known of movies.
 *
 * By embedding: the cosine of output rows, the rows that score a user's (trainer/scoring/scorer.h): the propagated rows of
 * lightgcn, the outputs of the last layer of sage, gat and gatv2, the rows of parameters of mf, als, ials, ncf and hybrid. Columns of
 * biases (layers/bias_columns.h) say how popular a movie is, and are left out; rows that an MLP scores are taken whole,
 * both halves. A movie without train ratings has learned nothing: it is similar to none.
 *
 * Of a model of item-item weights (one whose models/rating_scores.h has `similar`) it is what a rating of the movie gives to each other
 * instead; for the mean of both, as a share of the largest.
 *
 * By content: the cosine of what scoring/content_similarity.h compares: words of titles, genres and tags, in shares
 * with imported features where the run had them.
 *
 * By both: the mean of the two cosines. Scaled to run from 0 to 1, a movie that content says little of would be like those that
 * share one word of its title with it. */
#ifndef HR_TRAINER_SIMILAR_SIMILARITY_SCORES_H
#define HR_TRAINER_SIMILAR_SIMILARITY_SCORES_H

#include "io/base/error.h"
#include "trainer/scoring/content_similarity.h"
#include "trainer/scoring/load_scorer.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum hr_similar_by { HR_BY_EMBEDDING, HR_BY_CONTENT, HR_BY_BOTH } hr_similar_by;

/* As options name them; NULL at the end. */
extern const char *const hr_similar_ways[];

/* What movies are compared by, read once: threads share it. Zero-initialise; free with hr_movie_comparer_free. */
typedef struct hr_movie_comparer {
    const hr_loaded *loaded;
    const hr_content *content; /* `own`, or that of the model's mixture; NULL: none */
    hr_content own;
    hr_error why; /* there is no content */
} hr_movie_comparer;

/* Of a loaded model, which must outlive it.
 *   with_content  whether it can compare by content; that a dataset says nothing of movies is told by hr_similarity_scores
 * HR_IO, HR_MEMORY. Local. */
hr_status hr_movie_comparer_create(hr_movie_comparer *comparer, const hr_loaded *loaded, bool with_content,
                                   hr_error *err);
void hr_movie_comparer_free(hr_movie_comparer *comparer);

/* By both, or the one that there is. */
hr_similar_by hr_movie_comparer_best(const hr_movie_comparer *comparer);

/* score [movies]: of all movies with one; NaN for that one. HR_USAGE where the model has no embedding of movies, HR_INPUT
 * where the dataset says nothing of movies, HR_MEMORY. Local. */
hr_status hr_similarity_scores(const hr_movie_comparer *comparer, hr_similar_by by, int64_t movie,
                               float *score, hr_error *err);

#endif
