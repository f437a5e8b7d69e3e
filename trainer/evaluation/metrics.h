/* How good a user's list is. For a user with `held` held-out movies, of which h are among the first k ranks:
 *   recall      h / held
 *   capped_recall  h / min(held, k): the Recall@R of Liang et al. (WWW 2018), "capped recall" in Thakur et al. (BEIR,
 *               NeurIPS 2021); a list of hits alone has 1
 *   precision   h / k
 *   hit         1 if h > 0
 *   ndcg        sum over hits of 1 / log2(rank + 1), over the same sum for min(held, k) hits on top
 *               (Järvelin & Kekäläinen 2002, binary gains)
 *   mrr         1 / rank of the first hit, 0 if there is none
 *   map         sum over hits of the precision at the hit's rank, over min(held, k)
 *   auc         share of (held-out, other) pairs in the right order, ties counting half
 * with ranks from 1. Each is averaged over the users that have something held out. */
#ifndef HR_TRAINER_EVALUATION_METRICS_H
#define HR_TRAINER_EVALUATION_METRICS_H

#include "io/base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

enum { HR_MAX_CUTOFFS = 8, HR_LARGEST_CUTOFF = 1000 };

/* The k's of "recall at k", ascending. */
typedef struct hr_cutoffs {
    int count;
    int64_t k[HR_MAX_CUTOFFS];
} hr_cutoffs;

/* Reads "10,20". HR_USAGE for anything but 1 to HR_MAX_CUTOFFS ascending whole numbers from 1 to
 * HR_LARGEST_CUTOFF. */
hr_status hr_cutoffs_parse(const char *text, hr_cutoffs *cutoffs, hr_error *err);

typedef struct hr_metrics_at {
    double recall, ndcg, precision, hit, mrr, map, capped_recall;
} hr_metrics_at;

/* Sums over users; after hr_metrics_finish, means. Nothing but doubles, so that ranks can add theirs up.
 * Terms are rounded so that sums come out the same in any order (numerics/summation.h). */
typedef struct hr_metrics {
    double users; /* users that count */
    double auc;
    hr_metrics_at at[HR_MAX_CUTOFFS];
} hr_metrics;

/* What a hit at a rank, from 1, adds to ndcg: 1 / log2(rank + 1). */
double hr_rank_discount(int64_t rank);

/* Adds one user.
 *   hit     [length] whether the movie at rank r + 1 is held out; shorter than a k where few were ranked
 *   held    held-out movies of the user, at least 1 */
void hr_metrics_add(hr_metrics *sum, const hr_cutoffs *cutoffs, const bool *hit, int64_t length, int64_t held,
                    double auc);

/* Adds all of `other` to `sum`. */
void hr_metrics_merge(hr_metrics *sum, const hr_metrics *other);

/* Divides the sums by the number of users; all stay 0 where there is none. */
void hr_metrics_finish(hr_metrics *metrics);

/* Adds "name@k" to a JSON object, unless the value is no number. */
void hr_json_set_at(json_t *object, const char *name, int64_t k, double value);

/* Adds the figures to a JSON object: "users", "auc" unless it is no number, "recall@10", "ndcg@10", … */
void hr_metrics_to_json(const hr_metrics *metrics, const hr_cutoffs *cutoffs, json_t *object);

#endif
