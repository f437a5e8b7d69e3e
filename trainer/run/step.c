#include "trainer/run/step.h"

#include "io/base/memory.h"
#include "trainer/fold_in/input_arrays.h"
#include "trainer/kernels/scores.h"
#include "trainer/optimiser/optimiser.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* Samples, loss and room for the gradients. */
static hr_status loss_new(hr_stepper *stepper, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_shard *shard = &stepper->graph->shard;
    const int64_t rows = shard->owned + shard->ghosts, columns = stepper->graph->grid.columns;
    const hr_dense_counts dense = hr_stepper_dense_counts(stepper);
    const hr_train_config *config = stepper->config;
    stepper->loss = hr_loss_ops_of(&config->loss);
    HR_TRY(
        stepper->loss->create(&stepper->loss_state, stepper->graph, &config->loss, &config->sampling, err));
    HR_ALLOC_SHARED(stepper->positives, config->sampling.batch);
    HR_TRY(hr_row_sums_create(&stepper->sums, rows * columns, stepper->graph->summation, err));
    stepper->gradient = stepper->sums.floats;
    HR_TRY(hr_row_sums_create(&stepper->dense_sums, dense.model + dense.mlp, stepper->graph->summation, err));
    HR_ALLOC_SHARED(stepper->uses, rows);
    HR_ALLOC_SHARED(stepper->row_l2, shard->owned);
done:
    return status;
}

static hr_status stepper_new(hr_stepper *stepper, const hr_train_config *config, hr_error *err)
{
    hr_status status = HR_OK;
    hr_graph_context *graph = stepper->graph;
    const hr_shard *shard = &graph->shard;
    const int64_t rows = shard->owned + shard->ghosts, columns = graph->grid.columns;
    stepper->config = config;
    stepper->sampler =
        (hr_sampler){&graph->locate, config->sampling.mode, config->sampling.seed, config->sampling.batch};
    stepper->model = config->model.table;
    HR_TRY(stepper->model->create(&stepper->model_state, graph, &config->model, err));
    HR_ALLOC_SHARED(stepper->output, rows * columns);
    if (stepper->model->solve)
        return HR_OK;
    HR_TRY(loss_new(stepper, err));
done:
    return status;
}

hr_status hr_stepper_create(hr_stepper *stepper, hr_graph_context *graph, const hr_train_config *config,
                            hr_error *err)
{
    stepper->graph = graph;
    hr_status status = stepper_new(stepper, config, err);
    return hr_agree(&graph->grid.world, status, NULL, err);
}

void hr_stepper_free(hr_stepper *stepper)
{
    if (stepper->model)
        stepper->model->destroy(stepper->model_state);
    if (stepper->loss)
        stepper->loss->destroy(stepper->loss_state);
    free(stepper->positives);
    free(stepper->output);
    hr_row_sums_free(&stepper->sums);
    hr_row_sums_free(&stepper->dense_sums);
    free(stepper->uses);
    free(stepper->row_l2);
    *stepper = (hr_stepper){0};
}

hr_dense_counts hr_stepper_dense_counts(const hr_stepper *stepper)
{
    const hr_model *model = stepper->model;
    return (hr_dense_counts){model->dense_count ? model->dense_count(stepper->graph, &stepper->config->model)
                                                : 0,
                             hr_mlp_weights(&stepper->config->loss.mlp)};
}

void hr_stepper_dense_start(const hr_stepper *stepper, hr_state *state)
{
    const uint64_t seed = stepper->config->run.seed;
    const hr_graph_context *graph = stepper->graph;
    if (state->dense_count > state->mlp_count)
        stepper->model->dense_start(stepper->model_state, seed, state->dense);
    hr_mlp_start(&stepper->config->loss.mlp, seed, graph->lowest_rating, graph->highest_rating,
                 hr_state_mlp(state));
}

hr_status hr_stepper_resume(hr_stepper *stepper, hr_state *state, const char *fingerprint, const char *path,
                            hr_error *err)
{
    const hr_rating_scores *by_ratings = stepper->model->by_ratings;
    const hr_comm *world = &stepper->graph->grid.world;
    hr_h5 *file = NULL;
    hr_checkpoint_summary summary;
    hr_status status = hr_state_load(state, stepper->graph, stepper->config, fingerprint, path, err);
    if (status != HR_OK || !by_ratings)
        return status;
    status = hr_checkpoint_open(&file, &summary, NULL, path, err);
    HR_TRY(hr_agree(world, status, NULL, err));
    HR_TRY(by_ratings->resume(stepper->model_state, file, err));
done:
    hr_h5_close(file);
    return status;
}

