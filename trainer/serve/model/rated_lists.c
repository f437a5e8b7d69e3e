#include "trainer/serve/model/rated_lists.h"

#include "io/base/memory.h"
#include "trainer/serve/model/steps.h"

#include <string.h>

hr_status hr_rated_lists_create(hr_rated_lists *lists, int64_t users, int64_t movies, int64_t ratings,
                                hr_error *err)
{
    hr_status status = HR_OK;
    lists->users = users;
    lists->movies = movies;
    HR_ALLOC(lists->ptr, users + 1);
    HR_ALLOC(lists->first, users + 1);
    HR_ALLOC(lists->splits, ratings / 4 + 1);
done:
    return status;
}

void hr_rated_lists_free(hr_rated_lists *lists)
{
    free(lists->ptr);
    free(lists->first);
    free(lists->step);
    free(lists->splits);
    *lists = (hr_rated_lists){0};
}

hr_status hr_rated_lists_add(hr_rated_lists *lists, const hr_ratings *ratings, hr_error *err)
{
    hr_status status = HR_OK;
    for (int64_t u = 0; u < ratings->users; u++) {
        const int64_t user = ratings->first_user + u, first = ratings->ptr[u];
        const int64_t count = ratings->ptr[u + 1] - first;
        int64_t used = lists->ptr[user];
        HR_GROW(lists->step, lists->capacity, used + HR_MOST_STEP_BYTES * count);
        for (int64_t i = 0; i < count; i++) {
            const int32_t before = i > 0 ? ratings->movie[first + i - 1] : 0;
            const int64_t number = lists->first[user] + i;
            used += hr_step_write(lists->step + used, (uint32_t)(ratings->movie[first + i] - before));
            lists->splits[number / 4] |= (uint8_t)(ratings->split[first + i] << number % 4 * 2);
        }
        lists->first[user + 1] = lists->first[user] + count;
        lists->ptr[user + 1] = used;
    }
done:
    return status;
}

void hr_rated_lists_finish(hr_rated_lists *lists)
{
    const int64_t used = lists->ptr[lists->users];
    uint8_t *fit = used > 0 ? hr_alloc(used, 1) : NULL;
    if (!fit)
        return;
    memcpy(fit, lists->step, (size_t)used);
    free(lists->step);
    lists->step = fit;
    lists->capacity = used;
}

int64_t hr_rated_lists_count(const hr_rated_lists *lists, int64_t user)
{
    return lists->first[user + 1] - lists->first[user];
}

void hr_rated_lists_read(const hr_rated_lists *lists, int64_t user, int32_t *movie, uint8_t *split)
{
    const uint8_t *at = lists->step + lists->ptr[user];
    const int64_t first = lists->first[user], count = hr_rated_lists_count(lists, user);
    uint32_t last = 0;
    for (int64_t i = 0; i < count; i++) {
        last += hr_step_read(&at);
        movie[i] = (int32_t)last;
        split[i] = (uint8_t)(lists->splits[(first + i) / 4] >> (first + i) % 4 * 2 & 3);
    }
}
