/* Matrix factorisation with biases (Koren, Bell & Volinsky, "Matrix Factorization Techniques for Recommender
 * Systems", IEEE Computer 2009, eq. 4):
 *     score(u, i) = mean + b_u + b_i + p_u . q_i
 * with the mean where ratings are regressed, 0 otherwise. Of dim columns two are for biases (bias_columns.h).
 */
#ifndef HR_TRAINER_MODELS_MF_H
#define HR_TRAINER_MODELS_MF_H

#include "trainer/models/model.h"

extern const hr_model hr_mf;

#endif
