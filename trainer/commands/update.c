#include "trainer/update/update.h"

#include "io/additions/grow.h"
#include "io/additions/movie_features.h"
#include "io/checkpoint/checkpoint.h"
#include "io/checkpoint/checkpoint_kept.h"
#include "io/comm/log.h"
#include "io/comm/progress.h"
#include "io/hdf5/output.h"
#include "trainer/commands/commands.h"
#include "trainer/report/file_report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

typedef struct options {
    char checkpoint[HR_TEXT_LENGTH], data[HR_TEXT_LENGTH], log[HR_TEXT_LENGTH];
    int64_t epochs;
    int progress;
    bool json;
} options;

#define AT(member) offsetof(options, member)

static const hr_option table[] = {
    {"epochs", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(epochs), 1, 1e9, NULL,
     "epochs to train, beside the one that the run is in"},
    {"out-data", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(data), 0, 0, NULL,
     "the dataset to write, with what visitors rated; else NAME.h5 beside NAME.ckpt.h5"},
    {"checkpoint", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(checkpoint), 0, 0, NULL,
     "file to write the model to"},
    {"log", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(log), 0, 0, NULL,
     "file to add a line of JSON to after each epoch"},
    {"progress", "always|never|auto", HR_OPTION_CHOICE, HR_OPTION_CALL, AT(progress), 0, 0, hr_progress_modes,
     "a bar with rate, time left and the last metric"},
    {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(json), 0, 0, NULL,
     "print one JSON object of the model as it was written, as info --json does"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

/* "new.h5" beside "new.ckpt.h5". */
static void name_data(const options *o, char data[HR_TEXT_LENGTH])
{
    static const char end[] = ".ckpt.h5";
    const size_t length = strlen(o->checkpoint), bytes = strlen(end);
    const bool ends = length > bytes && strcmp(o->checkpoint + length - bytes, end) == 0;
    if (*o->data)
        snprintf(data, HR_TEXT_LENGTH, "%s", o->data);
    else
        snprintf(data, HR_TEXT_LENGTH, "%.*s%s", (int)(ends ? length - bytes : length), o->checkpoint,
                 ends ? ".h5" : ".data.h5");
}

/* Writes the dataset with what visitors rated. */
static hr_status grow(const hr_comm *comm, const char *before, const char *visitors_file, const char *data,
                      hr_error *err)
{
    hr_status status = HR_OK;
    hr_visitors visitors = {{0}, {0}};
    hr_dataset dataset = {0};
    hr_growth growth;
    HR_TRY(hr_visitors_gather(&visitors, comm, visitors_file, err));
    HR_TRY(hr_grow_dataset(comm, before, &visitors, &dataset, &growth, err));
    HR_TRY(hr_dataset_write_ranks(comm, &dataset, data, hr_copy_features, (void *)before, err));
    hr_log(comm, "%s: %" PRId64 " users, %" PRId64 " movies and %" PRId64 " ratings more than %s", data,
           growth.users, growth.movies, growth.ratings, before);
done:
    hr_dataset_free(&dataset);
    hr_visitors_free(&visitors);
    return status;
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    const options *o = call->options;
    const char *const *files = call->arguments;
    hr_status status = HR_OK;
    char data[HR_TEXT_LENGTH];
    name_data(o, data);
    hr_output model = {.file = o->checkpoint,
                       .format = HR_CHECKPOINT_FORMAT,
                       .log = o->log,
                       .inputs = {files[0], files[1], files[2], data}};
    hr_output dataset = {
        .file = data, .format = HR_DATASET_FORMAT, .log = o->log, .inputs = {files[0], files[1], files[2]}};
    const hr_update_request request = {files[0], files[1],  data,       o->checkpoint,
                                       o->log,   o->epochs, o->progress};
    if (!*o->checkpoint)
        HR_TRY(hr_fail(err, HR_USAGE, "halorec update needs --checkpoint; see halorec update --help"));
    HR_TRY(hr_kept_check(o->checkpoint, files[0], err)); /* the same on all ranks */
    HR_TRY(hr_output_begin(&model, comm, err));
    HR_TRY(hr_output_begin(&dataset, comm, err));
    HR_TRY(grow(comm, files[1], files[2], data, err));
    HR_TRY(hr_update(comm, &request, err));
    if (o->json)
        HR_TRY(hr_file_report_json(comm, o->checkpoint, err));
done:
    hr_output_end(&dataset);
    hr_output_end(&model);
    return status;
}

static const options defaults = {.epochs = 5};

static void describe(hr_help *help)
{
    hr_help_paragraph(help,
                      "The dataset is written with what visitors rated, as users of their own whose ratings "
                      "are trained on, and with the movies that they added; ratings that were there keep "
                      "their part, and new ones of a user who is held out whole are known. A rating that a "
                      "visitor changed since the last update is changed; one that was deleted stays: import "
                      "anew leaves it out. Genres that the dataset does not have are left out.");
    hr_help_paragraph(
        help,
        "Users and movies that are known keep what was learned of them, as extend does; then "
        "the run goes on, by its own options, for so many epochs. The model is that of the last "
        "one. A model that is counted, such as ease, is counted anew and has no epochs. A run with "
        "--valid is refused where users or movies get other numbers, as new ones may do where ids "
        "are text.");
}

const hr_command hr_command_update = {
    .name = "update",
    .arguments = "RUN.ckpt.h5 DATA.h5 VISITORS.db --checkpoint FILE",
    .summary = "Extends a trained model by what visitors of halorec serve rated, and trains it on",
    .describe = describe,
    .example = "halorec update run.ckpt.h5 data.h5 visitors.db --epochs 5 --checkpoint new.ckpt.h5",
    .wants = 3,
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .collective = true,
    .wants_mpi = true,
    .run = run,
};
