#include "io/dataset/ratings.h"

#include "io/base/philox.h"

#include <stdlib.h>

const char *const hr_split_names[HR_SPLITS] = {"train", "valid", "test", "known"};

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
        if (r->movie[i] < 0 || r->movie[i] >= r->movies || r->split[i] >= HR_SPLITS ||
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

void hr_ratings_count_splits(const hr_ratings *ratings, int64_t counts[HR_SPLITS])
{
    for (int i = 0; i < HR_SPLITS; i++)
        counts[i] = 0;
    for (int64_t i = 0; i < ratings->count; i++)
        counts[ratings->split[i]]++;
}

bool hr_split_is_known(uint8_t split, hr_split held_out)
{
    return split == HR_TRAIN || split == HR_KNOWN || split < (uint8_t)held_out;
}

bool hr_split_holdout(int64_t user, int32_t movie, double share)
{
    return hr_uniform(hr_philox(0, HR_STREAM_HOLDOUT, (uint32_t)movie, (uint64_t)user).word[0]) < share;
}
