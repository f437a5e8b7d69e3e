/* Rows of models that compute a user's row from those of the user's movies. The inputs of the movies are those of training:
 * the newcomer is no neighbour of theirs. h_0 are the user's own parameters, by the linear map of user_map.h; n is the number of
 * the user's movies; those that the user dislikes are none of them.
 *
 *     lightgcn    row = h_0 / (layers + 1) + n^-p * sum of c_i                           (models/lightgcn.h)
 *     sage        h' = f(h W_self + (mean or sum of h_i) W_near + b), layer by layer from h_0      (models/sage.h)
 *     gat, gatv2  h' = f(h W_self + sum of a_i S_i + b), a the softmax over i of e_i, likewise  (models/gat.h, layers/attention.h) */
#ifndef HR_TRAINER_FOLD_IN_LAYERS_H
#define HR_TRAINER_FOLD_IN_LAYERS_H

#include "trainer/fold_in/method.h"

extern const hr_fold_in_method hr_fold_in_lightgcn, hr_fold_in_sage, hr_fold_in_gat;

/* The row of lightgcn, before steps of training (hard_negatives.h). Local. */
void hr_fold_in_propagate(const hr_fold_in *f, hr_fold_in_workspace *w, const hr_known_ratings *known,
                          float *row);

/* Whether rows have columns of biases. */
bool hr_fold_in_has_biases(const hr_fold_in *f);

/* Takes a user's row through the first `layers` layers of sage, gat or gatv2, in place: from parameters [dim], or zeros,
 * to the inputs of layer number `layers`. Local. */
void hr_fold_in_layers(const hr_fold_in *f, hr_fold_in_workspace *w, const hr_known_ratings *known,
                       int64_t layers, float *row);

/* Writes the columns of biases of a row of parameters or of outputs of layers, unless the model has none: 1 in the first, and the
 * mean rating, where ratings are predicted, added to the second (layers/bias_columns.h). Local. */
void hr_fold_in_set_biases(const hr_fold_in *f, float *row);

#endif
