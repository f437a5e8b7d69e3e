#include "trainer/evaluation/unrated.h"

#include "io/base/philox.h"
#include "io/base/search.h"

/* Among ratings i of the user, in order of movies, movie[i] - i unrated ones come before. */
static bool lies_before(const void *rated, int64_t i, int64_t number)
{
    return ((const int32_t *)rated)[i] - i <= number;
}

/* The unrated movie with `number` unrated ones before it. */
static int32_t unrated_movie(const int32_t *rated, int64_t count, int64_t number)
{
    return (int32_t)(number + hr_bisect(rated, count, number, lies_before));
}

/* Floyd's algorithm (Bentley & Floyd, "A sample of brilliance", CACM 1987): one random number for each movie
 * drawn, whatever was drawn before. */
int64_t hr_unrated_draw(const hr_ratings *ratings, int64_t user, uint64_t seed, int32_t movie, int64_t count,
                        int32_t *drawn, uint8_t *marks)
{
    const int32_t *rated = ratings->movie + ratings->ptr[user];
    const int64_t rated_count = ratings->ptr[user + 1] - ratings->ptr[user];
    const int64_t unrated = ratings->movies - rated_count;
    const uint64_t pair = (uint64_t)((ratings->first_user + user) * ratings->movies + movie);
    if (count > unrated)
        count = unrated;
    for (int64_t i = 0; i < count; i++) {
        const hr_random4 random = hr_philox(seed, HR_STREAM_UNRATED, (uint32_t)(i / 4), pair);
        const uint32_t last = (uint32_t)(unrated - count + i);
        const int32_t any = unrated_movie(rated, rated_count, hr_below(random.word[i % 4], last + 1));
        drawn[i] = marks[any] ? unrated_movie(rated, rated_count, last) : any;
        marks[drawn[i]] = 1;
    }
    for (int64_t i = 0; i < count; i++)
        marks[drawn[i]] = 0;
    return count;
}
