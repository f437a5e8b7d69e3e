/* Neural collaborative filtering, NeuMF (He et al., WWW 2017, section 3.4): of a row of parameters one half
 * is multiplied with the other side's (generalised matrix factorisation), the other goes into an MLP of
 * hidden layers, and an output layer joins the two (trainer/loss/mlp.h). The hybrid is the same, its
 * scores mixed with content and popularity (trainer/scoring/mixture.h). */
#ifndef HR_TRAINER_MODELS_NCF_H
#define HR_TRAINER_MODELS_NCF_H

#include "trainer/models/model.h"

extern const hr_model hr_ncf, hr_hybrid;

#endif
