/* Which ratings are trained on and which are kept back: train, valid, test. */
#ifndef HR_IO_DATASET_SPLIT_H
#define HR_IO_DATASET_SPLIT_H

#include "io/base/error.h"
#include "io/dataset/ratings.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum hr_split_kind { HR_SPLIT_RATIO, HR_SPLIT_LEAVE_ONE_OUT, HR_SPLIT_GIVEN } hr_split_kind;

typedef struct hr_split_rule {
    hr_split_kind kind;
    double share[3]; /* HR_SPLIT_RATIO: of train, valid, test; sums to 1 */
} hr_split_rule;

/* Reads "ratio:0.8,0.1,0.1", "leave-one-out" or "given". HR_USAGE for anything else, shares that are
 * negative or do not sum to 1, or a train share of 0. */
hr_status hr_split_parse(const char *text, hr_split_rule *rule, hr_error *err);

/* Writes ratings->split by the rule. Ratio: each user's ratings are shuffled by the seed and cut by the
 * shares, rounded to the nearest whole count, at least one staying in train. Leave-one-out: the last rating
 * in time is test, the one before it valid, ties going by movie number; a user with a single rating keeps
 * it in train, with two gives one to test. Given: nothing changes. HR_MEMORY. */
hr_status hr_split_apply(hr_ratings *ratings, const hr_split_rule *rule, uint64_t seed, hr_error *err);

/* Whether --valid `share` keeps this train rating back: a fixed function of its arguments, so that every
 * rank and every later command holds out the same ones. */
bool hr_split_holdout(int64_t user, int32_t movie, double share);

#endif
