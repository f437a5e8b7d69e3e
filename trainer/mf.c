#include "trainer/mf.h"

#include "io/memory.h"
#include "trainer/sampler.h"

#include <string.h>

typedef struct mf {
    const hr_graph_context *graph;
    float mean;
} mf;

static hr_status create(void **state, hr_graph_context *graph, const hr_train_options *options, hr_error *err)
{
    hr_status status = HR_OK;
    mf *m = NULL;
    HR_ALLOC(m, 1);
    m->graph = graph;
    m->mean = options->loss == HR_LOSS_MSE ? (float)graph->rating.mean : 0.0F;
    *state = m;
done:
    return status;
}

/* The place of a column of whole rows in this rank's, or -1. */
static int64_t column_here(const mf *m, int64_t column)
{
    const int64_t here = column - m->graph->grid.first_column;
    return here >= 0 && here < m->graph->grid.columns ? here : -1;
}

/* Writes `one` where rows have a constant 1, adds `mean` to the users' biases. */
static void set_constants(const mf *m, float *rows, float one, float mean)
{
    const int64_t users = m->graph->shard.owned_users, dim = m->graph->grid.columns;
    const int64_t at[2] = {column_here(m, 0), column_here(m, 1)};
    for (int64_t v = 0; v < m->graph->shard.owned; v++) {
        const bool is_user = v < users;
        const int64_t constant = at[is_user ? 0 : 1];
        if (constant >= 0)
            rows[v * dim + constant] = one;
        if (is_user && at[1] >= 0)
            rows[v * dim + at[1]] += mean;
    }
}

static void copy_rows(const mf *m, const float *from, float *to)
{
    if (from != to)
        memcpy(to, from, (size_t)(m->graph->shard.owned * m->graph->grid.columns) * sizeof *to);
}

static hr_status forward(void *state, const float *parameters, float *output, hr_error *err)
{
    (void)err;
    copy_rows(state, parameters, output);
    set_constants(state, output, 1.0F, ((mf *)state)->mean);
    return HR_OK;
}

static hr_status backward(void *state, const float *gradient, float *parameter_gradient, hr_error *err)
{
    (void)err;
    copy_rows(state, gradient, parameter_gradient);
    set_constants(state, parameter_gradient, 0.0F, 0.0F);
    return HR_OK;
}

static void defaults(hr_train_options *options)
{
    options->layers = 0;
    options->spectral_rounds = 0;
    if (options->loss != HR_LOSS_MSE)
        return;
    options->sample = HR_SAMPLE_EDGE;
    options->deviation = 0.02;
    options->decay = 0.1;
    options->ridge = 10.0;
    options->epochs = 25;
    options->eval_every = 1;
}

const hr_model hr_mf = {
    .name = "mf",
    .summary = "matrix factorisation with biases (Koren et al. 2009)",
    .losses = {HR_LOSS_MSE, HR_LOSS_BPR},
    .defaults = defaults,
    .create = create,
    .destroy = free,
    .forward = forward,
    .backward = backward,
};
