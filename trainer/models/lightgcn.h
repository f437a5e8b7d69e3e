/* LightGCN (He et al., "LightGCN: simplifying and powering graph convolution network for recommendation",
 * SIGIR 2020): embeddings averaged over their own propagations,
 *     output = 1 / (layers + 1) * sum over k = 0 … layers of S^k parameters      (equations 4, 7, 8)
 * with S = D^-1/2 A D^-1/2 of the bipartite train graph, no self loops, no weights. S is symmetric, so the
 * backward pass is the forward pass.
 *
 * A user's output row is made of the layers below of the user's movies: with n ratings, and m_i of movie i,
 *     output_u = parameters_u / (layers + 1) + n^-p * sum over the user's movies of c_i,
 *     c_i = m_i^(p - 1) / (layers + 1) * sum over k = 0 … layers - 1 of (S^k parameters)_i
 * with p = config->user_power; a movie without ratings counts as one of one rating. c [movies x dim] is the matrix of
 * user_inputs (trainer/models/user_inputs.h). */
#ifndef HR_TRAINER_MODELS_LIGHTGCN_H
#define HR_TRAINER_MODELS_LIGHTGCN_H

#include "trainer/models/model.h"

extern const hr_model hr_lightgcn;

#endif
