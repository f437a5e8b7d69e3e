/* Scores by item-item weights: of a user, the sum of the rows of the movies that the user is known to have rated. */
#ifndef HR_TRAINER_ITEM_ITEMS_ITEM_SCORES_H
#define HR_TRAINER_ITEM_ITEMS_ITEM_SCORES_H

#include "io/dataset/ratings.h"
#include "trainer/item_items/item_weights.h"

/* Scores of users user[0] … user[users - 1] of the ratings with all movies, by all rows. A user's have the same bits whatever
 * users are scored with it.
 *   score  [users x movies] overwritten
 * Local, by one thread. */
void hr_item_scores(const hr_item_weights *w, const hr_ratings *ratings, const int64_t *user, int64_t users,
                    float *score);

#endif
