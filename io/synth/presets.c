#include "io/synth/synth.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* The histogram of ml-20m. */
#define LIKE_ML_20M                                                                                          \
    {                                                                                                        \
        239125, 680732, 279252, 1430997, 883398, 4291193, 2200156, 5561926, 1534824, 2898660                 \
    }

/* GroupLens's figures of each edition, from its README and summary pages. Of those that are made user by
 * user, users, movies, ratings and tags are; medians and maxima are estimates, and the histogram, but for ml-100k, is
 * that of ml-20m. Check-ins are about as many as in LightGCN's Gowalla. */
static const hr_synth_preset presets[] = {
    {.name = "ml-latest-small",
     .users = 610,
     .movies_listed = 9742,
     .movies_rated = 9724,
     .ratings = 100836,
     .tags = 3683,
     .user = {20, 70.5, 165.3, 2698},
     .movie = {1, 3, 10.4, 329},
     .histogram = {1370, 2811, 1791, 7551, 5550, 20047, 13136, 26818, 8551, 13211}},
    {.name = "ml-1m",
     .users = 6040,
     .movies_listed = 3883,
     .movies_rated = 3706,
     .ratings = 1000209,
     .user = {20, 96, 165.6, 2314},
     .movie = {1, 123.5, 269.9, 3428},
     .histogram = {0, 56174, 0, 107557, 0, 261197, 0, 348971, 0, 226310}},
    {.name = "ml-20m",
     .users = 138493,
     .movies_listed = 27278,
     .movies_rated = 26744,
     .ratings = 20000263,
     .tags = 465564,
     .user = {20, 68, 144.4, 9254},
     .movie = {1, 18, 747.8, 67310},
     .histogram = LIKE_ML_20M},
    {.name = "ml-100k",
     .by_user = true,
     .users = 943,
     .movies_listed = 1682,
     .movies_rated = 1682,
     .ratings = 100000,
     .user = {20, 65, 106.0, 737},
     .movie = {1, 27, 59.5, 583},
     .histogram = {0, 6110, 0, 11370, 0, 27145, 0, 34174, 0, 21201}},
    {.name = "ml-10m",
     .by_user = true,
     .users = 69878,
     .movies_listed = 10681,
     .movies_rated = 10677,
     .ratings = 10000054,
     .tags = 95580,
     .user = {20, 69, 143.1, 7359},
     .movie = {1, 135, 936.6, 34864},
     .histogram = LIKE_ML_20M},
    {.name = "ml-25m",
     .by_user = true,
     .users = 162541,
     .movies_listed = 62423,
     .movies_rated = 59047,
     .ratings = 25000095,
     .tags = 1093360,
     .user = {20, 71, 153.8, 32202},
     .movie = {1, 6, 423.4, 81491},
     .histogram = LIKE_ML_20M},
    {.name = "ml-latest",
     .by_user = true,
     .users = 330975,
     .movies_listed = 86537,
     .movies_rated = 83239,
     .ratings = 33832162,
     .tags = 2328315,
     .user = {1, 31, 102.2, 33000},
     .movie = {1, 5, 406.4, 120000},
     .histogram = LIKE_ML_20M},
    {.name = "check-ins",
     .users = 30000,
     .movies_listed = 41000,
     .ratings = 862500,
     .user = {8, 19, 28.75, 800},
     .towns = 300},
};
enum { PRESETS = sizeof presets / sizeof *presets };

/* Nobody and nothing stands out. */
static const hr_synth_preset even = {
    .name = "even", .user = {1, 1, 1, 1}, .movie = {1, 1, 1, 1}, .histogram = LIKE_ML_20M};

hr_status hr_synth_find(const char *name, const hr_synth_preset **preset, hr_error *err)
{
    for (int i = 0; i < PRESETS; i++)
        if (strcmp(presets[i].name, name) == 0) {
            *preset = &presets[i];
            return HR_OK;
        }
    char known[256] = "";
    for (int i = 0; i < PRESETS; i++) {
        const size_t used = strlen(known);
        snprintf(known + used, sizeof known - used, "%s%s", i ? ", " : "", presets[i].name);
    }
    return hr_fail(err, HR_USAGE, "--preset %s: expected one of %s", name, known);
}

/* The shape scaled to another mean. Where the others do not fit between 1 and `most`, from half to twice the mean. */
static hr_degree_shape scale(const hr_degree_shape *s, double mean, double most)
{
    const double by = mean / s->mean;
    hr_degree_shape scaled = {fmax(1.0, s->minimum * by), fmax(1.0, s->median * by), mean, s->maximum * by};
    scaled.maximum = fmin(scaled.maximum, 0.9 * most);
    const bool fits = scaled.minimum <= scaled.median && scaled.median < mean &&
                      mean < 0.4 * (scaled.median + scaled.maximum);
    return fits ? scaled : (hr_degree_shape){fmax(1.0, 0.5 * mean), mean, mean, fmin(2.0 * mean, most)};
}

hr_status hr_synth_scale(const char *name, int64_t users, int64_t movies, int64_t ratings,
                         hr_synth_preset *shape, hr_error *err)
{
    const hr_synth_preset *like = &even;
    const hr_status status = strcmp(name, even.name) == 0 ? HR_OK : hr_synth_find(name, &like, err);
    if (status != HR_OK || like->towns > 0)
        return hr_fail(err, HR_USAGE, "--density-shape %s: expected even, or the name of a preset of films",
                       name);
    *shape = *like;
    shape->name = name;
    shape->by_user = true;
    shape->users = users;
    shape->movies_listed = shape->movies_rated = movies;
    shape->ratings = ratings;
    shape->tags = 0;
    shape->user = scale(&like->user, (double)ratings / (double)users, (double)movies);
    shape->movie = scale(&like->movie, (double)ratings / (double)movies, (double)users);
    return HR_OK;
}
