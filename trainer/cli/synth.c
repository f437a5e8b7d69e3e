#include "io/synth/synth.h"

#include "io/comm/log.h"
#include "io/features/text_features.h"
#include "io/hdf5/output.h"
#include "io/split/split.h"
#include "trainer/cli/command.h"
#include "trainer/report/split_report.h"

#include <inttypes.h>

typedef struct options {
    char preset[HR_TEXT_LENGTH], out[HR_TEXT_LENGTH], split[HR_TEXT_LENGTH];
    int64_t seed;
} options;

#define AT(member) offsetof(options, member)

static const hr_option table[] = {
    {"preset", "NAME", HR_OPTION_TEXT, HR_OPTION_CALL, AT(preset), 0, 0, NULL,
     "shape of the data: ml-latest-small, ml-1m or ml-20m as MovieLens has them, or check-ins: 862,500 "
     "visits of "
     "30,000 users to 41,000 locations in towns"},
    {"out", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(out), 0, 0, NULL, "the dataset file to write"},
    {"split", "RULE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(split), 0, 0, NULL, HR_SPLIT_OPTION},
    {"seed", "S", HR_OPTION_INT, HR_OPTION_CALL, AT(seed), 0, 9e15, NULL, "seed of the data and the split"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    const options *o = call->options;
    hr_status status = HR_OK;
    const hr_synth_preset *preset = NULL;
    hr_split_rule rule;
    hr_dataset dataset = {0};
    const hr_comm alone = hr_comm_alone(); /* rank 0 runs the command by itself */
    hr_output output = {.file = o->out};
    const hr_text_options texts = HR_TEXT_DEFAULTS;
    if (!*o->out)
        HR_TRY(hr_fail(err, HR_USAGE, "halorec synth needs --out; see halorec synth --help"));
    HR_TRY(hr_synth_find(o->preset, &preset, err));
    HR_TRY(hr_split_parse(o->split, &rule, err));
    if (rule.kind == HR_SPLIT_GIVEN)
        HR_TRY(hr_fail(err, HR_USAGE, "--split given: synthetic data comes without a split"));
    HR_TRY(hr_output_begin(&output, &alone, err));
    HR_TRY(hr_synth(preset, (uint64_t)o->seed, &dataset, err));
    HR_TRY(hr_split_dataset(&alone, &dataset, &rule, (uint64_t)o->seed, err));
    HR_TRY(hr_text_build(&dataset, &texts, &dataset.text, err));
    HR_TRY(hr_dataset_write(&dataset, o->out, err));
    hr_log(comm, "%s: %" PRId64 " users, %" PRId64 " movies, %" PRId64 " ratings, in the shape of %s", o->out,
           dataset.ratings.users, dataset.ratings.movies, dataset.ratings.count, preset->name);
    HR_TRY(hr_split_report(&alone, &dataset, &rule, err));
done:
    hr_output_end(&output);
    hr_dataset_free(&dataset);
    return status;
}

static const options defaults = {.preset = "ml-latest-small", .split = "ratio:0.8,0.1,0.1", .seed = 1};

const hr_command hr_command_synth = {
    .name = "synth",
    .arguments = "--out FILE",
    .summary =
        "Makes a dataset file of synthetic ratings in the shape of a MovieLens edition, or of check-ins",
    .describe = hr_split_describe,
    .example = "halorec synth --preset ml-latest-small --out data.h5",
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .run = run,
};
