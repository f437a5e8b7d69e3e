#include "trainer/recommend/similarity.h"

double hr_similarity_between(const hr_similarities *similarities, int32_t movie, int32_t other)
{
    double sum = 0.0;
    for (int i = 0; i < similarities->count; i++)
        sum += similarities->by[i].between(similarities->by[i].known, movie, other);
    return sum / (double)similarities->count;
}

static double shared_genres(const void *known, int32_t movie, int32_t other)
{
    const uint64_t *genres = known;
    const int either = __builtin_popcountll(genres[movie] | genres[other]);
    const int both = __builtin_popcountll(genres[movie] & genres[other]);
    return either > 0 ? (double)both / (double)either : 0.0;
}

hr_similarity hr_genre_similarity(const uint64_t *genres)
{
    return (hr_similarity){"genres", shared_genres, genres};
}
