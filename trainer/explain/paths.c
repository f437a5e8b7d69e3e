#include "trainer/explain/paths.h"

#include "io/base/memory.h"
#include "io/dataset/dataset.h"

#include <math.h>
#include <string.h>

/* The search, and what a slice is compared with. */
typedef struct finder {
    const hr_path_search *search;
    hr_paths *paths;
    double *factor;  /* [movies] m^(p - 1) */
    uint8_t *is_own; /* [movies] of the user */
    int32_t *target; /* [movies] number among those that paths end at, or -1 */
    int32_t *common; /* [movies] of the other user and the user */
    int32_t *found;  /* [count] numbers of those that the other user has rated */
} finder;

static void keep(hr_paths *paths, hr_path path)
{
    int at = paths->kept;
    while (at > 0 && paths->best[at - 1].weight < path.weight)
        at--;
    if (at == HR_KEPT_PATHS)
        return;
    paths->kept += paths->kept < HR_KEPT_PATHS;
    for (int i = paths->kept - 1; i > at; i--)
        paths->best[i] = paths->best[i - 1];
    paths->best[at] = path;
}

/* Paths through one user, who has `ratings` train ratings, to one movie. */
static void add_paths(const finder *f, int64_t user, int64_t ratings, int64_t common, int64_t target)
{
    const hr_path_search *s = f->search;
    hr_paths *paths = &f->paths[target];
    const int32_t end = s->movie[target];
    const double users = pow((double)s->subject->count, -s->power) * pow((double)ratings, -2.0 * s->power);
    int64_t through = 0;
    for (int64_t i = 0; i < common; i++) {
        const int32_t movie = f->common[i];
        if (movie == end)
            continue;
        const hr_path path = {movie, user, users * f->factor[movie] * f->factor[movie] * f->factor[end]};
        keep(paths, path);
        paths->weight += path.weight;
        through++;
    }
    paths->count += through;
    paths->users += through > 0;
}

static hr_status visit(void *context, hr_ratings *slice, hr_error *err)
{
    const finder *f = context;
    (void)err;
    for (int64_t u = 0; u < slice->users; u++) {
        int64_t ratings = 0, common = 0, found = 0;
        for (int64_t i = slice->ptr[u]; i < slice->ptr[u + 1]; i++) {
            if (slice->split[i] != HR_TRAIN)
                continue;
            const int32_t movie = slice->movie[i];
            ratings++;
            f->common[common] = movie;
            common += f->is_own[movie];
            if (f->target[movie] >= 0)
                f->found[found++] = f->target[movie];
        }
        const int64_t user = slice->first_user + u;
        for (int64_t t = 0; common > 0 && user != f->search->user && t < found; t++)
            add_paths(f, user, ratings, common, f->found[t]);
    }
    return HR_OK;
}

static void mark(finder *f)
{
    const hr_path_search *s = f->search;
    for (int64_t m = 0; m < s->train->movies; m++) {
        f->target[m] = -1;
        f->factor[m] = pow(fmax(1.0, s->train->of_movie[m]), s->power - 1.0);
    }
    for (int64_t i = 0; i < s->count; i++)
        f->target[s->movie[i]] = (int32_t)i;
    for (int64_t i = 0; i < s->subject->count; i++)
        f->is_own[s->subject->movie[i]] = 1;
}

hr_status hr_paths_find(const hr_path_search *search, hr_paths *paths, hr_error *err)
{
    hr_status status = HR_OK;
    finder f = {.search = search, .paths = paths};
    const int64_t movies = search->train->movies;
    memset(paths, 0, (size_t)search->count * sizeof *paths);
    HR_ALLOC(f.factor, movies);
    HR_ALLOC(f.is_own, movies);
    HR_ALLOC(f.target, movies);
    HR_ALLOC(f.common, movies + 1);
    HR_ALLOC(f.found, search->count);
    mark(&f);
    const hr_rating_pass *pass = search->pass;
    if (pass && pass->of_movies)
        HR_TRY(pass->of_movies(pass->source, search->movie, search->count, visit, &f, err));
    else
        HR_TRY(
            hr_dataset_each_slice(search->dataset, 0, search->users, search->valid, false, visit, &f, err));
done:
    free(f.factor);
    free(f.is_own);
    free(f.target);
    free(f.common);
    free(f.found);
    return status;
}
