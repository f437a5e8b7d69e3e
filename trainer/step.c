#include "trainer/step.h"

#include "io/memory.h"
#include "trainer/adam.h"
#include "trainer/sgd.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* Rows whose squares are summed together, whatever thread does it. */
enum { L2_CHUNK = 1024 };

/* Samples and whatever the loss needs. */
static hr_status loss_new(hr_stepper *stepper, const hr_train_options *options, hr_error *err)
{
    hr_status status = HR_OK;
    hr_graph_context *graph = stepper->graph;
    const uint64_t seed = (uint64_t)options->seed;
    const int64_t batch = stepper->sampler.batch, columns = graph->grid.columns;
    HR_ALLOC(stepper->positives, batch);
    if (options->loss == HR_LOSS_MSE)
        return hr_regression_create(&stepper->regression, graph, batch, err);
    HR_TRY(hr_pool_create(&stepper->pool, options->pool, batch, columns, err));
    HR_TRY(hr_bpr_create(&stepper->bpr, &graph->shard, &graph->grid.groups, seed,
                         hr_train_hard_negatives(options, graph->shard.movies), batch, err));
done:
    return status;
}

static hr_status stepper_new(hr_stepper *stepper, const hr_train_options *options, hr_error *err)
{
    hr_status status = HR_OK;
    hr_graph_context *graph = stepper->graph;
    const int64_t rows = graph->shard.owned + graph->shard.ghosts, columns = graph->grid.columns;
    stepper->options = options;
    stepper->sampler = (hr_sampler){&graph->locate, (hr_sample_mode)options->sample, (uint64_t)options->seed,
                                    hr_train_batch(options, graph->shard.edges_total)};
    HR_TRY(hr_model_find(options->model, &stepper->model, err));
    if (options->spectral_rounds > 0 && !stepper->model->is_symmetric)
        HR_TRY(hr_fail(err, HR_USAGE,
                       "--spectral-rounds %" PRId64 ": --model %s has no spectral start; leave it out",
                       options->spectral_rounds, options->model));
    HR_TRY(stepper->model->create(&stepper->model_state, graph, options, err));
    HR_ALLOC(stepper->output, rows * columns);
    if (stepper->model->sweep)
        return HR_OK;
    HR_TRY(loss_new(stepper, options, err));
    HR_ALLOC(stepper->gradient, rows * columns);
    HR_ALLOC(stepper->dense_gradient, hr_stepper_dense_count(stepper));
    HR_ALLOC(stepper->uses, rows);
    HR_ALLOC(stepper->chunk_sum, rows / L2_CHUNK + 1);
done:
    return status;
}

hr_status hr_stepper_create(hr_stepper *stepper, hr_graph_context *graph, const hr_train_options *options,
                            hr_error *err)
{
    stepper->graph = graph;
    hr_status status = stepper_new(stepper, options, err);
    return hr_agree(&graph->grid.world, status, NULL, err);
}

void hr_stepper_free(hr_stepper *stepper)
{
    if (stepper->model)
        stepper->model->destroy(stepper->model_state);
    hr_pool_free(&stepper->pool);
    hr_bpr_free(&stepper->bpr);
    hr_regression_free(&stepper->regression);
    free(stepper->positives);
    free(stepper->output);
    free(stepper->gradient);
    free(stepper->dense_gradient);
    free(stepper->uses);
    free(stepper->chunk_sum);
    *stepper = (hr_stepper){0};
}

int64_t hr_stepper_dense_count(const hr_stepper *stepper)
{
    const hr_model *model = stepper->model;
    return model->dense_count ? model->dense_count(stepper->graph, stepper->options) : 0;
}

void hr_stepper_dense_start(const hr_stepper *stepper, hr_state *state)
{
    if (state->dense_count > 0)
        stepper->model->dense_start(stepper->model_state, (uint64_t)stepper->options->seed, state->dense);
}

int64_t hr_stepper_epoch_steps(const hr_stepper *stepper)
{
    return stepper->model->sweep ? 1 : hr_sampler_epoch_steps(&stepper->sampler);
}

