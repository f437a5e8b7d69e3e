/* Which ratings are trained on and which are held out: ratings->split, written by a rule.
 *
 * Everything random comes from the keyed generator: a rating's number in random order depends on the seed, its user and
 * its movie, and on nothing else. The same ratings are split alike on any number of ranks and threads. */
#ifndef HR_IO_SPLIT_SPLIT_H
#define HR_IO_SPLIT_SPLIT_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/dataset/dataset.h"
#include "io/split/split_rule.h"

#include <stdint.h>

/* Writes slice->split by the rule. Each rank holds consecutive users, ranks being in order of users; their
 * numbers, and the movies', are those of the whole dataset. Nothing changes by `given`.
 *
 * ratio     Of a user's n ratings, n x TEST are tested and n x VALID valid. Where these are not whole
 *           numbers, one of the two next to it is drawn so that the mean is exact: three ratings by 0.8,0.1,0.1
 *           give one to test with probability 0.3. A user with a rating has one in train: of users for whom n x TRAIN is
 *           below 1, less is held out than the shares say.
 * global-ratio  Each rating is drawn by itself; a user may have none in train.
 * leave-one-out  A single rating stays in train, of two one is tested. Equal times are ordered by the seed. Ratings
 *           without a time stay in train.
 * time      Train ends at the time of rating number n x TRAIN in order of time, valid at that of number n x (TRAIN +
 *           VALID). Ratings of one time are in one part, the earlier of two. Ratings without a time stay in train.
 * folds     Each rating is in one fold. A user's folds differ by at most one rating; a single rating leaves the user
 *           without train ratings where its fold is tested.
 * users     Held-out users are drawn from those with two ratings or more. Of their ratings the share KNOWN is
 *           HR_KNOWN, drawn as by ratio, at least one and not all.
 *
 * Collective; all ranks return the same status. HR_INPUT where a rule goes by time and no rating has one;
 * HR_USAGE where more users are asked for than can be held out; HR_MEMORY, HR_COMM. */
hr_status hr_split_apply(const hr_comm *comm, hr_ratings *slice, const hr_split_rule *rule, uint64_t seed,
                         hr_error *err);

/* The same for dataset->ratings, and remembers rule and seed in the dataset. */
hr_status hr_split_dataset(const hr_comm *comm, hr_dataset *dataset, const hr_split_rule *rule, uint64_t seed,
                           hr_error *err);

#endif
