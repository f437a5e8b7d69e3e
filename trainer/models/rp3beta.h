/* RP3beta (Paudel et al., "Updatable, accurate, diverse, and scalable recommendations for interactive applications", TiiS 2017):
 * a Markov chain of three steps from the user, with transition probabilities to the power alpha, divided by popularity to the
 * power beta. Steps two and three are the item-item weights
 *
 *     W[i, j] = n_i^-alpha n_j^-beta x the sum over users u who rated i and j of d_u^-alpha
 *
 * with n_i ratings of a movie and d_u of a user; W[i, i] is 0, and of each row the largest --neighbours stay. The first step is a
 * factor that is the same for all movies of a user, and left out. */
#ifndef HR_TRAINER_MODELS_RP3BETA_H
#define HR_TRAINER_MODELS_RP3BETA_H

#include "trainer/models/model.h"

extern const hr_model hr_rp3beta;

#endif
