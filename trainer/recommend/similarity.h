/* Similarity of two movies by what the dataset says of them, whoever rated them. */
#ifndef HR_TRAINER_RECOMMEND_SIMILARITY_H
#define HR_TRAINER_RECOMMEND_SIMILARITY_H

#include "io/dataset/genres.h"

#include <stdint.h>

enum { HR_MAX_SIMILARITIES = 2 };

/* One way to compare: 0 for movies that share nothing, 1 for movies that it cannot tell apart. Several
 * threads may call it at once. */
typedef struct hr_similarity {
    const char *by; /* "genres" */
    double (*between)(const void *known, int32_t movie, int32_t other);
    const void *known;
} hr_similarity;

/* All ways that the data allows. */
typedef struct hr_similarities {
    int count;
    hr_similarity by[HR_MAX_SIMILARITIES];
} hr_similarities;

/* The mean over the ways, of which there is at least one. */
double hr_similarity_between(const hr_similarities *similarities, int32_t movie, int32_t other);

/* Jaccard's similarity of genre sets: genres that both have over genres that either has; 0 where neither has
 * any.
 *   genres  must outlive it */
hr_similarity hr_genre_similarity(const hr_genres *genres);

#endif
