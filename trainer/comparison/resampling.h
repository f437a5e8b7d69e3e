/* How sure figures are: intervals by resampling users, and whether two models differ by more than chance.
 *
 *   interval    the 2.5 % and 97.5 % percentiles of the figure over `replicates` resamples, in each of which a user counts
 *               as often as a Poisson variable of mean 1 says: the bootstrap (Efron & Tibshirani 1993, chapter 13), in the
 *               form that needs no list of all users (Chamandy et al., "Estimating uncertainty for massive data streams",
 *               2012)
 *   chance      of two models evaluated on the same users, the share of `replicates` in which the difference of figures is
 *               at least as large as the one found when, for each user, a coin decides which model is which (paired
 *               randomisation test, two-sided; Smucker, Allan & Carterette, CIKM 2007)
 *
 * What a user counts in a replicate is a function of seed, replicate and the user's number, and values are multiples of a
 * unit: results are the same on any number of ranks and threads. */
#ifndef HR_TRAINER_COMPARISON_RESAMPLING_H
#define HR_TRAINER_COMPARISON_RESAMPLING_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/comparison/figure_table.h"

enum { HR_MOST_REPLICATES = 100000 };

/* A figure; not a number where no user is in its segment. */
typedef struct hr_estimate {
    double value;
    double low, high; /* its interval; not numbers without replicates */
    double weight;    /* users of the segment, or held-out ratings */
} hr_estimate;

/* Estimates all figures of the table, [table->figures]. Collective; the same on all ranks. HR_MEMORY, HR_COMM. */
hr_status hr_estimate_figures(const hr_comm *comm, const hr_figure_table *table, int64_t replicates,
                              uint64_t seed, hr_estimate *estimate, hr_error *err);

/* The second model less the first. */
typedef struct hr_difference {
    hr_estimate of;  /* the difference, its interval, and its weight */
    double chance;   /* see above; not a number without replicates */
    double up, down; /* users with a larger and with a smaller value by the second model */
} hr_difference;

/* Compares all figures of two tables of the same users, in one order. Collective; the same on all ranks. HR_MEMORY,
 * HR_COMM. */
hr_status hr_compare_figures(const hr_comm *comm, const hr_figure_table *first, const hr_figure_table *second,
                             int64_t replicates, uint64_t seed, hr_difference *difference, hr_error *err);

#endif