int64_t hr_stepper_loss_bytes(const hr_stepper *stepper)
{
    return stepper->pool.bytes + stepper->bpr.bytes;
}

hr_status hr_stepper_output(hr_stepper *stepper, const hr_state *state, float *output, hr_error *err)
{
    const size_t bytes = (size_t)(state->rows * state->dim) * sizeof *output;
    if (stepper->model->sweep) {
        memcpy(output, state->parameter, bytes);
        return HR_OK;
    }
    const hr_status status =
        stepper->model->forward(stepper->model_state, state->parameter, state->dense, stepper->output, err);
    memcpy(output, stepper->output, bytes);
    return status;
}

/* uses times the squared length of rows first … end - 1. */
static double l2_of_rows(const hr_state *state, const float *uses, int64_t first, int64_t end)
{
    double sum = 0.0;
    for (int64_t row = first; row < end; row++) {
        const float *restrict parameter = state->parameter + row * state->dim;
        float square = 0.0F;
        if (uses[row] == 0.0F)
            continue;
#pragma omp simd reduction(+ : square)
        for (int64_t c = 0; c < state->dim; c++)
            square += parameter[c] * parameter[c];
        sum += (double)uses[row] * (double)square;
    }
    return sum;
}

/* The L2 term: decay / (2 batch) * sum over uses of the squared length of the used rows. */
static double l2_loss(const hr_stepper *stepper, const hr_state *state)
{
    const int64_t chunks = (state->rows + L2_CHUNK - 1) / L2_CHUNK;
    double sum = 0.0;
#pragma omp parallel for schedule(static)
    for (int64_t chunk = 0; chunk < chunks; chunk++) {
        const int64_t first = chunk * L2_CHUNK, end = first + L2_CHUNK;
        stepper->chunk_sum[chunk] =
            l2_of_rows(state, stepper->uses, first, end < state->rows ? end : state->rows);
    }
    for (int64_t chunk = 0; chunk < chunks; chunk++)
        sum += stepper->chunk_sum[chunk];
    return 0.5 * stepper->options->decay / (double)stepper->sampler.batch * sum;
}

static void clear(float *values, int64_t count)
{
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < count; i++)
        values[i] = 0.0F;
}

/* Pool and BPR, from outputs on all rows to their gradient, all samples of this rank; the negatives' share of
 * the gradient is still in the pool. */
static hr_status rank_samples(hr_stepper *stepper, const hr_state *state, int64_t count, double *loss,
                              hr_error *err)
{
    hr_status status = HR_OK;
    hr_graph_context *graph = stepper->graph;
    HR_TRY(hr_pool_draw(&stepper->pool, graph, stepper->sampler.seed, state->step, stepper->positives, count,
                        err));
    HR_TRY(hr_pool_gather(&stepper->pool, graph, stepper->output, err));
    HR_TRY(hr_bpr_step(&stepper->bpr, state->step, stepper->positives, count,
                       1.0 / (double)stepper->sampler.batch, stepper->output, &stepper->pool,
                       stepper->gradient, stepper->uses, loss, err));
done:
    return status;
}

/* Samples and loss: from outputs on all rows to their gradient on owned rows. */
static hr_status loss_gradient(hr_stepper *stepper, const hr_state *state, double *loss, hr_error *err)
{
    hr_status status = HR_OK;
    hr_graph_context *graph = stepper->graph;
    const bool regresses = stepper->options->loss == HR_LOSS_MSE;
    const int64_t rows = state->rows + graph->shard.ghosts;
    double start = MPI_Wtime();
    const int64_t count = hr_sampler_draw(&stepper->sampler, state->step, stepper->positives);
    clear(stepper->gradient, rows * state->dim);
    clear(stepper->uses, rows);
    if (regresses)
        HR_TRY(hr_regression_step(&stepper->regression, stepper->positives, count,
                                  1.0 / (double)stepper->sampler.batch, stepper->output, stepper->gradient,
                                  stepper->uses, loss, err));
    else
        HR_TRY(rank_samples(stepper, state, count, loss, err));
    if (graph->grid.groups.rank > 0)
        *loss = 0.0; /* the same samples as those of group 0 */
    hr_timing_add(&graph->timing, HR_TIME_LOSS, start);
    HR_TRY(hr_graph_reduce_counted(graph, stepper->gradient, stepper->uses, state->dim, err));
    start = MPI_Wtime();
    if (!regresses)
        HR_TRY(hr_pool_return(&stepper->pool, graph, stepper->gradient, stepper->uses, err));
    *loss += l2_loss(stepper, state);
    HR_TRY(hr_sum_f64(&graph->grid.world, loss, 1, err));
    hr_timing_add(&graph->timing, HR_TIME_LOSS, start);
done:
    return status;
}

