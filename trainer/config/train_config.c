#include "trainer/config/train_config.h"

#include "trainer/config/eval_users.h"
#include "trainer/config/recipe.h"
#include "trainer/models/model.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static hr_model_config model_of(const hr_train_options *o, const hr_model *model, hr_loss loss)
{
    hr_model_config config = {.table = model,
                              .dim = o->dim,
                              .layers = o->layers,
                              .deviation = o->deviation,
                              .spectral_rounds = o->spectral_rounds,
                              .seed = (uint64_t)o->seed,
                              .predicts_ratings = loss == HR_LOSS_MSE,
                              .has_mlp = *o->mlp != '\0',
                              .reproducible = o->reproducible,
                              .user_power = o->user_power,
                              .halo = (hr_wire)o->halo,
                              .heads = o->heads,
                              .aggregate = (hr_aggregate)o->aggregate,
                              .batch_norm = o->batch_norm,
                              .row_norm = o->row_norm,
                              .dropout = o->dropout,
                              .message_dropout = o->message_dropout,
                              .cg = o->cg,
                              .has_biases = !o->no_biases,
                              .unobserved = o->unobserved,
                              .decay = o->decay,
                              .ridge = o->ridge,
                              .neighbours = o->neighbours,
                              .shrinkage = o->shrinkage,
                              .self_weight = o->self_weight,
                              .alpha = o->alpha,
                              .beta = o->beta,
                              .movie_power = o->movie_power,
                              .degree = o->degree,
                              .step = o->step,
                              .vectors = o->vectors};
    strcpy(config.features, o->item_features);
    return config;
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

enum { SMALLEST_BATCH = 3072, STEPS_AN_EPOCH = 100, VERTICES_A_SAMPLE = 6 };

/* The batch asked for, or else 1/100 of the edges, at least 1/6 of the users and movies and 3,072: on a large
 * graph a step's propagation, which goes by edges and by rows, costs far more than its samples. */
static int64_t resolve_batch(int64_t asked, hr_graph_size graph)
{
    const int64_t share =
        larger(graph.edges / STEPS_AN_EPOCH, (graph.users + graph.movies) / VERTICES_A_SAMPLE);
    return asked > 0 ? asked : larger(share, SMALLEST_BATCH);
}

/* The candidates asked for, or else 1/40 of the three-quarter power of the movies, as harder negatives pay
 * the longer the catalogue is. Where movies have more than 200 edges in the mean they are fewer in
 * proportion, for the hardest of many are then movies that users would like. */
static int64_t resolve_candidates(int64_t asked, hr_graph_size graph)
{
    const double well_known = 200.0, known = (double)graph.edges / (double)graph.movies;
    const double share = known > well_known ? well_known / known : 1.0;
    const int64_t count = 1 + (int64_t)(share * pow((double)graph.movies, 0.75) / 40.0);
    if (asked > 0)
        return asked;
    return count < HR_MAX_CANDIDATES ? count : HR_MAX_CANDIDATES;
}

static hr_sampling_config sampling_of(const hr_train_options *o, hr_graph_size graph)
{
    return (hr_sampling_config){.batch = resolve_batch(o->batch, graph),
                                .mode = (hr_sample_mode)o->sample,
                                .pool = o->pool,
                                .pool_from = (hr_pool_from)o->pool_from,
                                .candidates = o->pool > 0 ? resolve_candidates(o->negatives, graph) : 1,
                                .seed = (uint64_t)o->seed};
}

static hr_optimiser_config optimiser_of(const hr_train_options *o, double decay, int64_t epoch_steps)
{
    return (hr_optimiser_config){.kind = (hr_optimiser)o->optimiser,
                                 .rate = o->lr,
                                 .dense_rate = o->dense_lr,
                                 .decay = decay,
                                 .ridge = o->ridge,
                                 .weight_decay = o->weight_decay,
                                 .clip = o->clip,
                                 .warmup = o->warmup,
                                 .schedule = (hr_schedule)o->schedule,
                                 .steps = o->epochs * epoch_steps};
}

static hr_scoring_config scoring_of(const hr_train_options *o, hr_loss loss)
{
    hr_scoring_config config = {
        .content = (hr_content_kind)o->content, .valid = o->valid, .predicts_ratings = loss == HR_LOSS_MSE};
    strcpy(config.mixture, o->mixture);
    strcpy(config.features, o->item_features);
    return config;
}

static hr_checkpoint_config checkpoint_of(const hr_train_options *o)
{
    hr_checkpoint_config config = {
        .every = o->checkpoint_every, .minutes = o->checkpoint_minutes, .keep = o->checkpoint_keep};
    strcpy(config.path, o->checkpoint);
    strcpy(config.resume, o->resume);
    return config;
}

static hr_output_config output_of(const hr_train_options *o)
{
    hr_output_config config = {.progress = (hr_progress_mode)o->progress};
    strcpy(config.log, o->log);
    return config;
}

static hr_run_config run_of(const hr_train_options *o, int64_t epoch_steps)
{
    hr_run_config config = {.epochs = o->epochs,
                            .epoch_steps = epoch_steps,
                            .patience = o->patience,
                            .eval_every = o->eval_every,
                            .valid = o->valid,
                            .stall_timeout = o->stall_timeout,
                            .reproducible = o->reproducible,
                            .seed = (uint64_t)o->seed};
    strcpy(config.grid, o->grid);
    strcpy(config.partition, o->partition);
    return config;
}

/* Which columns of a row the MLP reads, and which are multiplied. */
static hr_status resolve_mlp(const hr_train_options *o, const hr_model *model, hr_loss loss,
                             hr_mlp_shape *shape, hr_error *err)
{
    hr_status status = HR_OK;
    *shape = (hr_mlp_shape){.columns = o->dim,
                            .dropout = o->dropout,
                            .bounded = loss == HR_LOSS_MSE,
                            .summation = o->reproducible ? HR_SUM_REPRODUCIBLE : HR_SUM_PLAIN};
    HR_TRY(hr_mlp_parse(o->mlp, shape, err));
    if (shape->layers > 0 && model->mlp == HR_MLP_NEVER)
        HR_TRY(hr_fail(err, HR_USAGE, "--mlp %s: --model %s scores by dot products; leave it out", o->mlp,
                       model->name));
    shape->product = shape->layers > 0 ? o->dim : 0;
    if (model->mlp != HR_MLP_HALVES)
        return HR_OK;
    if (shape->layers == 0 || o->dim < 2)
        HR_TRY(hr_fail(err, HR_USAGE,
                       "--model %s needs an MLP and at least two columns, such as --mlp 64 --dim 64",
                       model->name));
    shape->product = shape->first = o->dim / 2;
done:
    return status;
}

/* Whether all sums of a run can be reproducible. */
static hr_status check_reproducible(const hr_train_options *o, const hr_model *model, hr_error *err)
{
    if (model->rounds_by_ranks)
        return hr_fail(
            err, HR_USAGE,
            "--reproducible: the last bits of --model %s depend on the number of ranks; leave it out",
            model->name);
    if (o->halo != HR_WIRE_F32)
        return hr_fail(err, HR_USAGE,
                       "--reproducible: rows rounded on their way between ranks would depend on the "
                       "partition; leave out --halo bf16");
    if (*o->mixture && *o->item_features)
        return hr_fail(err, HR_USAGE,
                       "--reproducible: similarity by imported features depends on which users are scored "
                       "together; leave out --item-features or --mixture");
    return HR_OK;
}

/* Whether options fit each other. */
static hr_status check(const hr_train_options *o, const hr_model *model, hr_loss loss, hr_error *err)
{
    if (o->spectral_rounds > 0 && !model->is_symmetric)
        return hr_fail(err, HR_USAGE,
                       "--spectral-rounds %" PRId64 ": --model %s has no spectral start; leave it out",
                       o->spectral_rounds, model->name);
    if (*o->mixture && loss == HR_LOSS_MSE)
        return hr_fail(err, HR_USAGE, "--mixture %s: what is mixed is no rating; leave --loss mse out",
                       o->mixture);
    return o->reproducible ? check_reproducible(o, model, err) : HR_OK;
}

/* The table that trains the model. */
static const hr_model *trained_by(const hr_train_options *o, const hr_model *model, hr_loss loss)
{
    const bool by_edges = loss == HR_LOSS_MSE && o->optimiser == HR_OPTIMISER_SGD;
    return by_edges && model->descent ? model->descent : model;
}

hr_status hr_train_config_resolve(const hr_train_options *options, hr_graph_size graph,
                                  hr_train_config *config, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_model *model = NULL;
    hr_loss loss = HR_LOSS_OWN;
    hr_mlp_shape mlp = {0};
    HR_TRY(hr_model_find(options->model, &model, err));
    HR_TRY(hr_recipe_loss(options, model, &loss, err));
    model = trained_by(options, model, loss);
    HR_TRY(check(options, model, loss, err));
    HR_TRY(resolve_mlp(options, model, loss, &mlp, err));
    hr_model_config its = model_of(options, model, loss);
    if (model->complete)
        model->complete(&its, graph);
    if (model->check)
        HR_TRY(model->check(&its, err));
    const hr_sampling_config sampling = sampling_of(options, graph);
    const int64_t epoch_steps = model->solve ? 1 : (graph.edges + sampling.batch - 1) / sampling.batch;
    *config = (hr_train_config){.asked = *options,
                                .graph = graph,
                                .model = its,
                                .sampling = sampling,
                                .loss = {loss, mlp},
                                .optimiser = optimiser_of(options, its.decay, epoch_steps),
                                .scoring = scoring_of(options, loss),
                                .checkpoint = checkpoint_of(options),
                                .output = output_of(options),
                                .run = run_of(options, epoch_steps)};
    config->run.eval_users = hr_eval_users(options->eval_users, config);
done:
    return status;
}

hr_status hr_train_config_from_json(json_t *kept, hr_graph_size graph, hr_train_config *config, hr_error *err)
{
    hr_train_options options = hr_train_defaults;
    hr_status status = hr_train_options_from_json(kept, &options, err);
    if (status == HR_OK)
        status = hr_train_config_resolve(&options, graph, config, err);
    return status == HR_USAGE ? HR_INPUT : status; /* nobody typed them */
}

json_t *hr_train_config_to_json(const hr_train_config *config)
{
    return hr_options_to_json(hr_train_table, &config->asked);
}
