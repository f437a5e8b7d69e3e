/* Alternating least squares: each half of a sweep solves for all users, then for all movies, with the other
 * side's rows as they are, by conjugate gradients on the three moves (scatter, edge pass, reduce).
 *
 * als, for ratings (Zhou, Wilkinson, Schreiber & Pan, "Large-scale Parallel Collaborative Filtering for the
 * Netflix Prize", AAIM 2008, section 3):
 *     sum over train ratings of (r - x_u . y_i)^2 + decay (sum n_u |x_u|^2 + sum n_i |y_i|^2)
 * with n the number of ratings, and, where config->has_biases, biases in two columns as in mf.h.
 *
 * ials, of what was rated (Hu, Koren & Volinsky, ICDM 2008; in the form of Rendle, Krichene, Zhang & Koren,
 * "Revisiting the Performance of iALS", RecSys 2022, eqs. 1-3 with nu = 1):
 *     sum over train ratings of (1 - x_u . y_i)^2 + unobserved * sum over all pairs of (x_u . y_i)^2
 *         + decay (sum (n_u + unobserved * movies) |x_u|^2 + sum (n_i + unobserved * users) |y_i|^2)
 * whose second sum needs nothing but the dim x dim Gram matrix of the other side.
 *
 * config->cg steps of conjugate gradients begin at the rows of the last sweep; dim of them solve exactly. They are
 * preconditioned by the diagonal of what is expected of a vertex's matrix (kernels/conjugate_gradients.h). ials
 * first rotates all rows into the basis in which the Gram matrix is diagonal, which changes no score: there the
 * preconditioner holds most of the matrix, so that two steps do what three to five do
 * without it, and the Gram matrix is
 * multiplied column by column. That one method is the fastest at 64 to 2,048 columns (docs/decisions/051-in-the-basis-of-the-gram-matrix.md). */
#ifndef HR_TRAINER_MODELS_ALS_H
#define HR_TRAINER_MODELS_ALS_H

#include "trainer/models/model.h"

extern const hr_model hr_als, hr_ials;

#endif
