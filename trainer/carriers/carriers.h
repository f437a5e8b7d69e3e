/* What carries a user's row: the row as a sum, own + a message of each of the user's movies. What a message is depends on
 * the model:
 *
 *   lightgcn   propagation is linear, and a path from the user's output to a row of layer 0 begins at the user, or goes
 *              first to one of the user's movies: the message is the sum over all paths that go first to that movie, and
 *              `own` the user's row of layer 0 divided by layers + 1 (He et al. 2020, eqs. 3 and 4, unrolled once)
 *   als, ials  the row solves A x = sum of c_i y_i, so that the message is c_i A^-1 y_i, and y_m . A^-1 y_i an item-item
 *              weight (Hu, Koren & Volinsky, ICDM 2008, section 5). With biases c_i is the rating minus the mean and the
 *              movie's bias, and the mean is apart. `own` is what the checkpoint's row has beside it: the movies' rows
 *              were solved for after the user's, and conjugate gradients end early
 *   mf         of ratings: likewise, by the same least squares of one user
 *   sage       what the last layer takes from a movie: its row of the layer before, through the layer's matrix, divided by
 *              the user's number of movies where the mean is taken; `own` is the layer's product with the user's row and
 *              its bias
 *   gat, gatv2 likewise, multiplied by the attention that the user pays to the movie, head by head
 *   others     (mf of rankings, ncf, hybrid) no movie's row is in the user's. Training with decay leaves a row that is a
 *              sum of gradients of the scores of the user's movies, and of movies not rated (the representer theorem; for
 *              networks Yeh et al., NeurIPS 2018). The message is a_i g_i, g_i the gradient of the score of movie i by the
 *              user's row, with a = argmin |row - sum a_i g_i|^2 + e |a|^2, e a tenth of the mean of |g_i|^2: ridge
 *              regression. `own` is the rest
 *
 * Columns of biases take no part: they are zeros here. */
#ifndef HR_TRAINER_CARRIERS_CARRIERS_H
#define HR_TRAINER_CARRIERS_CARRIERS_H

#include "io/base/error.h"
#include "trainer/carriers/subject.h"

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise; free with hr_carriers_free. */
typedef struct hr_carriers {
    int64_t count, dim; /* messages, columns */
    double *own;        /* [dim] */
    double *message;    /* [count x dim] */
    bool normalised;    /* whether the output row is the sum divided by its length (sage --row-norm) */
    const char *own_name;
} hr_carriers;

/* Memory for the messages of `count` movies, zeros. Local. HR_MEMORY. */
hr_status hr_carriers_create(hr_carriers *carriers, int64_t count, int64_t dim, hr_error *err);
void hr_carriers_free(hr_carriers *carriers);

/* own = the user's row minus all messages; biases are left out. */
void hr_carriers_set_rest(hr_carriers *carriers, const hr_explained_model *model, const float *row);

/* sum [dim] of own and all messages. */
void hr_carriers_sum(const hr_carriers *carriers, double *sum);

#endif
