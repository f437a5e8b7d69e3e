/* Nearest neighbours of movies (Sarwar et al., WWW 2001; Deshpande and Karypis, TOIS 2004): W[i, j] is the cosine of the two
 * movies as sets of users, with shrinkage,
 *
 *     both / (sqrt(n_i n_j) + shrinkage),    both: users who rated i and j, n: users who rated one
 *
 * and of each row the largest --neighbours stay. */
#ifndef HR_TRAINER_MODELS_ITEMKNN_H
#define HR_TRAINER_MODELS_ITEMKNN_H

#include "trainer/models/model.h"

extern const hr_model hr_itemknn;

#endif
