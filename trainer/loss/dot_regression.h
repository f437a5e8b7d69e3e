/* Regression of ratings: loss = sum over samples of (score(u, i) - rating)^2. */
#ifndef HR_TRAINER_LOSS_DOT_REGRESSION_H
#define HR_TRAINER_LOSS_DOT_REGRESSION_H

#include "io/base/error.h"
#include "trainer/graph/graph_context.h"
#include "trainer/sampling/sampler.h"

#include <stdint.h>

/* Zero-initialise; free with hr_regression_free. */
typedef struct hr_regression {
    const hr_graph_context *graph;
    float *score; /* [batch], then derivatives by the score */
} hr_regression;

/* The graph, with its ratings read, must outlive it. Local. HR_MEMORY. */
hr_status hr_regression_create(hr_regression *regression, const hr_graph_context *graph, int64_t batch,
                               hr_error *err);
void hr_regression_free(hr_regression *regression);

/* Loss and gradient of this rank's samples of a step.
 *   output    (owned + ghosts) x columns, all rows of the samples' users and movies filled
 *   scale     factor of loss and gradient: 1 / batch gives the mean
 *   gradient  (owned + ghosts) x columns: d loss / d output is added
 *   uses      [owned + ghosts]: how often a row was a sample's user or movie is added
 *   unit      of the losses' sum (exact.h), or 0
 *   loss      receives the scaled loss
 * Does not depend on the number of threads. Collective over the grid's groups. HR_COMM. */
hr_status hr_regression_step(hr_regression *regression, const hr_positive *positives, int64_t count,
                             double scale, const float *output, const hr_row_sums *gradient, float *uses,
                             double unit, double *loss, hr_error *err);

#endif
