#include "trainer/run/train.h"

#include "io/base/memory.h"
#include "io/comm/interrupt.h"
#include "io/comm/log.h"
#include "io/comm/progress.h"
#include "io/dataset/dataset.h"
#include "trainer/evaluation/evaluate.h"
#include "trainer/fold_in/held_out_users.h"
#include "trainer/propagation/spectral.h"
#include "trainer/run/checkpointing.h"
#include "trainer/run/load_graph.h"
#include "trainer/run/memory_need.h"
#include "trainer/run/run_log.h"
#include "trainer/run/state.h"
#include "trainer/run/step.h"
#include "trainer/run/watchdog.h"
#include "trainer/scoring/evaluated_ratings.h"
#include "trainer/scoring/kept_extras.h"

#include <inttypes.h>
#include <string.h>

/* What validation measures of rankings; early stopping goes by the recall or, for ratings, by rmse. */
static const hr_cutoffs validation_cutoffs = {1, {20}};

/* The memory of a run on one rank. */
typedef struct run {
    const hr_comm *comm;
    const hr_train_config *config;
    hr_dataset_summary data;
    bool validates;
    hr_user_sample sample;
    hr_ratings ratings;     /* of the users of this rank's block that validation is of */
    hr_train_figures train; /* of all users, for validation */
    hr_graph_context graph;
    hr_stepper stepper;
    hr_mixer mixer; /* of scores, for validation */
    hr_state state;
    hr_checkpoint_extras extras; /* of checkpoints */
    hr_checkpointing checkpointing;
    float *block; /* [block rows x dim] outputs being validated */
    hr_watchdog *watchdog;
    hr_progress progress;
    int64_t first_step;
    double started;
} run;

/* Whether validation measures errors of ratings, not rankings. */
static bool regresses(const run *r)
{
    return r->config->loss.kind == HR_LOSS_MSE;
}

/* Whether something is held out for validation. */
static bool can_validate(const run *r)
{
    return r->config->run.valid > 0.0 || r->data.splits[HR_VALID] > 0;
}

/* Reads what validation needs. */
static hr_status read_held_out(run *r, hr_h5 *file, hr_error *err)
{
    const hr_run_config *config = &r->config->run;
    const hr_row_block mine = hr_row_block_of(r->comm, r->data.users, r->data.movies);
    r->sample = hr_user_sample_of(config->eval_users, r->data.users, config->seed);
    const bool of_all = r->data.splits[HR_KNOWN] > 0 && hr_fold_in_wants_map(&r->config->model);
    return hr_evaluated_ratings_read(file, &mine, config->valid, regresses(r), &r->sample, of_all,
                                     &r->ratings, &r->train, err);
}

static hr_status read_dataset(run *r, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    HR_TRY(hr_dataset_open(&file, &r->data, path, err));
    if (r->config->run.valid > 0.0 && r->data.splits[HR_VALID] > 0)
        HR_TRY(hr_fail(err, HR_USAGE, "--valid %g: %s has a validation part of %" PRId64 " ratings already",
                       r->config->run.valid, path, r->data.splits[HR_VALID]));
    r->validates = can_validate(r);
    if (r->validates)
        HR_TRY(read_held_out(r, file, err));
done:
    hr_h5_close(file);
    status = hr_agree(r->comm, status, NULL, err);
    return status == HR_OK && r->validates ? hr_train_figures_finish(&r->train, r->comm, err) : status;
}

/* Whether a checkpoint may have to keep an epoch that is not the last, of a model that computes its outputs. */
static bool keeps_source(const run *r)
{
    const hr_checkpoint_config *c = &r->config->checkpoint;
    return *c->path && (r->validates || *c->resume) && r->stepper.model->forward;
}

static hr_status run_new(run *r, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_state_create(&r->state, &r->graph, &r->config->model, !r->stepper.model->solve,
                           hr_stepper_dense_counts(&r->stepper), err));
    hr_stepper_dense_start(&r->stepper, &r->state);
    if (keeps_source(r))
        HR_TRY(hr_state_add_source(&r->state, err));
    HR_ALLOC(r->block, hr_blocks_rows(r->graph.blocks) * r->config->model.dim);
done:
    return hr_agree(r->comm, status, NULL, err);
}

