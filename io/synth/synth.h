/* Synthetic data, made from a seed: in the shape of a published edition of MovieLens, or check-ins.
 *
 * Films. A low-rank taste model: users and movies have positions in a taste space, movies partly by their genres.
 * Numbers of ratings per user and per movie follow heavy-tailed quantile functions through the published
 * minimum, median, mean and maximum. Each user picks movies by popularity and taste together, and ratings
 * come from taste, user and movie bias and noise, cut so that the histogram is the published one.
 *
 * Check-ins. The "movies" are locations in towns, a rating is a visit and its value is 1:
 * io/synth/check_ins.h. The graph is sparse, as LightGCN's Gowalla is. */
#ifndef HR_IO_SYNTH_SYNTH_H
#define HR_IO_SYNTH_SYNTH_H

#include "io/base/error.h"
#include "io/dataset/dataset.h"

#include <stdbool.h>
#include <stdint.h>

/* Minimum, median, mean and maximum of a number of ratings. */
typedef struct hr_degree_shape {
    double minimum, median, mean, maximum;
} hr_degree_shape;

/* The published figures of an edition; of check-ins, figures like theirs. */
typedef struct hr_synth_preset {
    const char *name;
    bool by_user; /* made by io/synth_by_user/synth_file.h, user by user; else by hr_synth */
    int64_t users, movies_listed, movies_rated, ratings, tags;
    hr_degree_shape user, movie; /* ratings a user, ratings a rated movie (of films) */
    int64_t histogram[10];       /* ratings of 0.5, 1.0, … 5.0 (of films) */
    int64_t towns;               /* of check-ins; 0 of films */
} hr_synth_preset;

/* The preset of that name. HR_USAGE, naming those there are, otherwise. */
hr_status hr_synth_find(const char *name, const hr_synth_preset **preset, hr_error *err);

/* A shape of any size, by the name of a preset of films or "even": numbers of ratings a user and a movie are to their
 * mean as there, but at most nearly all movies or users; "even": from half to twice the mean. *shape keeps the
 * `name`. HR_USAGE where there is no such name. */
hr_status hr_synth_scale(const char *name, int64_t users, int64_t movies, int64_t ratings,
                         hr_synth_preset *shape, hr_error *err);

/* Makes the dataset, the same for the same preset and seed on any machine. All ratings are HR_TRAIN: split
 * with hr_split_apply. One process. */
hr_status hr_synth(const hr_synth_preset *preset, uint64_t seed, hr_dataset *dataset, hr_error *err);

#endif
