/* Neural collaborative filtering, NeuMF (He et al., WWW 2017, section 3.4): one half of a row of
 * parameters is multiplied with the other vertex's (generalised matrix factorisation), the other half is
 * an input of an MLP, and an output layer joins the two (trainer/loss/mlp.h). hybrid mixes the scores of
 * ncf with content and popularity (trainer/scoring/mixture.h). */
#ifndef HR_TRAINER_MODELS_NCF_H
#define HR_TRAINER_MODELS_NCF_H

#include "trainer/models/model.h"

extern const hr_model hr_ncf, hr_hybrid;

#endif