hr_status hr_stepper_gradient(hr_stepper *stepper, const hr_state *state, double *loss, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_model *model = stepper->model;
    HR_TRY(model->forward(stepper->model_state, state->parameter, state->dense, stepper->output, err));
    HR_TRY(hr_graph_scatter(stepper->graph, stepper->output, state->dim, err));
    HR_TRY(loss_gradient(stepper, state, loss, err));
    clear(stepper->dense_gradient, state->dense_count);
    HR_TRY(model->backward(stepper->model_state, stepper->gradient, state->dense, stepper->gradient,
                           stepper->dense_gradient, err));
    const double start = MPI_Wtime();
    HR_TRY(hr_sum_f32(&stepper->graph->grid.parts, stepper->dense_gradient, state->dense_count, err));
    hr_timing_add(&stepper->graph->timing, HR_TIME_DENSE, start);
done:
    return status;
}

/* Dense weights follow theirs by Adam, at a step size of their own that goes as the rows' does. */
static void move_dense(hr_stepper *stepper, hr_state *state, double rate)
{
    const hr_train_options *o = stepper->options;
    const float unused = 0.0F;
    const hr_adam adam = {rate / o->lr * o->dense_lr, 0.0, 0.0};
    if (state->dense_count > 0)
        hr_adam_step(&adam, state->step, 1, state->dense_count, state->dense, state->dense_first,
                     state->dense_second, stepper->dense_gradient, &unused);
}

/* Follows the gradient in stepper->gradient. */
static void move_parameters(hr_stepper *stepper, hr_state *state)
{
    const double start = MPI_Wtime();
    const hr_train_options *o = stepper->options;
    const double batch = (double)stepper->sampler.batch, decay = o->decay / batch;
    const double ridge = o->ridge / (double)stepper->graph->shard.edges_total;
    const double rate = hr_train_rate(o, state->step, o->epochs * hr_stepper_epoch_steps(stepper));
    const hr_adam adam = {rate, decay, ridge};
    const hr_sgd sgd = {rate * batch, decay, ridge};
    if (o->optimiser == HR_OPTIMISER_SGD)
        hr_sgd_step(&sgd, state->rows, state->dim, state->parameter, stepper->gradient, stepper->uses);
    else
        hr_adam_step(&adam, state->step, state->rows, state->dim, state->parameter, state->first,
                     state->second, stepper->gradient, stepper->uses);
    move_dense(stepper, state, rate);
    hr_timing_add(&stepper->graph->timing, HR_TIME_OPTIMISER, start);
}

hr_status hr_stepper_step(hr_stepper *stepper, hr_state *state, hr_error *err)
{
    hr_status status = HR_OK;
    double loss = 0.0;
    if (stepper->model->sweep)
        HR_TRY(stepper->model->sweep(stepper->model_state, state->parameter, &loss, err));
    else
        HR_TRY(hr_stepper_gradient(stepper, state, &loss, err));
    if (!isfinite(loss))
        HR_TRY(hr_fail(err, HR_USAGE,
                       "the loss of step %" PRId64 " is not finite: try a smaller --lr than %g",
                       state->step + 1, stepper->options->lr));
    if (!stepper->model->sweep)
        move_parameters(stepper, state);
    state->step++;
    state->epoch_loss += loss;
done:
    return status;
}
