#include "io/readers/import.h"

#include "io/comm/log.h"
#include "io/features/text_features.h"
#include "io/hdf5/output.h"
#include "io/readers/lightgcn.h"
#include "io/readers/movielens.h"
#include "io/split/split.h"
#include "trainer/cli/command.h"
#include "trainer/cli/split_report.h"

#include <inttypes.h>

enum { FORMAT_AUTO, FORMAT_MOVIELENS, FORMAT_LIGHTGCN };
static const char *const formats[] = {"auto", "movielens", "lightgcn", NULL};

typedef struct options {
    char from[HR_TEXT_LENGTH], out[HR_TEXT_LENGTH], split[HR_TEXT_LENGTH];
    int format;
    double min_rating;
    int64_t seed;
    hr_text_options text;
} options;

#define AT(member) offsetof(options, member)

static const hr_option table[] = {
    {"from", "PATH", HR_OPTION_TEXT, HR_OPTION_CALL, AT(from), 0, 0, NULL,
     "a MovieLens folder, its ratings file, or a folder with train.txt and test.txt"},
    {"format", "NAME", HR_OPTION_CHOICE, HR_OPTION_CALL, AT(format), 0, 0, formats,
     "auto, movielens or lightgcn"},
    {"out", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(out), 0, 0, NULL, "the dataset file to write"},
    {"min-rating", "R", HR_OPTION_REAL, HR_OPTION_CALL, AT(min_rating), 0, 5, NULL,
     "leave out ratings below R"},
    {"split", "RULE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(split), 0, 0, NULL,
     HR_SPLIT_OPTION "; else given where the source comes split, and ratio:0.8,0.1,0.1 where it does not"},
    {"seed", "S", HR_OPTION_INT, HR_OPTION_CALL, AT(seed), 0, 9e15, NULL, "seed of the split"},
    {"tag-min-count", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(text.tag_min_count), 1, 9e15, NULL,
     "leave tags that are applied fewer than N times out of the text features"},
    {"max-tags", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(text.max_tags), 0, 9e15, NULL,
     "of the other tags, keep the N that are applied most often"},
    {"tags-a-movie", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(text.tags_a_movie), 0, 9e15, NULL,
     "of these, describe a movie by the N that are applied to it most often"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

static hr_status read_source(const options *o, hr_raw *raw, hr_error *err)
{
    if (o->format == FORMAT_MOVIELENS || (o->format == FORMAT_AUTO && hr_movielens_recognise(o->from)))
        return hr_movielens_read(o->from, raw, err);
    if (o->format == FORMAT_LIGHTGCN || hr_lightgcn_recognise(o->from))
        return hr_lightgcn_read(o->from, raw, err);
    return hr_fail(
        err, HR_INPUT,
        "%s: neither a MovieLens folder (ratings.csv or ratings.dat) nor a LightGCN one (train.txt)",
        o->from);
}

static void report(const hr_comm *comm, const options *o, const hr_dataset *dataset,
                   const hr_import_report *r)
{
    int64_t terms[HR_TERM_KINDS];
    hr_log(comm, "%s: %" PRId64 " users, %" PRId64 " movies, %" PRId64 " ratings", o->out,
           dataset->ratings.users, dataset->ratings.movies, dataset->ratings.count);
    hr_text_count_kinds(&dataset->text, terms);
    hr_log(comm, "text features: %" PRId64 " title words, %" PRId64 " genres, %" PRId64 " tags",
           terms[HR_TERM_TITLE], terms[HR_TERM_GENRE], terms[HR_TERM_TAG]);
    if (r->below_minimum)
        hr_log(comm, "left out %" PRId64 " ratings below %g", r->below_minimum, o->min_rating);
    if (r->duplicates)
        hr_log(comm, "left out %" PRId64 " second ratings of the same movie by the same user", r->duplicates);
    if (r->tags_dropped)
        hr_log(comm, "left out %" PRId64 " tags of users or movies without ratings", r->tags_dropped);
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    const options *o = call->options;
    hr_status status = HR_OK;
    hr_raw raw = {0};
    hr_dataset dataset = {0};
    hr_import_report changed = {0};
    hr_split_rule rule;
    const hr_comm alone = hr_comm_alone(); /* rank 0 runs the command by itself */
    hr_output output = {.file = o->out, .inputs = {o->from}};
    const hr_import_options how = {(float)o->min_rating, *o->split ? o->split : NULL, (uint64_t)o->seed};
    if (!*o->from || !*o->out)
        HR_TRY(hr_fail(err, HR_USAGE, "halorec import needs --from and --out; see halorec import --help"));
    HR_TRY(hr_output_begin(&output, &alone, err));
    HR_TRY(read_source(o, &raw, err));
    HR_TRY(hr_import(&raw, &how, o->from, &dataset, &changed, err));
    HR_TRY(hr_text_build(&dataset, &o->text, &dataset.text, err));
    HR_TRY(hr_dataset_write(&dataset, o->out, err));
    report(comm, o, &dataset, &changed);
    HR_TRY(hr_split_parse(dataset.split, &rule, err));
    HR_TRY(hr_split_report(&alone, &dataset, &rule, err));
done:
    hr_output_end(&output);
    hr_dataset_free(&dataset);
    hr_raw_free(&raw);
    return status;
}

static const options defaults = {.seed = 1, .text = HR_TEXT_DEFAULTS};

const hr_command hr_command_import = {
    .name = "import",
    .arguments = "--from PATH --out FILE",
    .summary = "Makes a dataset file from published ratings",
    .describe = hr_split_describe,
    .example = "halorec import --from ml-latest-small --out data.h5 --split ratio:0.8,0.1,0.1",
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .run = run,
};