/* Logs the memory that the largest rank will need, before it is allocated. */
static hr_status log_memory(const run *r, hr_error *err)
{
    if (r->stepper.model->solve)
        return HR_OK;
    const int32_t *row = NULL;
    const hr_part_size size = hr_shard_size(&r->graph.shard, hr_halo_sent(r->graph.halo, &row));
    int64_t bytes = hr_memory_need(&size, r->graph.grid.groups.size, r->config);
    const hr_status status = hr_max_i64(r->comm, &bytes, 1, err);
    hr_log(r->comm, "expecting up to %.1f MB of memory a rank", 1e-6 * (double)bytes);
    return status;
}

static const char *plural(int count)
{
    return count == 1 ? "" : "s";
}

static hr_status set_up(run *r, const char *dataset, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_train_config *config = r->config;
    const char *resume = config->checkpoint.resume;
    HR_TRY(read_dataset(r, dataset, err));
    HR_TRY(hr_load_graph(&r->graph, r->comm, dataset, r->data.fingerprint, config, err));
    HR_TRY(hr_stepper_create(&r->stepper, &r->graph, config, err));
    HR_TRY(hr_mixer_create(&r->mixer, r->comm, dataset, 1, &config->scoring, err));
    HR_TRY(log_memory(r, err));
    HR_TRY(run_new(r, err));
    if (*resume)
        HR_TRY(hr_stepper_resume(&r->stepper, &r->state, r->data.fingerprint, resume, err));
    if (*config->checkpoint.path)
        HR_TRY(hr_kept_extras_read(&r->extras, r->comm, dataset, &r->mixer, err));
    r->checkpointing = (hr_checkpointing){.comm = r->comm,
                                          .config = config,
                                          .fingerprint = r->data.fingerprint,
                                          .graph = &r->graph,
                                          .stepper = &r->stepper,
                                          .state = &r->state,
                                          .watchdog = r->watchdog,
                                          .extras = &r->extras};
    HR_TRY(hr_checkpointing_start(&r->checkpointing, err));
    HR_TRY(hr_run_log_start(r->comm, config->output.log, *resume != '\0', err));
    r->first_step = r->state.step;
    if (r->validates && r->sample.left_out > 0.0)
        hr_log(r->comm, "validation %s for about %" PRId64 " of %" PRId64 " users",
               regresses(r) ? "predicts" : "ranks", config->run.eval_users, r->data.users);
    hr_log(r->comm,
           "%s: %" PRId64 " users, %" PRId64 " movies, %" PRId64
           " train edges on %d rank%s, %d part%s x "
           "%d column group%s; %" PRId64 " steps an epoch",
           config->model.table->name, r->data.users, r->data.movies, r->graph.shard.edges_total,
           r->comm->size, plural(r->comm->size), r->graph.grid.parts.size, plural(r->graph.grid.parts.size),
           r->graph.grid.groups.size, plural(r->graph.grid.groups.size), hr_stepper_epoch_steps(&r->stepper));
done:
    return status;
}

static void tear_down(run *r)
{
    free(r->block);
    hr_checkpointing_free(&r->checkpointing);
    hr_checkpoint_extras_free(&r->extras);
    hr_state_free(&r->state);
    hr_stepper_free(&r->stepper);
    hr_mixer_free(&r->mixer);
    hr_graph_context_free(&r->graph);
    hr_ratings_free(&r->ratings);
    hr_train_figures_free(&r->train);
}

/* The model's forward pass at rest, of a stepper. */
static hr_status apply_model(void *argument, const float *x, float *y, hr_error *err)
{
    const hr_stepper *s = argument;
    return s->model->forward(s->model_state, HR_AT_REST, x, NULL, y, err);
}

/* Improves the embeddings, which are drawn at random, by the spectral start. */
static hr_status begin(run *r, hr_error *err)
{
    const hr_row_map map = {apply_model, &r->stepper};
    const int64_t rounds = *r->config->checkpoint.resume ? 0 : r->config->model.spectral_rounds;
    return hr_spectral_start(&r->graph, &map, rounds, r->config->model.deviation, r->state.parameter,
                             r->stepper.output, err);
}

