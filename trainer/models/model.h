/* A model, as the training loop knows it: one table of functions, in a file of its own.
 *
 * Every rank holds the parameter rows of the vertices it owns. Forward, a model computes output rows from
 * them, whose dot products, or an MLP, score a user and a movie. Backward, it computes the gradient by the
 * parameters from the gradient by the outputs. It works by the three moves of graph_context.h and knows
 * nothing of MPI, sampling, loss or optimiser. Every sum that it makes over edges or vertices is one of
 * numerics/summation.h. A model that counts or solves computes its rows by itself. */
#ifndef HR_TRAINER_MODELS_MODEL_H
#define HR_TRAINER_MODELS_MODEL_H

#include "io/base/error.h"
#include "partition/cut/graph.h"
#include "trainer/graph/graph_context.h"
#include "trainer/loss/loss_config.h"
#include "trainer/models/model_config.h"
#include "trainer/models/rating_scores.h"
#include "trainer/models/user_inputs.h"
#include "trainer/numerics/dense_parts.h"
#include "trainer/numerics/row_sums.h"
#include "trainer/sampling/dropout.h"

#include <stdbool.h>
#include <stdint.h>

/* Most losses that a model has. */
enum { HR_MAX_LOSSES = 4 };

/* Whether an MLP may score a model's output rows, instead of their dot products. */
typedef enum hr_mlp_use {
    HR_MLP_NEVER,
    HR_MLP_WHOLE, /* it may, beside the product of whole rows */
    HR_MLP_HALVES /* it does, and reads the second half; the first is multiplied */
} hr_mlp_use;

typedef struct hr_model {
    const char *name;    /* as --model takes it */
    const char *summary; /* one line, with the source */

    hr_loss losses[HR_MAX_LOSSES]; /* those it can be trained by, the usual one first; HR_LOSS_OWN: no more */
    hr_mlp_use mlp;
    bool wants_features;  /* whether it reads the movies' genres */
    bool wants_ratings;   /* whether it reads ratings whatever the loss */
    bool mixes_columns;   /* whether it can't be trained in a grid of column groups */
    bool rounds_by_ranks; /* whether last bits depend on the number of ranks: it refuses --reproducible */
    bool is_symmetric;    /* whether forward is a symmetric linear map: what a spectral start needs */

    /* Options of train whose defaults differ from LightGCN's, as on a command line, then those that also
     * differ with --loss mse. NULL: none. */
    const char *defaults, *rating_defaults;

    /* Fills in what the options leave to the graph's size. NULL: nothing. Local. */
    void (*complete)(hr_model_config *config, hr_graph_size graph);

    /* Whether the configuration fits the model: HR_USAGE. NULL: any does. Local. */
    hr_status (*check)(const hr_model_config *config, hr_error *err);

    /* The table that takes this one's role with --loss mse and --optimiser sgd: ratings edge by edge, instead of
     * gradients of batches. NULL: there is none. */
    const struct hr_model *descent;

    /* Makes the model's own memory, to be freed by destroy. Rows have dim = graph->grid.columns columns. The
     * graph and the configuration must outlive it. Called by all ranks; it may be collective, and all then return
     * the same status. HR_MEMORY, HR_COMM. */
    hr_status (*create)(void **state, hr_graph_context *graph, const hr_model_config *config, hr_error *err);
    void (*destroy)(void *state);

    /* For a model that is not trained by gradients of batches, NULL for all others: improves the parameters
     * (owned x dim) in one step, which is an epoch. backward is NULL, and so is forward where the outputs are
     * the parameters.
     *   learning_rate  of the step, for a model that has one
     *   loss           receives its objective, the same on all ranks
     * Collective. */
    hr_status (*solve)(void *state, double learning_rate, float *parameters, double *loss, hr_error *err);

    bool is_counted; /* whether solve makes the rows of the ratings alone, whatever they were */

    /* Dense weights, the same on all ranks: their number, and their start, a function of the seed alone. NULL
     * for a model without. */
    int64_t (*dense_count)(const hr_graph_context *graph, const hr_model_config *config);
    void (*dense_start)(void *state, uint64_t seed, float *dense);

    /* Adds their matrices and vectors, in their order: dense_parts.h.
     *   count  of dense_count
     * Local. */
    void (*dense_parts)(const hr_model_config *config, int64_t count, hr_dense_parts *parts);

    /* parameters (owned x dim) and dense weights -> output: the owned rows of an (owned + ghosts) x dim
     * array; its ghost rows are left undefined.
     *   step  that is made, for what is left out at random (dropout.h), or HR_AT_REST
     * Collective. */
    hr_status (*forward)(void *state, int64_t step, const float *parameters, const float *dense,
                         float *output, hr_error *err);

    /* The adjoint of the derivative of the last forward: gradient of the outputs (owned x dim) -> gradient of
     * the parameters, owned x dim, which may be the same array, and this rank's share of the gradient of the
     * dense weights, which is added to dense_gradient, sums of graph->summation (dense_gradient.h), and
     * handed to hr_graph_sum_dense part by part, as soon as a part is complete. Collective. */
    hr_status (*backward)(void *state, const float *gradient, const float *dense, float *parameter_gradient,
                          const hr_row_sums *dense_gradient, hr_error *err);

    /* How scores are computed of users' ratings. NULL: they are products of output rows. */
    const hr_rating_scores *by_ratings;

    /* What the row of a user that training did not see is computed of. NULL: of output rows alone. */
    const hr_user_inputs *user_inputs;
} hr_model;

/* Whether the model can be trained by that loss. */
bool hr_model_has_loss(const hr_model *model, hr_loss loss);

/* The model of that name. HR_USAGE, naming those there are, otherwise. */
hr_status hr_model_find(const char *name, const hr_model **model, hr_error *err);

/* The same, where another option than --model names it. */
hr_status hr_model_find_of(const char *option, const char *name, const hr_model **model, hr_error *err);

/* All models, ending with a NULL. */
extern const hr_model *const hr_models[];

#endif
