/* Carriers of rows that layers make: lightgcn, sage, gat and gatv2 (carriers.h), from what a checkpoint keeps of the
 * movies' rows below (trainer/fold_in/input_arrays.h). */
#ifndef HR_TRAINER_CARRIERS_LAYER_CARRIERS_H
#define HR_TRAINER_CARRIERS_LAYER_CARRIERS_H

#include "trainer/carriers/carriers.h"

/* What a layer reads. */
typedef struct hr_layer_inputs {
    const float *weights; /* of users, as trainer/fold_in/input_arrays.h has them; NULL for lightgcn */
    const float *user;    /* [dim] the user's row of the layer before; of lightgcn that of layer 0 */
    const float *movies;  /* [movies x dim] the matrix of the layer */
} hr_layer_inputs;

/* The carriers are created. Local. HR_MEMORY. */
hr_status hr_layer_carriers(hr_carriers *carriers, const hr_explained_model *model, const hr_subject *subject,
                            const hr_layer_inputs *inputs, hr_error *err);

#endif
