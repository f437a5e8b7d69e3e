/* GraphSAGE (Hamilton, Ying & Leskovec, NeurIPS 2017, algorithm 1) on users and movies, which have weights of
 * their own, and so have the two directions of an edge:
 *
 *     h_u' = f(h_u W_self + (mean or sum over the user's movies of h_i) W_near + b)
 *
 * and likewise for movies. f is batch normalisation, where asked for, ReLU and dropout, none of them in the
 * last layer, then, where asked for, scaling to length 1. In training edges may be left out of a layer, in
 * both directions. What goes in is a row of parameters a vertex, to which a movie adds a learned projection
 * of its features (feature_rows.h). What comes out has biases in two columns (bias_columns.h), unless an MLP
 * scores it. Weights begin at W_self = 1, W_near = 0, b = 0: as matrix factorisation. */
#ifndef HR_TRAINER_MODELS_SAGE_H
#define HR_TRAINER_MODELS_SAGE_H

#include "trainer/models/model.h"

extern const hr_model hr_sage;

/* The defaults of models with dense weights, see hr_model. */
extern const char hr_sage_defaults[], hr_sage_rating_defaults[];

#endif
