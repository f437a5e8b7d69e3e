#include "io/synth_by_user/density.h"

#include "io/base/memory.h"
#include "io/base/sort.h"

#include <math.h>

/* The group of each of `count` things, those with the most ratings in group 0. */
static void group(const int64_t *degree, int64_t count, int64_t groups, hr_keyed *order, int64_t *group_of)
{
    for (int64_t i = 0; i < count; i++)
        order[i] = (hr_keyed){-degree[i], i};
    hr_sort_keyed(order, count);
    for (int64_t i = 0; i < count; i++)
        group_of[order[i].value] = i * groups / count;
}

/* Divides numbers of ratings by those of pairs, then by the largest density. Groups of nobody have none. */
static void normalise(const hr_ratings *r, int64_t user_groups, int64_t movie_groups, const int64_t *cell,
                      float *density)
{
    float largest = 0.0F;
    for (int64_t a = 0; a < user_groups; a++)
        for (int64_t b = 0; b < movie_groups; b++) {
            const int64_t i = a * movie_groups + b,
                          users = (a + 1) * r->users / user_groups - a * r->users / user_groups,
                          movies = (b + 1) * r->movies / movie_groups - b * r->movies / movie_groups;
            density[i] = users * movies > 0 ? (float)cell[i] / ((float)users * (float)movies) : 0.0F;
            largest = fmaxf(largest, density[i]);
        }
    for (int64_t i = 0; i < user_groups * movie_groups && largest > 0.0F; i++)
        density[i] /= largest;
}

hr_status hr_density_reduce(const hr_ratings *r, int64_t user_groups, int64_t movie_groups, float *density,
                            hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t most = r->users > r->movies ? r->users : r->movies;
    int64_t *degree = NULL, *user_group = NULL, *movie_group = NULL, *cell = NULL;
    hr_keyed *order = NULL;
    HR_ALLOC(degree, most);
    HR_ALLOC(order, most);
    HR_ALLOC(user_group, r->users);
    HR_ALLOC(movie_group, r->movies);
    HR_ALLOC(cell, user_groups * movie_groups);
    for (int64_t i = 0; i < r->count; i++)
        degree[r->movie[i]]++;
    group(degree, r->movies, movie_groups, order, movie_group);
    for (int64_t u = 0; u < r->users; u++)
        degree[u] = r->ptr[u + 1] - r->ptr[u];
    group(degree, r->users, user_groups, order, user_group);
    for (int64_t u = 0; u < r->users; u++)
        for (int64_t i = r->ptr[u]; i < r->ptr[u + 1]; i++)
            cell[user_group[u] * movie_groups + movie_group[r->movie[i]]]++;
    normalise(r, user_groups, movie_groups, cell, density);
done:
    free(order);
    free(cell);
    free(movie_group);
    free(user_group);
    free(degree);
    return status;
}
