/* Matrix factorisation (mf.h) of ratings by stochastic gradient descent, edge by edge: an epoch goes over all
 * edges, block by block (layers/edge_blocks.h), and is the same bit for bit on any number of ranks and threads,
 * by any partition and on any processor. Its objective is
 *     sum over edges (score - rating)^2 + decay / 2 (|user's row|^2 + |movie's row|^2)
 *     + sum over rows with edges of ridge / 2 |row|^2
 * where a bias counts 0.4 times in the second term.
 * A row's learning rate is that of the epoch divided by sqrt(1 + edges of its vertex / 10), as the accumulated
 * gradients of AdaGrad would have it (Duchi, Hazan & Singer, JMLR 2011), but without memory of them. */
#ifndef HR_TRAINER_MODELS_MF_DESCENT_H
#define HR_TRAINER_MODELS_MF_DESCENT_H

#include "trainer/models/model.h"

extern const hr_model hr_mf_descent;

#endif