int64_t hr_stepper_kept_bytes(const hr_stepper *stepper)
{
    const hr_rating_scores *by_ratings = stepper->model->by_ratings;
    return by_ratings && by_ratings->kept_bytes ? by_ratings->kept_bytes(stepper->model_state) : 0;
}

hr_status hr_stepper_keep(const hr_stepper *stepper, hr_checkpoint_extras *extras, hr_error *err)
{
    const hr_rating_scores *by_ratings = stepper->model->by_ratings;
    return by_ratings ? by_ratings->keep(stepper->model_state, extras, err) : HR_OK;
}

int64_t hr_stepper_epoch_steps(const hr_stepper *stepper)
{
    return stepper->config->run.epoch_steps;
}

int64_t hr_stepper_loss_bytes(const hr_stepper *stepper)
{
    return stepper->loss ? stepper->loss->bytes(stepper->loss_state) : 0;
}

hr_status hr_stepper_output(hr_stepper *stepper, const hr_state *state, float *output, hr_error *err)
{
    const size_t bytes = (size_t)(state->rows * state->dim) * sizeof *output;
    if (!stepper->model->forward) {
        memcpy(output, state->parameter, bytes);
        return HR_OK;
    }
    const hr_status status = stepper->model->forward(stepper->model_state, HR_AT_REST, state->parameter,
                                                     state->dense, stepper->output, err);
    memcpy(output, stepper->output, bytes);
    return status;
}

hr_status hr_stepper_keep_output(hr_stepper *stepper, hr_state *state, hr_error *err)
{
    hr_state_keep_output(state, stepper->output);
    return hr_input_arrays_collect(stepper->graph, &stepper->config->model, stepper->model_state,
                                   state->parameter, state->dense, state->newcomer, err);
}

/* This rank's share of the L2 term: decay / (2 batch) * sum over uses of the squared length of the used rows.
 */
static double l2_loss(const hr_stepper *stepper, const hr_state *state)
{
    const double factor = 0.5 * stepper->config->optimiser.decay / (double)stepper->sampler.batch;
    hr_scalar_sum sum = {.unit = stepper->l2_unit};
#pragma omp parallel for schedule(static)
    for (int64_t row = 0; row < state->rows; row++) {
        const float *parameter = state->parameter + row * state->dim;
        const double uses = (double)stepper->uses[row];
        stepper->row_l2[row] =
            uses > 0.0 ? factor * uses * (double)hr_dot(parameter, parameter, state->dim) : 0.0;
    }
    for (int64_t row = 0; row < state->rows; row++)
        hr_scalar_sum_add(&sum, stepper->row_l2[row]);
    return sum.value;
}

/* States bounds of this step's sums. */
static hr_status bound_sums(hr_stepper *stepper, const hr_state *state, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_graph_context *graph = stepper->graph;
    const int64_t values = state->rows * state->dim;
    const double scores = 1.0 + (double)stepper->loss->negatives(stepper->loss_state); /* of a sample */
    const double decay = stepper->config->optimiser.decay;
    double output, parameter;
    HR_TRY(hr_graph_largest_entry(graph, stepper->output, values, &output, err));
    HR_TRY(hr_graph_largest_entry(graph, state->parameter, values, &parameter, err));
    const hr_loss_bounds bounds = stepper->loss->bounds(stepper->loss_state, hr_state_mlp(state), output);
    hr_row_sums_bound(&stepper->sums, bounds.gradient);
    stepper->loss_unit = hr_sum_unit(graph->summation, bounds.loss);
    stepper->l2_unit =
        hr_sum_unit(graph->summation, decay * scores * (double)state->dim * parameter * parameter);
done:
    return status;
}

static void clear(float *values, int64_t count)
{
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < count; i++)
        values[i] = 0.0F;
}

/* This step's samples on this rank, and where their gradients go. */
static hr_loss_batch batch_of(const hr_stepper *stepper, const hr_state *state, int64_t count,
                              const hr_row_sums *mlp_gradient)
{
    return (hr_loss_batch){.step = state->position,
                           .positives = stepper->positives,
                           .count = count,
                           .scale = 1.0 / (double)stepper->sampler.batch,
                           .unit = stepper->loss_unit,
                           .output = stepper->output,
                           .gradient = &stepper->sums,
                           .weights = hr_state_mlp(state),
                           .weight_gradient = mlp_gradient,
                           .uses = stepper->uses};
}

/* Draws samples and evaluates the loss: from outputs on all rows to their gradient on owned rows, and the
 * loss of all ranks. */
