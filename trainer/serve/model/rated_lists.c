#include "trainer/serve/model/rated_lists.h"

#include "io/base/memory.h"

#include <string.h>

/* Bytes of the largest step. */
enum { MOST_BYTES = 5 };

/* Most ratings that a pass takes apart at a time, unless one user has more: they stay in the second cache. */
enum { PASS_RATINGS = 1 << 15, PASS_USERS = 1 << 10 };

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
            const int64_t number = lists->first[user] + i;
            used += write_step(lists->step + used, (uint32_t)(ratings->movie[first + i] - before));
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
        uint32_t step = *at & 127u;
        for (int shift = 7; *at++ & 128; shift += 7)
            step |= (*at & 127u) << shift;
        last += step;
        movie[i] = (int32_t)last;
        split[i] = (uint8_t)(lists->splits[(first + i) / 4] >> (first + i) % 4 * 2 & 3);
    }
}

/* How many users the next piece of a pass has, from `first` on. */
static int64_t users_of_piece(const hr_rated_lists *lists, int64_t first)
{
    const int64_t left = lists->users - first, most = left < PASS_USERS ? left : PASS_USERS;
    int64_t users = 1;
    while (users < most && lists->first[first + users + 1] - lists->first[first] <= PASS_RATINGS)
        users++;
    return users;
}

static int64_t most_of_a_user(const hr_rated_lists *lists)
{
    int64_t most = 0;
    for (int64_t u = 0; u < lists->users; u++)
        most = hr_rated_lists_count(lists, u) > most ? hr_rated_lists_count(lists, u) : most;
    return most;
}

/* Takes apart slice->users users into arrays that have room. */
static void fill(hr_ratings *slice, const hr_rated_lists *lists)
{
    for (int64_t u = 0; u < slice->users; u++) {
        const int64_t user = slice->first_user + u, at = slice->ptr[u];
        hr_rated_lists_read(lists, user, slice->movie + at, slice->split + at);
        slice->ptr[u + 1] = at + hr_rated_lists_count(lists, user);
    }
    slice->count = slice->ptr[slice->users];
}

static hr_status each(const void *source, hr_slice_visit *visit, void *context, hr_error *err)
{
    const hr_rated_lists *lists = source;
    hr_status status = HR_OK;
    hr_ratings slice = {.movies = lists->movies};
    const int64_t most = most_of_a_user(lists), room = most > PASS_RATINGS ? most : PASS_RATINGS;
    HR_ALLOC(slice.ptr, PASS_USERS + 1);
    HR_ALLOC(slice.movie, room);
    HR_ALLOC(slice.split, room);
    for (; slice.first_user < lists->users; slice.first_user += slice.users) {
        slice.users = users_of_piece(lists, slice.first_user);
        fill(&slice, lists);
        HR_TRY(visit(context, &slice, err));
    }
done:
    hr_ratings_free(&slice);
    return status;
}

hr_rating_pass hr_rated_lists_pass(const hr_rated_lists *lists)
{
    return (hr_rating_pass){each, lists};
}
