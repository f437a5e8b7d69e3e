/* LightGCN (He et al., "LightGCN: simplifying and powering graph convolution network for recommendation",
 * SIGIR 2020): embeddings averaged over their own propagations,
 *     output = 1 / (layers + 1) * sum over k = 0 … layers of S^k parameters      (equations 4, 7, 8)
 * with S = D^-1/2 A D^-1/2 of the bipartite train graph, no self loops, no weights. S is symmetric, so the
 * backward pass is the forward pass. */
#ifndef HR_TRAINER_MODELS_LIGHTGCN_H
#define HR_TRAINER_MODELS_LIGHTGCN_H

#include "trainer/models/model.h"

extern const hr_model hr_lightgcn;

#endif
