#include "io/comm/log.h"
#include "io/export/movielens_csv.h"
#include "io/features/text_features.h"
#include "io/hdf5/output.h"
#include "io/split/split.h"
#include "io/synth_by_user/expand.h"
#include "io/synth_by_user/synth_file.h"
#include "trainer/commands/commands.h"
#include "trainer/report/file_report.h"
#include "trainer/report/split_report.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct options {
    char preset[HR_TEXT_LENGTH], out[HR_TEXT_LENGTH], split[HR_TEXT_LENGTH];
    char shape[HR_TEXT_LENGTH], csv[HR_TEXT_LENGTH];
    char expand[HR_TEXT_LENGTH], by[HR_TEXT_LENGTH];
    int64_t seed, users, items, ratings;
    bool json;
} options;

#define AT(member) offsetof(options, member)

static const hr_option table[] = {
    {"preset", "NAME", HR_OPTION_TEXT, HR_OPTION_CALL, AT(preset), 0, 0, NULL,
     "shape of the data: ml-100k, ml-latest-small, ml-1m, ml-10m, ml-20m, ml-25m or ml-latest as MovieLens "
     "has them, or "
     "check-ins: 862,500 visits of 30,000 users to 41,000 locations in towns"},
    {"users", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(users), 1, INT32_MAX, NULL,
     "with --items and --ratings, another size than a preset's: number of users"},
    {"items", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(items), 1, INT32_MAX, NULL, "number of items"},
    {"ratings", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(ratings), 1, 9e15, NULL, "number of ratings"},
    {"density-shape", "NAME", HR_OPTION_TEXT, HR_OPTION_CALL, AT(shape), 0, 0, NULL,
     "how unevenly these are spread over users and items: as in the preset NAME, or even"},
    {"out", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(out), 0, 0, NULL, "the dataset file to write"},
    {"split", "RULE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(split), 0, 0, NULL, HR_SPLIT_OPTION},
    {"seed", "S", HR_OPTION_INT, HR_OPTION_CALL, AT(seed), 0, 9e15, NULL, "seed of the data and the split"},
    {"expand", "DATA.h5", HR_OPTION_TEXT, HR_OPTION_CALL, AT(expand), 0, 0, NULL,
     "make larger data out of this dataset by itself: fractal expansion (Belletti et al., 2019)"},
    {"by", "AxB", HR_OPTION_TEXT, HR_OPTION_CALL, AT(by), 0, 0, NULL,
     "with --expand, how many times as many users and items"},
    {"csv", "DIR", HR_OPTION_TEXT, HR_OPTION_CALL, AT(csv), 0, 0, NULL,
     "write the data as MovieLens files too: ratings.csv, movies.csv, tags.csv and links.csv in DIR"},
    {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(json), 0, 0, NULL,
     "print one JSON object of the file as it was written, as info --json does"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

/* What is to be made: a preset, or the shape of one in another size. */
static hr_status choose(const options *o, hr_synth_preset *shape, hr_error *err)
{
    const hr_synth_preset *preset = NULL;
    const int given = (o->users > 0) + (o->items > 0) + (o->ratings > 0);
    if (given == 3)
        return hr_synth_scale(o->shape, o->users, o->items, o->ratings, shape, err);
    if (given > 0)
        return hr_fail(err, HR_USAGE, "--users, --items and --ratings go together: expected all three");
    const hr_status status = hr_synth_find(o->preset, &preset, err);
    if (status == HR_OK)
        *shape = *preset;
    return status;
}

/* Ratings that are made one by one out of what others have left, on rank 0. */
static hr_status make_whole(const options *o, const hr_synth_preset *preset, const hr_split_rule *rule,
                            const hr_comm *alone, hr_error *err)
{
    hr_status status = HR_OK;
    hr_dataset dataset = {0};
    const hr_text_options texts = HR_TEXT_DEFAULTS;
    HR_TRY(hr_synth(preset, (uint64_t)o->seed, &dataset, err));
    HR_TRY(hr_split_dataset(alone, &dataset, rule, (uint64_t)o->seed, err));
    HR_TRY(hr_text_build(&dataset, &texts, &dataset.text, err));
    HR_TRY(hr_dataset_write(&dataset, o->out, err));
    hr_log(alone, "%s: %" PRId64 " users, %" PRId64 " movies, %" PRId64 " ratings, in the shape of %s",
           o->out, dataset.ratings.users, dataset.ratings.movies, dataset.ratings.count, preset->name);
    HR_TRY(hr_split_report(alone, &dataset, rule, err));
done:
    hr_dataset_free(&dataset);
    return status;
}

static hr_status make_by_user(const hr_comm *comm, const options *o, const hr_synth_preset *shape,
                              const hr_split_rule *rule, hr_error *err)
{
    int64_t splits[HR_SPLITS];
    const hr_status status = hr_synth_write(comm, shape, rule, (uint64_t)o->seed, o->out, splits, err);
    if (status == HR_OK)
        hr_log(comm,
               "%s: %" PRId64 " users, %" PRId64 " items, %" PRId64 " ratings, in the shape of %s: %" PRId64
               " train, %" PRId64 " valid, %" PRId64 " test",
               o->out, shape->users, shape->movies_listed, shape->ratings, shape->name, splits[HR_TRAIN],
               splits[HR_VALID], splits[HR_TEST]);
    return status;
}

static hr_status expand(const hr_comm *comm, const options *o, const hr_split_rule *rule, hr_error *err)
{
    hr_status status = HR_OK;
    hr_expanded made;
    int64_t by[2] = {0, 0};
    int length = 0;
    if (sscanf(o->by, "%5" SCNd64 "x%5" SCNd64 "%n", &by[0], &by[1], &length) != 2 || o->by[length] ||
        by[0] < 1 || by[1] < 1)
        HR_TRY(hr_fail(err, HR_USAGE, "--by %s: expected two whole numbers, such as 16x4", o->by));
    HR_TRY(hr_expand(comm, o->expand, by[0], by[1], rule, (uint64_t)o->seed, o->out, &made, err));
    hr_log(comm,
           "%s: %" PRId64 " users, %" PRId64 " items, %" PRId64 " ratings, %s expanded by %s: %" PRId64
           " train, %" PRId64 " valid, %" PRId64 " test",
           o->out, made.users, made.movies, made.ratings, o->expand, o->by, made.splits[HR_TRAIN],
           made.splits[HR_VALID], made.splits[HR_TEST]);
done:
    return status;
}

/* The folder is made where there is none. */
static hr_status make_folder(const char *path, hr_error *err)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return HR_OK;
    return hr_fail(err, HR_IO, "%s: cannot be made: %s", path, strerror(errno));
}

/* Claims the files of --csv, which are as MovieLens has them: none is replaced. */
static hr_status begin_csv(hr_output csv[HR_MOVIELENS_FILES], char path[HR_MOVIELENS_FILES][PATH_MAX],
                           const options *o, const hr_comm *comm, hr_error *err)
{
    static const hr_output_marks marks = {.what = "a file of --csv", .is_new = true};
    hr_status status = HR_OK;
    HR_TRY(hr_agree(comm, comm->rank == 0 ? make_folder(o->csv, err) : HR_OK, NULL, err));
    for (int i = 0; i < HR_MOVIELENS_FILES; i++) {
        snprintf(path[i], PATH_MAX, "%s/%s", o->csv, hr_movielens_files[i]);
        csv[i] = (hr_output){.file = path[i], .marks = marks};
        HR_TRY(hr_output_begin(&csv[i], comm, err));
    }
done:
    return status;
}

static hr_status export(const hr_comm *comm, const options *o, hr_error *err)
{
    hr_status status = HR_OK;
    if (comm->rank == 0)
        status = hr_movielens_write(o->out, o->csv, err);
    status = hr_agree(comm, status, NULL, err);
    if (status == HR_OK)
        hr_log(comm, "%s: ratings.csv, movies.csv, tags.csv, links.csv", o->csv);
    return status;
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    const options *o = call->options;
    hr_status status = HR_OK;
    hr_synth_preset shape;
    hr_split_rule rule;
    const hr_comm alone = hr_comm_alone();
    char path[HR_MOVIELENS_FILES][PATH_MAX];
    hr_output output = {.file = o->out, .format = HR_DATASET_FORMAT, .inputs = {o->expand}};
    hr_output csv[HR_MOVIELENS_FILES] = {{0}};
    if (!*o->out)
        HR_TRY(hr_fail(err, HR_USAGE, "halorec synth needs --out; see halorec synth --help"));
    HR_TRY(choose(o, &shape, err));
    HR_TRY(hr_split_parse(o->split, &rule, err));
    if (rule.kind == HR_SPLIT_GIVEN)
        HR_TRY(hr_fail(err, HR_USAGE, "--split given: synthetic data comes without a split"));
    HR_TRY(hr_output_begin(&output, comm, err));
    if (*o->csv)
        HR_TRY(begin_csv(csv, path, o, comm, err));
    if (*o->expand)
        HR_TRY(expand(comm, o, &rule, err));
    else if (shape.by_user)
        HR_TRY(make_by_user(comm, o, &shape, &rule, err));
    else if (comm->rank == 0)
        status = make_whole(o, &shape, &rule, &alone, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    if (*o->csv)
        HR_TRY(export(comm, o, err));
    if (o->json)
        HR_TRY(hr_file_report_json(comm, o->out, err));
done:
    for (int i = 0; i < HR_MOVIELENS_FILES; i++)
        hr_output_end(&csv[i]);
    hr_output_end(&output);
    return status;
}

static const options defaults = {
    .preset = "ml-latest-small", .shape = "ml-20m", .split = "ratio:0.8,0.1,0.1", .seed = 1};

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
    .collective = true,
    .run = run,
};