static hr_status loss_gradient(hr_stepper *stepper, const hr_state *state, double *loss, hr_error *err)
{
    hr_status status = HR_OK;
    hr_graph_context *graph = stepper->graph;
    const int64_t rows = state->rows + graph->shard.ghosts;
    double start = hr_seconds(), part[2] = {0.0, 0.0}; /* of the samples, of the L2 term */
    const int64_t count = hr_sampler_draw(&stepper->sampler, state->position, stepper->positives);
    const hr_row_sums mlp =
        hr_row_sums_from(&stepper->dense_sums, state->dense_count - state->mlp_count, 0.0);
    hr_row_sums_clear(&stepper->sums, rows * state->dim);
    hr_row_sums_clear(&stepper->dense_sums, state->dense_count);
    clear(stepper->uses, rows);
    HR_TRY(bound_sums(stepper, state, err));
    const hr_loss_batch batch = batch_of(stepper, state, count, &mlp);
    HR_TRY(stepper->loss->step(stepper->loss_state, &batch, &part[0], err));
    if (graph->grid.groups.rank > 0)
        part[0] = 0.0; /* the same samples as those of group 0 */
    hr_timing_add(&graph->timing, HR_TIME_LOSS, start);
    HR_TRY(hr_graph_reduce_sums_and_counts(graph, &stepper->sums, stepper->uses, state->dim, err));
    start = hr_seconds();
    HR_TRY(stepper->loss->finish(stepper->loss_state, &batch, err));
    part[1] = l2_loss(stepper, state);
    HR_TRY(hr_sum_f64(&graph->grid.world, part, 2, err));
    *loss = part[0] + part[1];
    hr_row_sums_round(&stepper->sums, state->rows * state->dim);
    hr_timing_add(&graph->timing, HR_TIME_LOSS, start);
done:
    return status;
}

hr_status hr_stepper_gradient(hr_stepper *stepper, const hr_state *state, double *loss, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_model *model = stepper->model;
    HR_TRY(model->forward(stepper->model_state, state->position, state->parameter, state->dense,
                          stepper->output, err));
    HR_TRY(hr_graph_scatter(stepper->graph, stepper->output, state->dim, err));
    HR_TRY(loss_gradient(stepper, state, loss, err));
    HR_TRY(hr_graph_sum_dense(stepper->graph, &stepper->dense_sums, state->dense_count - state->mlp_count,
                              state->mlp_count, err)); /* the MLP's is complete */
    HR_TRY(model->backward(stepper->model_state, stepper->gradient, state->dense, stepper->gradient,
                           &stepper->dense_sums, err));
    const double start = hr_seconds();
    HR_TRY(hr_dense_sum_end(&stepper->graph->dense_sum, err));
    hr_row_sums_round(&stepper->dense_sums, state->dense_count);
    hr_timing_add(&stepper->graph->timing, HR_TIME_DENSE, start);
done:
    return status;
}

/* Moves parameters and dense weights along the gradients. */
static hr_status move(hr_stepper *stepper, hr_state *state, hr_error *err)
{
    const double start = hr_seconds();
    const hr_optimiser_arrays arrays = {.rows = state->rows,
                                        .dim = state->dim,
                                        .parameter = state->parameter,
                                        .first = state->first,
                                        .second = state->second,
                                        .gradient = stepper->gradient,
                                        .uses = stepper->uses,
                                        .dense_count =
                                            state->dense_count - hr_mlp_fixed(&stepper->config->loss.mlp),
                                        .dense = state->dense,
                                        .dense_first = state->dense_first,
                                        .dense_second = state->dense_second,
                                        .dense_gradient = stepper->dense_sums.floats};
    const hr_optimiser_config *config = &stepper->config->optimiser;
    const hr_status status =
        hr_optimiser_move(config, stepper->graph, hr_optimiser_rate(config, state->position), state->step,
                          stepper->sampler.batch, &arrays, err);
    hr_timing_add(&stepper->graph->timing, HR_TIME_OPTIMISER, start);
    return status;
}

hr_status hr_stepper_step(hr_stepper *stepper, hr_state *state, hr_error *err)
{
    hr_status status = HR_OK;
    double loss = 0.0;
    if (stepper->model->solve)
        HR_TRY(stepper->model->solve(stepper->model_state,
                                     hr_optimiser_rate(&stepper->config->optimiser, state->position),
                                     state->parameter, &loss, err));
    else
        HR_TRY(hr_stepper_gradient(stepper, state, &loss, err));
    if (!isfinite(loss))
        HR_TRY(hr_fail(err, HR_USAGE,
                       "the loss of step %" PRId64 " is not finite: try a smaller --lr than %g",
                       state->step + 1, stepper->config->optimiser.rate));
    if (!stepper->model->solve)
        HR_TRY(move(stepper, state, err));
    state->step++;
    state->position++;
    state->epoch_loss += loss;
done:
    return status;
}
