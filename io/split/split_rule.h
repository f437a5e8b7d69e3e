/* What --split says: by which rule ratings go to train, valid and test.
 *
 *     ratio:TRAIN,VALID,TEST         of each user's ratings, drawn by the seed
 *     global-ratio:TRAIN,VALID,TEST  of all ratings, drawn by the seed
 *     leave-one-out                  each user's last rating in time is tested, the one before it valid
 *     leave-one-out:random           any one, and any other, drawn by the seed
 *     time:TRAIN,VALID,TEST          one cut in time for all users
 *     folds:N:K                      N equal parts of each user's ratings, of which number K (1 … N) is tested;
 *                                    folds:N is folds:N:1
 *     users:VALID,TEST,KNOWN         users that training never sees: numbers of them, or shares below 1. The
 *                                    share KNOWN of their ratings is known when they are judged by the rest
 *                                    (Liang, Krishnan, Hoffman & Jebara, WWW 2018: strong generalisation)
 *     given                          as the source says */
#ifndef HR_IO_SPLIT_SPLIT_RULE_H
#define HR_IO_SPLIT_SPLIT_RULE_H

#include "io/base/error.h"
#include "io/dataset/ratings.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum hr_split_kind {
    HR_SPLIT_GIVEN,
    HR_SPLIT_RATIO,
    HR_SPLIT_GLOBAL_RATIO,
    HR_SPLIT_LAST,
    HR_SPLIT_ANY_ONE,
    HR_SPLIT_TIME,
    HR_SPLIT_FOLDS,
    HR_SPLIT_USERS
} hr_split_kind;

typedef struct hr_split_rule {
    hr_split_kind kind;
    double share[3];                 /* ratio, global-ratio, time: of train, valid, test; sums to 1 */
    int64_t folds, fold;             /* fold number 1 … folds is tested */
    double users[3];                 /* users: of valid [HR_VALID] and of test [HR_TEST]; below 1 a share */
    double known;                    /* users: share that is known, above 0 and below 1 */
    char text[HR_SPLIT_RULE_LENGTH]; /* the rule in full, as hr_split_parse reads it */
} hr_split_rule;

/* Reads a rule. HR_USAGE, with what was expected, for anything else: shares that are negative or do not sum
 * to 1, a train share of 0, fewer than two folds, a fold that there is not. Local. */
hr_status hr_split_parse(const char *text, hr_split_rule *rule, hr_error *err);

/* Whether the rule puts ratings into this part, where there are enough of them. Of a given split nothing is
 * known but that something is trained on. */
bool hr_split_fills(const hr_split_rule *rule, hr_split part);

#endif
