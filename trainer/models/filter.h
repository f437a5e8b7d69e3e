/* Graph filters: scores by the train graph alone, with a few options and no parameters (trainer/filters/filter.h).
 *
 * Training finds the singular vectors of the ideal low pass and, on train ratings that it holds out, the options that are
 * not given (filters/filter_choice.h). A movie's row is its row of Di^q V, a user's beta times its row of R Di^-q V, so that
 * their product is the ideal low pass without sharpening; scores are of the user's ratings. Each rank holds the train graph
 * whole, and scores its own users. A checkpoint keeps
 *
 *     weight/filter  float [7]: user power, movie power, degree, step, beta, vectors, largest eigenvalue of N'N */
#ifndef HR_TRAINER_MODELS_FILTER_H
#define HR_TRAINER_MODELS_FILTER_H

#include "trainer/models/model.h"

extern const hr_model hr_filter_model;

#endif
