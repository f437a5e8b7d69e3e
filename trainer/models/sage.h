/* GraphSAGE (Hamilton, Ying & Leskovec, NeurIPS 2017, algorithm 1) on users and movies. Users, movies and
 * the two directions of an edge have weights of their own:
 *
 *     h_u' = f(h_u W_self + (mean or sum over the user's movies of h_i) W_near + b)
 *
 * and likewise for movies. f is batch normalisation (optional), ReLU and dropout, in the last layer the
 * identity, and then scaling to length 1 (optional). Training may drop edges of a layer, in both
 * directions. The input is a row of parameters for each vertex, plus, for a movie, a learned projection of
 * its features (layers/feature_rows.h). The output has biases in two columns (layers/bias_columns.h),
 * unless an MLP scores it. Weights begin at W_self = 1, W_near = 0, b = 0: matrix factorisation.
 *
 * What the row of a user that training did not see is computed of (trainer/models/user_inputs.h): a matrix for each
 * layer, the movies' inputs h_i, and for each layer users' W_self, W_near and b, of which batch normalisation over the
 * users that were trained on is made a part. */
#ifndef HR_TRAINER_MODELS_SAGE_H
#define HR_TRAINER_MODELS_SAGE_H

#include "trainer/models/model.h"

extern const hr_model hr_sage;

/* How many weights of users a layer has. */
static inline int64_t hr_sage_user_weights(int64_t dim)
{
    return 2 * dim * dim + dim;
}

/* The defaults of models with dense weights, see hr_model. */
extern const char hr_sage_defaults[], hr_sage_rating_defaults[];

#endif
