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

bool hr_ratings_user_is_valid(const hr_ratings *r, int64_t user)
{
    const int64_t first = r->ptr[user], end = r->ptr[user + 1];
    if (first < 0 || end < first || end > r->count)
        return false;
    for (int64_t i = first; i < end; i++)
        if (r->movie[i] < 0 || r->movie[i] >= r->movies || r->split[i] > HR_TEST ||
            (i > first && r->movie[i] <= r->movie[i - 1]))
            return false;
    return true;
}

bool hr_ratings_is_valid(const hr_ratings *r)
{
    if (r->first_user < 0 || r->users < 0 || r->ptr[0] != 0 || r->ptr[r->users] != r->count)
        return false;
    for (int64_t u = 0; u < r->users; u++)
        if (!hr_ratings_user_is_valid(r, u))
            return false;
    return true;
}

void hr_ratings_count_splits(const hr_ratings *ratings, int64_t counts[3])
{
    counts[HR_TRAIN] = counts[HR_VALID] = counts[HR_TEST] = 0;
    for (int64_t i = 0; i < ratings->count; i++)
        counts[ratings->split[i]]++;
}
