/* Graph attention networks on users and movies, which have weights of their own, and so have the two
 * directions of an edge: h_u' = f(h_u W_self + attention over the user's movies (attention.h) + b), T_u = h_u
 * W_target,    S_i = h_i W_source,    f = ReLU, none in the last layer and likewise for movies. What goes in
 * and what comes out is as in sage.h, and so is the start: W_self = 1, W_source = 0, as matrix factorisation.
 * config->heads heads; dim must be a multiple of them. */
#ifndef HR_TRAINER_MODELS_GAT_H
#define HR_TRAINER_MODELS_GAT_H

#include "trainer/models/model.h"

extern const hr_model hr_gat, hr_gatv2;

#endif
