/* What lists of recommendations are worth beyond the held-out movies in them. Over the lists of the k best
 * movies of each user evaluated:
 *
 *   coverage   share of all movies that are in some list
 *   gini       Gini index of how often movies are in lists, over all movies: 0 where all are in equally many,
 *              near 1 where a few are in every list
 *   novelty    mean over the list of -log2(train ratings of the movie / users), the information in hearing that
 *              somebody rated it (Zhou et al., PNAS 2010; Vargas & Castells, RecSys 2011); a movie without train
 *              ratings counts as having one
 *   diversity  1 - mean similarity of two movies of the list (Ziegler et al., WWW 2005), by each way of
 *              similarity.h; of lists of at least two movies
 *
 * Novelty and diversity are means over lists. Popularity is that of the train part alone. */
#ifndef HR_TRAINER_EVALUATION_LIST_TALLY_H
#define HR_TRAINER_EVALUATION_LIST_TALLY_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/evaluation/metrics.h"
#include "trainer/recommend/similarity.h"
#include "trainer/scoring/train_figures.h"

#include <jansson.h>
#include <stdint.h>

/* Sums over lists. Nothing but doubles, so that ranks can add theirs up. */
typedef struct hr_list_sums {
    struct {
        double lists, novelty;
        double comparable; /* lists of at least two movies */
        double similarity[HR_MAX_SIMILARITIES];
    } at[HR_MAX_CUTOFFS];
} hr_list_sums;

/* One rank's counts and sums. Zero-initialise; free with hr_list_tally_free. */
typedef struct hr_list_tally {
    const hr_cutoffs *cutoffs;
    const hr_similarities *similarity;
    int64_t movies;
    double *information; /* [movies] -log2 of the share of users who rated it */
    int64_t *shown; /* [cutoffs x movies] lists with the movie at a rank above the previous k, up to this k */
    hr_list_sums sums;
} hr_list_tally;

/* The figures of all ranks' lists. */
typedef struct hr_list_figures_at {
    double coverage, gini, novelty;
    double diversity[HR_MAX_SIMILARITIES]; /* not a number where no list has two movies */
} hr_list_figures_at;

/* Starts a tally.
 *   train       figures of all train ratings
 *   similarity  may have no way to compare; it and cutoffs must outlive the tally
 * Collective. HR_MEMORY and HR_COMM, on all ranks. */
hr_status hr_list_tally_create(hr_list_tally *tally, const hr_comm *comm, const hr_train_figures *train,
                               const hr_cutoffs *cutoffs, const hr_similarities *similarity, hr_error *err);
void hr_list_tally_free(hr_list_tally *tally);

/* Counts one user's list, movie [length], best first; it may be shorter than a k. The list's means are added to
 * `sums`, which the caller adds to tally->sums (hr_list_sums_merge) in a fixed order. Takes length x length / 2
 * similarities of each way. Local; threads may call it at once, each with its own sums. */
void hr_list_tally_add(hr_list_tally *tally, const int32_t *movie, int64_t length, hr_list_sums *sums);

void hr_list_sums_merge(hr_list_sums *sum, const hr_list_sums *other);

/* Fills figures [cutoffs->count], the same on all ranks; afterwards the tally can only be freed. Collective.
 * HR_COMM. */
hr_status hr_list_tally_finish(hr_list_tally *tally, const hr_comm *comm, hr_list_figures_at *figures,
                               hr_error *err);

/* Adds "coverage@10", "gini@10", "novelty@10", "diversity_genres@10", … to a JSON object. */
void hr_list_figures_to_json(const hr_list_figures_at *figures, const hr_cutoffs *cutoffs,
                             const hr_similarities *similarity, json_t *object);

#endif
