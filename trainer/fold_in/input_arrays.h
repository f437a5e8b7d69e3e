/* What the rows of users that training did not see are computed of, beside output rows, as one array that a checkpoint
 * keeps (dense/fold_in):
 *
 *     matrices  [matrices x movies x dim]   of movies' rows, in global order   (trainer/models/user_inputs.h)
 *     weights   [weights]                   of users
 *     range     [3]                         mean, lowest and highest of the train ratings, where ratings are predicted
 *
 * lightgcn, sage, gat and gatv2 have matrices, the last three weights; the model's header says which. */
#ifndef HR_TRAINER_FOLD_IN_INPUT_ARRAYS_H
#define HR_TRAINER_FOLD_IN_INPUT_ARRAYS_H

#include "io/base/error.h"
#include "trainer/graph/graph_context.h"
#include "trainer/models/model_config.h"

#include <stdint.h>

/* Where the parts of the array are. */
typedef struct hr_input_arrays {
    int64_t matrices, weights; /* how many */
    int64_t first_weight;      /* offsets */
    int64_t range;             /* or -1 */
    int64_t count;             /* floats of the whole; 0: the model needs none */
} hr_input_arrays;

hr_input_arrays hr_input_arrays_of(const hr_model_config *config, int64_t movies);

/* Fills the array on each rank. The last forward of the model's state was of these parameters [owned x columns] and
 * dense weights. Collective; all ranks return the same status. HR_MEMORY, HR_COMM. */
hr_status hr_input_arrays_collect(hr_graph_context *graph, const hr_model_config *config, void *model_state,
                                  const float *parameters, const float *dense, float *array, hr_error *err);

#endif
