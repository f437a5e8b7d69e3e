#include "io/log.h"
#include "partition/build.h"
#include "trainer/cli/command.h"

typedef struct options {
    char out[HR_TEXT_LENGTH];
    int64_t parts, seed, dim;
    double valid;
    int method;
} options;

static const char *const methods[] = {
    [HR_CUT_METIS] = "metis", [HR_CUT_BLOCK] = "block", [HR_CUT_RANDOM] = "random", NULL};

#define AT(member) offsetof(options, member)

static const hr_option table[] = {
    {"parts", "K", HR_OPTION_INT, HR_OPTION_CALL, AT(parts), 1, 1 << 20, NULL,
     "one for each rank that will train"},
    {"method", "NAME", HR_OPTION_CHOICE, HR_OPTION_CALL, AT(method), 0, 0, methods, "metis, block or random"},
    {"out", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(out), 0, 0, NULL, "the partition file to write"},
    {"valid", "F", HR_OPTION_REAL, HR_OPTION_CALL, AT(valid), 0, 0.9, NULL,
     "share of train to hold out, as train --valid will"},
    {"seed", "S", HR_OPTION_INT, HR_OPTION_CALL, AT(seed), 0, 9e15, NULL, "of the method"},
    {"dim", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(dim), 1, 4096, NULL,
     "columns, for the bytes in the table"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    const options *o = call->options;
    hr_status status = HR_OK;
    hr_plan plan = {0};
    hr_plan_summary summary;
    hr_partition_origin origin = {
        .valid_share = o->valid, .method = (hr_cut_method)o->method, .seed = (uint64_t)o->seed};
    if (!*o->out || o->parts == 0)
        HR_TRY(hr_fail(err, HR_USAGE,
                       "halorec partition needs --parts and --out; see halorec partition --help"));
    HR_TRY(hr_partition_build(&plan, &origin, call->arguments[0], (int32_t)o->parts, err));
    HR_TRY(hr_partition_write(&plan, &origin, o->out, err));
    hr_plan_summarise(&plan, &summary);
    hr_plan_print(&summary, &plan, o->dim, stdout);
    hr_say(comm, "wrote %s", o->out);
done:
    hr_plan_free(&plan);
    return status;
}

static const options defaults = {.method = HR_CUT_METIS, .seed = 1, .dim = 64};

const hr_command hr_command_partition = {
    .name = "partition",
    .arguments = "DATA.h5 --parts K --out FILE",
    .summary = "Cuts the graph of a dataset into parts, one a rank, and prints what the cut is worth",
    .details = "",
    .example = "halorec partition data.h5 --parts 4 --out data.k4.h5",
    .wants = 1,
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .run = run,
};
