#include "trainer/models/mf.h"

#include "io/memory.h"
#include "trainer/models/bias_columns.h"
#include "trainer/models/parameter_rows.h"
#include "trainer/sampler.h"

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
    m->mean = options->loss == HR_LOSS_MSE ? (float)graph->mean_rating : 0.0F;
    *state = m;
done:
    return status;
}

static hr_status forward(void *state, int64_t step, const float *parameters, const float *dense,
                         float *output, hr_error *err)
{
    (void)step;
    (void)dense;
    (void)err;
    hr_parameter_rows_copy(((mf *)state)->graph, parameters, output);
    hr_bias_columns_set(((mf *)state)->graph, output, 1.0F, ((mf *)state)->mean);
    return HR_OK;
}

static hr_status backward(void *state, const float *gradient, const float *dense, float *parameter_gradient,
                          float *dense_gradient, hr_error *err)
{
    (void)dense;
    (void)dense_gradient;
    (void)err;
    hr_parameter_rows_copy(((mf *)state)->graph, gradient, parameter_gradient);
    hr_bias_columns_set(((mf *)state)->graph, parameter_gradient, 0.0F, 0.0F);
    return HR_OK;
}

static void defaults(hr_train_options *options)
{
    options->layers = 0;
    options->spectral_rounds = 0;
    options->decay = 0.05;
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
    .losses = {HR_LOSS_MSE, HR_LOSS_BPR, HR_LOSS_SOFTMAX, HR_LOSS_BCE},
    .defaults = defaults,
    .create = create,
    .destroy = free,
    .forward = forward,
    .backward = backward,
};
