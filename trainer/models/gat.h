/* Graph attention networks on users and movies. Users, movies and the two directions of an edge have
 * weights of their own:
 *
 *     h_u' = f(h_u W_self + attention over the user's movies (layers/attention.h) + b)
 *     T_u = h_u W_target,   S_i = h_i W_source,   f = ReLU, in the last layer the identity
 *
 * and likewise for movies. Inputs and outputs are those of sage.h, and so is the start, W_self = 1 and
 * W_source = 0: matrix factorisation. config->heads heads; dim must be a multiple of them. */
#ifndef HR_TRAINER_MODELS_GAT_H
#define HR_TRAINER_MODELS_GAT_H

#include "trainer/models/model.h"

extern const hr_model hr_gat, hr_gatv2;

#endif
