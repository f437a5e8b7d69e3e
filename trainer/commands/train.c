#include "trainer/run/train.h"

#include "io/checkpoint/checkpoint.h"
#include "io/checkpoint/checkpoint_kept.h"
#include "io/comm/log.h"
#include "io/hdf5/output.h"
#include "trainer/commands/commands.h"
#include "trainer/config/graph_size.h"
#include "trainer/config/recipe.h"
#include "trainer/config/train_config.h"
#include "trainer/models/model.h"
#include "trainer/report/file_report.h"

#include <string.h>

/* The options that a checkpoint keeps, and whether they fit each other. */
static hr_status read_kept(json_t *json, const hr_checkpoint_summary *summary, hr_train_options *kept,
                           hr_error *err)
{
    hr_train_config config;
    const hr_graph_size any_edges = {summary->users, summary->movies, 1};
    const hr_status status = hr_train_options_from_json(json, kept, err);
    return status == HR_OK ? hr_train_config_from_json(json, any_edges, &config, err) : status;
}

/* Options of a resumed run: those in the checkpoint, then those of the command line over them. */
static hr_status resume_options(const hr_call *call, hr_train_options *options, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    json_t *run = NULL;
    hr_checkpoint_summary summary;
    hr_train_options kept = hr_train_defaults;
    char resume[HR_TEXT_LENGTH];
    strcpy(resume, options->resume);
    HR_TRY(hr_checkpoint_open(&file, &summary, &run, resume, err));
    HR_TRY(hr_fail_in(err, read_kept(json_object_get(run, "options"), &summary, &kept, err), resume));
    HR_TRY(hr_checkpoint_fits(file, &summary, kept.model, kept.dim, err));
    *options = kept;
    hr_options_apply(&call->line, options);
    HR_TRY(hr_options_compare_fixed(hr_train_table, &kept, options, err));
    if (!*options->checkpoint)
        strcpy(options->checkpoint, resume);
done:
    json_decref(run);
    hr_h5_close(file);
    return status;
}

/* A model's and a recipe's options, then those of the command line over them. */
static hr_status follow_recipe(const hr_call *call, hr_train_options *options, hr_error *err)
{
    const hr_status status = hr_recipe_apply(options, err);
    const int loss = options->loss;
    hr_options_apply(&call->line, options);
    options->loss = loss; /* "own" is taken as the one that it stands for */
    return status;
}

/* Replaces "auto" by the name of a file, or by "" where there is none. Collective. */
static hr_status find_newest(const hr_comm *comm, hr_train_options *options, hr_error *err)
{
    hr_status status = HR_OK;
    if (strcmp(options->resume, HR_RESUME_AUTO) != 0)
        return HR_OK;
    if (!*options->checkpoint)
        return hr_fail(err, HR_USAGE,
                       "--resume auto resumes what --checkpoint wrote; give --checkpoint as well");
    status = hr_kept_find(comm, options->checkpoint, options->resume, err);
    if (status == HR_OK && *options->resume)
        hr_log(comm, "going on from %s", options->resume);
    else if (status == HR_OK)
        hr_log(comm, "starting anew: there is no checkpoint %s yet", options->checkpoint);
    return status;
}

/* A graph that is neither cut before nor beside a checkpoint is cut into a file beside the dataset. Rank 0
 * checks that it can be. Collective. */
static hr_status check_beside(const hr_comm *comm, const char *dataset, const hr_train_options *options,
                              hr_error *err)
{
    hr_status status = HR_OK;
    char path[PATH_MAX];
    hr_error why;
    snprintf(path, sizeof path, "%s.partition", dataset);
    if (*options->partition || *options->checkpoint)
        return HR_OK;
    if (comm->rank == 0 && hr_h5_check_room(path, 0, &why) != HR_OK)
        status = hr_fail(err, HR_IO,
                         "%s; the graph is cut into a file beside the dataset: add --checkpoint FILE, or "
                         "--partition FILE, in a folder that can be written",
                         why.text);
    return hr_agree(comm, status, NULL, err);
}

