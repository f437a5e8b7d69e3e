/* What a model is to the training loop: one table of functions, one file a model.
 *
 * Every rank holds the parameter rows of the vertices it owns. A model turns them into output rows, whose
 * dot products score a user and a movie, and the gradient of the outputs back into one of the parameters.
 * It works on the three moves of graph_context.h and knows nothing of MPI, sampling, loss or optimiser. */
#ifndef HR_TRAINER_MODEL_H
#define HR_TRAINER_MODEL_H

#include "io/error.h"
#include "trainer/graph_context.h"

#include <stdint.h>

/* What a model is made with. */
typedef struct hr_model_shape {
    int64_t dim;    /* columns of a row */
    int64_t layers; /* propagation steps */
    hr_wire wire;   /* how rows travel between ranks */
} hr_model_shape;

typedef struct hr_model {
    const char *name;    /* as --model takes it */
    const char *summary; /* one line, with the source */

    /* Makes the model's own memory, to be freed by destroy. Local. HR_MEMORY. */
    hr_status (*create)(void **state, hr_graph_context *graph, const hr_model_shape *shape, hr_error *err);
    void (*destroy)(void *state);

    /* parameters (owned x dim) -> output: the owned rows of an (owned + ghosts) x dim array; its ghost rows
     * are left undefined. Collective. */
    hr_status (*forward)(void *state, const float *parameters, float *output, hr_error *err);

    /* The adjoint of forward's derivative: gradient of the outputs (owned x dim) -> gradient of the
     * parameters, owned x dim; the two may be the same array. Collective. */
    hr_status (*backward)(void *state, const float *gradient, float *parameter_gradient, hr_error *err);
} hr_model;

/* The model of that name. HR_USAGE, naming those there are, otherwise. */
hr_status hr_model_find(const char *name, const hr_model **model, hr_error *err);

/* All models, ending with a NULL. */
extern const hr_model *const hr_models[];

#endif
