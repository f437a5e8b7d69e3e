/* Rows that solve a least-squares problem of one user, by Cholesky's factorisation.
 *
 * Ratings, of als (models/als.h; Zhou et al. 2008) and of mf (models/mf_descent.h), with n of them:
 *     sum over the user's ratings of (r - x . y_i)^2 + weight |x|^2,
 *     weight = decay n + ridge of als, and half of that of mf, whose bias counts 0.4 times in the first term.
 * Where there are biases the first column is 1 and the second is regularised towards the mean rating.
 *
 * Movies, of ials (models/als.h; Rendle et al. 2022), with n that the user likes:
 *     sum over these of (1 - x . y_i)^2 + sum over those that the user dislikes of (x . y_i)^2
 *         + unobserved * sum over all movies of (x . y_i)^2 + (decay (n + unobserved * movies) + ridge) |x|^2 */
#ifndef HR_TRAINER_FOLD_IN_LEAST_SQUARES_H
#define HR_TRAINER_FOLD_IN_LEAST_SQUARES_H

#include "trainer/fold_in/method.h"

extern const hr_fold_in_method hr_fold_in_ratings, hr_fold_in_movies;

/* Solves (w->matrix + weight I) x = w->vector, of the lower triangle, for the row; leaves the row where there is no
 * solution. Local. */
void hr_fold_in_solve(hr_fold_in_workspace *w, int64_t dim, double weight, float *row);

/* wide = row. matrix += y y', the lower triangle by rows. */
void hr_fold_in_widen(const float *row, double *wide, int64_t dim);
void hr_fold_in_add_square(double *matrix, const double *y, int64_t dim);

#endif