/* Whether the file at --checkpoint may be damaged: an older one of that name is resumed in its place. */
static bool resumes_older(const hr_train_options *options)
{
    hr_error ignored;
    return *options->resume && hr_kept_check(options->checkpoint, options->resume, &ignored) != HR_OK;
}

/* Trains by options that are complete but not resolved. */
static hr_status train(const hr_comm *comm, const char *dataset, const hr_train_options *options,
                       hr_error *err)
{
    hr_graph_size size;
    hr_train_config config;
    hr_output output = {.file = options->checkpoint,
                        .format = resumes_older(options) ? NULL : HR_CHECKPOINT_FORMAT,
                        .log = options->log,
                        .inputs = {dataset, options->partition, options->item_features},
                        .resumed = options->resume};
    hr_status status = HR_OK;
    if (options->json && !*options->checkpoint)
        HR_TRY(hr_fail(err, HR_USAGE, "--json describes the checkpoint: give --checkpoint as well"));
    HR_TRY(hr_output_begin(&output, comm, err));
    HR_TRY(check_beside(comm, dataset, options, err));
    HR_TRY(hr_train_graph_size(comm, dataset, options->valid, &size, err));
    HR_TRY(hr_agree(comm, hr_train_config_resolve(options, size, &config, err), NULL, err));
    HR_TRY(hr_train(comm, dataset, &config, err));
    if (options->json)
        HR_TRY(hr_file_report_json(comm, options->checkpoint, err));
done:
    hr_output_end(&output);
    return status;
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    hr_train_options *options = call->options;
    char resume[HR_TEXT_LENGTH];
    hr_status status = find_newest(comm, options, err);
    if (status != HR_OK)
        return status;
    strcpy(resume, options->resume);
    status = *resume ? resume_options(call, options, err) : follow_recipe(call, options, err);
    strcpy(options->resume, resume); /* the file that was found, where the command line says auto */
    status = hr_agree(comm, status, NULL, err);
    return status == HR_OK ? train(comm, call->arguments[0], options, err) : status;
}

/* The table of models, with their summaries. */
static void list_models(hr_help *help)
{
    hr_help_item items[32];
    int count = 0;
    for (; hr_models[count]; count++)
        items[count] = (hr_help_item){hr_models[count]->name, hr_models[count]->summary};
    hr_help_list(help, items, count);
    hr_help_paragraph(help, "A model has its own defaults where they differ from those of lightgcn below.");
}

static void describe(hr_help *help)
{
    hr_help_paragraph(help,
                      "SIGTERM or SIGUSR1 ends a run between two steps, with a checkpoint and exit code 75; "
                      "a second signal ends it at once.");
    hr_help_paragraph(help,
                      "A run stops early by recall@20, or by rmse with --loss mse, of the dataset's "
                      "validation part. Without a validation part it trains all epochs.");
    hr_help_paragraph(
        help,
        "A line of the log has epoch, epochs, step, loss, elapsed, seconds (compute, halo, loss, dense, "
        "optimiser, evaluation, checkpoint), mean_seconds, ranks, bytes, peak_memory and, after an "
        "evaluation, "
        "recall@20, ndcg@20 and the like, valid_bpr and valid_auc, or rmse and mae; the last one has done. "
        "halorec "
        "watch draws them while they come, halorec report afterwards.");
    hr_help_section(help, "models");
    list_models(help);
}

const hr_command hr_command_train = {
    .name = "train",
    .arguments = "DATA.h5",
    .summary = "Trains a model on all ranks",
    .describe = describe,
    .example = "mpirun -n 4 halorec train data.h5 --checkpoint run.ckpt.h5 --log run.jsonl",
    .wants = 1,
    .table = hr_train_table,
    .defaults = &hr_train_defaults,
    .size = sizeof hr_train_defaults,
    .collective = true,
    .wants_mpi = true,
    .run = run,
};
