#include "trainer/run/extend.h"

#include "io/checkpoint/checkpoint.h"
#include "io/checkpoint/checkpoint_kept.h"
#include "io/hdf5/output.h"
#include "trainer/commands/commands.h"
#include "trainer/report/file_report.h"

typedef struct options {
    char checkpoint[HR_TEXT_LENGTH];
    bool json;
} options;

static const hr_option table[] = {
    {"checkpoint", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, offsetof(options, checkpoint), 0, 0, NULL,
     "file to write the extended model to"},
    {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, offsetof(options, json), 0, 0, NULL,
     "print one JSON object of the file as it was written, as info --json does"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    const options *o = call->options;
    if (!*o->checkpoint)
        return hr_fail(err, HR_USAGE, "halorec extend needs --checkpoint; see halorec extend --help");
    const char *const *files = call->arguments;
    hr_output output = {
        .file = o->checkpoint, .format = HR_CHECKPOINT_FORMAT, .inputs = {files[0], files[1], files[2]}};
    hr_status status = HR_OK;
    HR_TRY(hr_kept_check(o->checkpoint, files[0], err)); /* the same on all ranks */
    HR_TRY(hr_output_begin(&output, comm, err));
    HR_TRY(hr_extend(comm, files[0], files[1], files[2], o->checkpoint, err));
    if (o->json)
        HR_TRY(hr_file_report_json(comm, o->checkpoint, err));
done:
    hr_output_end(&output);
    return status;
}

static const options defaults = {.checkpoint = ""};

static void describe(hr_help *help)
{
    hr_help_paragraph(
        help,
        "Users and movies that both datasets have, by their ids, keep what was learned of "
        "them. sage, gat, gatv2 and lightgcn compute rows for new ones from their ratings and "
        "features. A run with --valid is refused where users or movies that are known get other numbers.");
}

const hr_command hr_command_extend = {
    .name = "extend",
    .arguments = "RUN.ckpt.h5 DATA.h5 NEW.h5 --checkpoint FILE",
    .summary = "Extends a trained model to data with more users, movies and ratings, without training",
    .describe = describe,
    .example = "halorec extend run.ckpt.h5 data.h5 new.h5 --checkpoint new.ckpt.h5",
    .wants = 3,
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .collective = true,
    .wants_mpi = true,
    .run = run,
};
