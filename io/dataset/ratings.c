#include "io/dataset/ratings.h"

#include <stdlib.h>

void hr_ratings_free(hr_ratings *ratings)
{
    free(ratings->ptr);
    free(ratings->movie);
    free(ratings->value);
    free(ratings->time);
    free(ratings->split);
    *ratings = (hr_ratings){0};
}

void hr_ratings_count_splits(const hr_ratings *ratings, int64_t counts[3])
{
    counts[HR_TRAIN] = counts[HR_VALID] = counts[HR_TEST] = 0;
    for (int64_t i = 0; i < ratings->count; i++)
        counts[ratings->split[i]]++;
}
