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
    const hr_genres *genres = known;
    const int64_t both = hr_genres_shared(genres, movie, other);
    const int64_t either = hr_genres_of(genres, movie) + hr_genres_of(genres, other) - both;
    return either > 0 ? (double)both / (double)either : 0.0;
}

hr_similarity hr_genre_similarity(const hr_genres *genres)
{
    return (hr_similarity){"genres", shared_genres, genres};
}