static hr_status run_epoch(run *r, int64_t epoch, int64_t steps, hr_error *err)
{
    hr_status status = HR_OK;
    const bool takes_any_time = r->stepper.model->is_counted; /* as setting up does */
    while (r->state.position < epoch * steps) {
        HR_TRY(hr_checkpointing_poll(&r->checkpointing, err));
        hr_watchdog_mark(r->watchdog, takes_any_time ? HR_WATCHED_SET_UP : HR_WATCHED_STEP, r->state.step);
        HR_TRY(hr_stepper_step(&r->stepper, &r->state, err));
        hr_progress_update(&r->progress, &(hr_progress_part){.number = epoch,
                                                             .numbers = r->config->run.epochs,
                                                             .done = r->state.position - (epoch - 1) * steps,
                                                             .total = steps});
    }
    hr_watchdog_mark(r->watchdog, HR_WATCHED_STEP, r->state.step);
done:
    hr_progress_clear(&r->progress);
    return status;
}

static bool is_better(const run *r, double figure)
{
    return !r->state.has_best || (regresses(r) ? figure < r->state.best : figure > r->state.best);
}

/* Has a model that scores by ratings score with its state. Collective. */
static hr_status score_by_ratings(const run *r, hr_scorer *scorer, void **scores, hr_error *err)
{
    const hr_rating_scores *by_ratings = r->stepper.model->by_ratings;
    if (!by_ratings)
        return HR_OK;
    const hr_status status = by_ratings->of_state(scores, r->stepper.model_state, scorer->movie_row, err);
    hr_scorer_set_rating_scores(scorer, by_ratings, *scores);
    return status;
}

/* Evaluates the outputs; *figure receives what early stopping goes by. */
static hr_status evaluate(run *r, hr_validation *v, double *figure, hr_error *err)
{
    hr_status status = HR_OK;
    hr_scorer scorer = {0};
    void *scores = NULL;
    const hr_evaluation ranking = {.split = HR_VALID, .cutoffs = &validation_cutoffs};
    v->regresses = regresses(r);
    HR_TRY(hr_scorer_create(&scorer, r->comm, &r->ratings, r->block, &r->config->loss.mlp,
                            hr_state_mlp(&r->state), &r->mixer, err));
    HR_TRY(score_by_ratings(r, &scorer, &scores, err));
    if (r->data.splits[HR_KNOWN] > 0)
        HR_TRY(hr_fold_in_held_out(&(hr_trained_model){&r->graph, &r->config->model, r->stepper.model_state,
                                                       r->state.parameter, r->state.dense, scorer.movie_row},
                                   &r->ratings, r->block, err));
    if (v->regresses) {
        HR_TRY(hr_rating_errors_measure(r->comm, &scorer, HR_VALID, &r->train, NULL, &v->errors, err));
    } else {
        HR_TRY(hr_evaluate(r->comm, &scorer, &ranking, &v->metrics, err));
        HR_TRY(hr_pair_loss_measure(r->comm, &scorer, HR_VALID, r->sample.seed, &v->pairs, err));
    }
    *figure = v->regresses ? v->errors.rmse : v->metrics.at[0].recall;
done:
    if (scores)
        r->stepper.model->by_ratings->destroy(scores);
    hr_scorer_free(&scorer);
    return status;
}

static hr_status validate(run *r, int64_t epoch, hr_validation *v, hr_error *err)
{
    hr_status status = HR_OK;
    double figure = 0.0;
    const double start = hr_seconds();
    float *output = r->stepper.output;
    hr_watchdog_mark(r->watchdog, HR_WATCHED_VALIDATION, r->state.step);
    HR_TRY(hr_stepper_output(&r->stepper, &r->state, output, err));
    HR_TRY(hr_blocks_collect(r->graph.blocks, output, r->block, err));
    HR_TRY(evaluate(r, v, &figure, err));
    r->state.stale++;
    if (is_better(r, figure)) {
        r->state.has_best = true;
        r->state.best = figure;
        r->state.best_epoch = epoch;
        r->state.stale = 0;
        HR_TRY(hr_stepper_keep_output(&r->stepper, &r->state, err));
    }
    hr_timing_add(&r->graph.timing, HR_TIME_EVALUATION, start);
done:
    return status;
}

