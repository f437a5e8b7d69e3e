/* Graph attention networks on users and movies. Users, movies and the two directions of an edge have
 * weights of their own:
 *
 *     h_u' = f(h_u W_self + attention over the user's movies (layers/attention.h) + b)
 *     T_u = h_u W_target,   S_i = h_i W_source,   f = ReLU, in the last layer the identity
 *
 * and likewise for movies. Inputs and outputs are those of sage.h, and so is the start, W_self = 1 and
 * W_source = 0: matrix factorisation. config->heads heads; dim must be a multiple of them.
 *
 * What the row of a user that training did not see is computed of (trainer/models/user_inputs.h): a matrix for each
 * layer, the movies' S_i, and for each layer users' W_self, W_target, bias, a and b. */
#ifndef HR_TRAINER_MODELS_GAT_H
#define HR_TRAINER_MODELS_GAT_H

#include "trainer/models/model.h"

extern const hr_model hr_gat, hr_gatv2;

/* How many weights of users a layer has. */
static inline int64_t hr_gat_user_weights(int64_t dim)
{
    return 2 * dim * dim + 3 * dim;
}

#endif
