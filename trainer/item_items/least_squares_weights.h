/* EASE (Steck, "Embarrassingly shallow autoencoders for sparse data", WWW 2019): the item-item weights B of zero diagonal that
 * minimise
 *
 *     |X - X B|^2 + ridge |B|^2,    X users x movies, 1 where a user has rated a movie in train
 *
 * With P = inv(X'X + ridge I) they are B = I - P diag(1 / diag P), that is B[j, m] = -P[j, m] / P[m, m] beside the diagonal. */
#ifndef HR_TRAINER_ITEM_ITEMS_LEAST_SQUARES_WEIGHTS_H
#define HR_TRAINER_ITEM_ITEMS_LEAST_SQUARES_WEIGHTS_H

#include "trainer/item_items/co_ratings.h"
#include "trainer/item_items/item_weights.h"

/* Fills this rank's block of rows, of users with the weight 1.
 *   ridge  above 0
 *   keep   entries to keep of each row, or 0
 * The ranks have movies x movies floats together, each its share, and as many of rows that are whole. Collective; all
 * ranks return the same status. HR_USAGE (inverse.h), HR_MEMORY, HR_COMM. */
hr_status hr_least_squares_weights(hr_item_weights *w, const hr_co_ratings *c, double ridge, int64_t keep,
                                   hr_error *err);

#endif
