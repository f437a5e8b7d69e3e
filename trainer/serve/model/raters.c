#include "trainer/serve/model/raters.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "trainer/serve/model/steps.h"

#include <string.h>

/* Users one after the other, and where each movie is. */
typedef struct maker {
    hr_raters *raters;
    int32_t *movie; /* [most] of a user, and so is the next */
    uint8_t *split;
    int64_t *last; /* [movies] user before */
    int64_t *used; /* [movies] bytes so far */
} maker;

/* Counts the bytes of each movie's users, or writes them where there is room. */
static void pass_over(maker *m)
{
    hr_raters *r = m->raters;
    const hr_rated_lists *lists = r->lists;
    uint8_t counted[HR_MOST_STEP_BYTES];
    memset(m->last, 0, (size_t)lists->movies * sizeof *m->last);
    memset(m->used, 0, (size_t)lists->movies * sizeof *m->used);
    for (int64_t u = 0; u < lists->users; u++) {
        const int64_t count = hr_rated_lists_count(lists, u);
        hr_rated_lists_read(lists, u, m->movie, m->split);
        for (int64_t i = 0; i < count; i++) {
            const int32_t movie = m->movie[i];
            if (m->split[i] != HR_TRAIN)
                continue;
            uint8_t *to = r->step ? r->step + r->ptr[movie] + m->used[movie] : counted;
            m->used[movie] += hr_step_write(to, (uint32_t)(u - m->last[movie]));
            m->last[movie] = u;
        }
    }
}

static int64_t most_of_a_user(const hr_rated_lists *lists)
{
    int64_t most = 0;
    for (int64_t u = 0; u < lists->users; u++)
        most = hr_rated_lists_count(lists, u) > most ? hr_rated_lists_count(lists, u) : most;
    return most;
}

hr_status hr_raters_create(hr_raters *raters, const hr_rated_lists *lists, hr_error *err)
{
    hr_status status = HR_OK;
    maker m = {.raters = raters};
    raters->lists = lists;
    raters->most = most_of_a_user(lists);
    HR_ALLOC(raters->ptr, lists->movies + 1);
    HR_ALLOC(m.movie, raters->most);
    HR_ALLOC(m.split, raters->most);
    HR_ALLOC(m.last, lists->movies);
    HR_ALLOC(m.used, lists->movies);
    pass_over(&m);
    memcpy(raters->ptr + 1, m.used, (size_t)lists->movies * sizeof *m.used);
    hr_offsets_sum(raters->ptr, lists->movies);
    HR_ALLOC(raters->step, raters->ptr[lists->movies] + 1);
    pass_over(&m);
done:
    free(m.movie);
    free(m.split);
    free(m.last);
    free(m.used);
    return status;
}

void hr_raters_free(hr_raters *raters)
{
    free(raters->ptr);
    free(raters->step);
    *raters = (hr_raters){0};
}

static void mark_raters(const hr_raters *r, int32_t movie, uint8_t *marked)
{
    const uint8_t *at = r->step + r->ptr[movie], *end = r->step + r->ptr[movie + 1];
    int64_t user = 0;
    while (at < end) {
        user += hr_step_read(&at);
        marked[user] = 1;
    }
}

/* A slice of one user, in arrays with room for any. */
static void fill(hr_ratings *slice, const hr_rated_lists *lists, int64_t user)
{
    slice->first_user = user;
    slice->ptr[1] = slice->count = hr_rated_lists_count(lists, user);
    hr_rated_lists_read(lists, user, slice->movie, slice->split);
}

/* Visits the users that are marked. */
static hr_status visit_marked(const hr_raters *r, const uint8_t *marked, hr_slice_visit *visit, void *context,
                              hr_error *err)
{
    hr_status status = HR_OK;
    hr_ratings slice = {.users = 1, .movies = r->lists->movies};
    HR_ALLOC(slice.ptr, 2);
    HR_ALLOC(slice.movie, r->most);
    HR_ALLOC(slice.split, r->most);
    for (int64_t u = 0; u < r->lists->users; u++)
        if (marked[u]) {
            fill(&slice, r->lists, u);
            HR_TRY(visit(context, &slice, err));
        }
done:
    hr_ratings_free(&slice);
    return status;
}

/* A pass over these users, or where movies are given over those who have rated one of them. */
static hr_status visit_those(const hr_raters *r, const int32_t *movie, const int64_t *user, int64_t count,
                             hr_slice_visit *visit, void *context, hr_error *err)
{
    hr_status status = HR_OK;
    uint8_t *marked = NULL;
    HR_ALLOC(marked, r->lists->users);
    for (int64_t i = 0; i < count; i++)
        if (movie)
            mark_raters(r, movie[i], marked);
        else
            marked[user[i]] = 1;
    HR_TRY(visit_marked(r, marked, visit, context, err));
done:
    free(marked);
    return status;
}

static hr_status of_movies(const void *source, const int32_t *movie, int64_t count, hr_slice_visit *visit,
                           void *context, hr_error *err)
{
    return visit_those(source, movie, NULL, count, visit, context, err);
}

static hr_status of_users(const void *source, const int64_t *user, int64_t count, hr_slice_visit *visit,
                          void *context, hr_error *err)
{
    return visit_those(source, NULL, user, count, visit, context, err);
}

static int64_t first_of(const void *source, int64_t user)
{
    return ((const hr_raters *)source)->lists->first[user];
}

hr_rating_pass hr_raters_pass(const hr_raters *raters)
{
    return (hr_rating_pass){of_movies, of_users, first_of, raters};
}
