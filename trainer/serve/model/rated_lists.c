#include "trainer/serve/model/rated_lists.h"

#include "io/base/memory.h"

#include <string.h>

/* Bytes of the largest step. */
enum { MOST_BYTES = 5 };

hr_status hr_rated_lists_create(hr_rated_lists *lists, int64_t users, hr_error *err)
{
    hr_status status = HR_OK;
    lists->users = users;
    HR_ALLOC(lists->ptr, users + 1);
    HR_ALLOC(lists->count, users);
done:
    return status;
}

void hr_rated_lists_free(hr_rated_lists *lists)
{
    free(lists->ptr);
    free(lists->count);
    free(lists->step);
    *lists = (hr_rated_lists){0};
}

static int64_t write_step(uint8_t *to, uint32_t step)
{
    int64_t bytes = 0;
    for (; step >= 128; step >>= 7)
        to[bytes++] = (uint8_t)(step | 128);
    to[bytes++] = (uint8_t)step;
    return bytes;
}

hr_status hr_rated_lists_add(hr_rated_lists *lists, const hr_ratings *ratings, hr_error *err)
{
    hr_status status = HR_OK;
    for (int64_t u = 0; u < ratings->users; u++) {
        const int64_t user = ratings->first_user + u, first = ratings->ptr[u];
        const int64_t count = ratings->ptr[u + 1] - first;
        int64_t used = lists->ptr[user];
        HR_GROW(lists->step, lists->capacity, used + MOST_BYTES * count);
        for (int64_t i = 0; i < count; i++) {
            const int32_t before = i > 0 ? ratings->movie[first + i - 1] : 0;
            used += write_step(lists->step + used, (uint32_t)(ratings->movie[first + i] - before));
        }
        lists->count[user] = count;
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

void hr_rated_lists_read(const hr_rated_lists *lists, int64_t user, int32_t *movie)
{
    const uint8_t *at = lists->step + lists->ptr[user];
    uint32_t last = 0;
    for (int64_t i = 0; i < lists->count[user]; i++) {
        uint32_t step = *at & 127u;
        for (int shift = 7; *at++ & 128; shift += 7)
            step |= (*at & 127u) << shift;
        last += step;
        movie[i] = (int32_t)last;
    }
}
