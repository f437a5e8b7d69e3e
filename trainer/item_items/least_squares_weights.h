/* EASE (Steck, "Embarrassingly shallow autoencoders for sparse data", WWW 2019), with what was added to it since: the item-item
 * weights B that minimise
 *
 *     sum over users u of n_u^-2p |x_u - x_u B|^2 + sum over movies m of ridge_m |B[m, ...]|^2,    diag B <= self_weight
 *
 * with x_u the user's row of X, users x movies, 1 where a user has rated a movie in train, and n_u how many these are. With D the
 * diagonal matrix of the n_u^-2p, G = X'DX, and P = inv(G + diag(ridge_m)) they are
 *
 *     B = I - P diag(c),    c_m = max((1 - self_weight) / P[m, m], ridge_m)
 *     ridge_m = s ridge + dropout / (1 - dropout) G[m, m],    s = mean over all ratings of their users' n_u^-2p
 *
 * that is B[j, m] = -c_m P[j, m] beside the diagonal. The diagonal itself is left out, 0: it would change scores of movies that
 * the user has rated. p = 0, dropout 0 and self-weight 0 are EASE.
 *   p            users with many ratings weigh less, as in graph filters (filters/filter.h); s keeps the ridge's meaning
 *   dropout      EDLAE's share of a user's ratings that are left out at random on the way in, in the mean over all such
 *                (Steck, "Autoencoders that don't overfit towards the identity", NeurIPS 2020)
 *   self_weight  RLAE's relaxed diagonal (Moon, Kim & Lee, "It's enough: relaxing diagonal constraints in linear autoencoders
 *                for recommendation", SIGIR 2023); 1 is ridge regression without a constraint */
#ifndef HR_TRAINER_ITEM_ITEMS_LEAST_SQUARES_WEIGHTS_H
#define HR_TRAINER_ITEM_ITEMS_LEAST_SQUARES_WEIGHTS_H

#include "trainer/item_items/co_ratings.h"
#include "trainer/item_items/item_weights.h"

typedef struct hr_least_squares_options {
    double ridge;       /* above 0 */
    double user_power;  /* p, 0 or more */
    double dropout;     /* from 0 to less than 1 */
    double self_weight; /* from 0 to 1 */
    int64_t keep;       /* entries to keep of each row, or 0 */
} hr_least_squares_options;

/* A ridge for the data, that is good with dropout 0.2: 6 x the root of the mean row sum of X'X, which is the sum of n_u^2 / movies
 * (docs/decisions/130). Collective. HR_COMM. */
hr_status hr_least_squares_ridge(const hr_co_ratings *c, double *ridge, hr_error *err);

/* Fills this rank's block of rows, and changes the users' weights of `c`.
 * The ranks have movies x movies floats together, each its share, and as many of rows that are whole. Collective; all
 * ranks return the same status. HR_USAGE (inverse.h), HR_MEMORY, HR_COMM. */
hr_status hr_least_squares_weights(hr_item_weights *w, hr_co_ratings *c,
                                   const hr_least_squares_options *options, hr_error *err);

#endif