static void log_epoch(run *r, const hr_run_record *record)
{
    char evaluated[80] = "";
    const hr_validation *v = record->validation;
    if (v && v->regresses)
        hr_progress_note(&r->progress, "rmse %.4f", v->errors.rmse);
    else if (v)
        hr_progress_note(&r->progress, "recall@20 %.4f", v->metrics.at[0].recall);
    if (v && v->regresses)
        snprintf(evaluated, sizeof evaluated, "  valid rmse %.4f  mae %.4f", v->errors.rmse, v->errors.mae);
    else if (v)
        snprintf(evaluated, sizeof evaluated, "  valid recall@20 %.4f  ndcg@20 %.4f", v->metrics.at[0].recall,
                 v->metrics.at[0].ndcg);
    hr_log(r->comm, "epoch %" PRId64 "  loss %.5f%s  %.1f s", record->epoch, record->loss, evaluated,
           record->elapsed);
}

static bool goes_on(const run *r, int64_t epoch)
{
    const bool patient =
        !r->validates || r->config->run.patience == 0 || r->state.stale < r->config->run.patience;
    return epoch <= r->config->run.epochs && patient;
}

/* One epoch and what follows it: validation, a line on standard error, a line of the log. */
static hr_status whole_epoch(run *r, int64_t epoch, int64_t steps, hr_error *err)
{
    hr_status status = HR_OK;
    hr_validation validation;
    const bool due = epoch % r->config->run.eval_every == 0 || epoch == r->config->run.epochs;
    HR_TRY(run_epoch(r, epoch, steps, err));
    if (due && r->validates)
        HR_TRY(validate(r, epoch, &validation, err));
    const hr_run_record record = {.epoch = epoch,
                                  .epochs = r->config->run.epochs,
                                  .step = r->state.step,
                                  .loss = r->state.epoch_loss / (double)steps,
                                  .elapsed = hr_seconds() - r->started,
                                  .validation = due && r->validates ? &validation : NULL,
                                  .cutoffs = &validation_cutoffs,
                                  .loss_bytes = hr_stepper_loss_bytes(&r->stepper),
                                  .is_last = !goes_on(r, epoch + 1)};
    r->state.epoch_loss = 0.0;
    if (due)
        log_epoch(r, &record);
    HR_TRY(hr_run_log_write(&r->graph, r->config->output.log, &record, err));
done:
    return status;
}

static hr_status train(run *r, const char *dataset, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_watchdog_start(&r->watchdog, r->comm, r->config->run.stall_timeout, err));
    HR_TRY(set_up(r, dataset, err));
    const int64_t steps = hr_stepper_epoch_steps(&r->stepper);
    r->started = hr_seconds();
    HR_TRY(begin(r, err));
    hr_progress_start(&r->progress, r->comm, r->config->output.progress, r->state.position);
    for (int64_t epoch = r->state.position / steps + 1; goes_on(r, epoch); epoch++)
        HR_TRY(whole_epoch(r, epoch, steps, err));
    hr_log(r->comm, "trained %" PRId64 " steps in %.1f s", r->state.step - r->first_step,
           hr_seconds() - r->started);
    if (r->state.has_best)
        hr_log(r->comm, "best valid %s %.4f, at epoch %" PRId64, regresses(r) ? "rmse" : "recall@20",
               r->state.best, r->state.best_epoch);
    if (!*r->config->checkpoint.path)
        return HR_OK;
    HR_TRY(hr_checkpointing_end(&r->checkpointing, err));
    hr_log(r->comm, "wrote %s", r->config->checkpoint.path);
done:
    return status;
}

/* Where checkpoints are written a signal ends the run between two steps, else at once; rank 0 says so. */
static void handle_signals(const run *r)
{
    const bool says = r->comm->rank == 0;
    if (*r->config->checkpoint.path)
        hr_interrupt_catch(says ? "asked to stop by a signal: a checkpoint follows after this step\n" : "",
                           says ? "halorec: ended by a second signal; the last whole checkpoint is kept\n"
                                : "");
    else
        hr_interrupt_explain(
            says ? "halorec: ended by a signal; nothing is kept, for there is no --checkpoint\n" : "");
}

hr_status hr_train(const hr_comm *comm, const char *dataset, const hr_train_config *config, hr_error *err)
{
    run r = {.comm = comm, .config = config};
    handle_signals(&r);
    const hr_status status = train(&r, dataset, err);
    hr_interrupt_release();
    tear_down(&r);
    if (status != HR_COMM) /* else a rank is lost and will not join */
        hr_watchdog_stop(r.watchdog);
    return status;
}
