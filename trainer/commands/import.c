#include "io/additions/visitor_rows.h"
#include "io/formats/format.h"
#include "io/formats/open.h"
#include "io/hdf5/output.h"
#include "io/ingest/ingest.h"
#include "io/options/list.h"
#include "io/text/times.h"
#include "trainer/commands/commands.h"
#include "trainer/report/import_report.h"
#include "trainer/report/split_report.h"

#include <math.h>

static const char *const time_units[] = {"auto",  "seconds", "milliseconds", "microseconds", "nanoseconds",
                                         "dates", NULL}; /* by hr_time_unit */
static const char *const duplicates[] = {"last", "first", "sum", "max", "error", NULL};

typedef struct options {
    char from[HR_TEXT_LENGTH], format[HR_TEXT_LENGTH], given[HR_TEXT_LENGTH], columns[HR_TEXT_LENGTH],
        separator[HR_TEXT_LENGTH], scale[HR_TEXT_LENGTH], out[HR_TEXT_LENGTH], split[HR_TEXT_LENGTH],
        visitors[HR_TEXT_LENGTH], since[HR_TEXT_LENGTH], until[HR_TEXT_LENGTH], min_rating[HR_TEXT_LENGTH],
        core[HR_TEXT_LENGTH];
    bool no_header, implicit, json;
    int duplicates, time_unit;
    int64_t max_bad, seed;
    hr_text_options text;
} options;

#define AT(member) offsetof(options, member)

static const hr_option table[] = {
    {"from", "PATH", HR_OPTION_TEXT, HR_OPTION_CALL, AT(from), 0, 0, NULL,
     "a file of ratings, a folder with one, or a zip; its format is found by looking"},
    {"out", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(out), 0, 0, NULL, "the dataset file to write"},
    {"ratings-db", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(visitors), 0, 0, NULL,
     "also what visitors of halorec serve rated, as users of their own, and the movies that they added"},
    {"format", "NAME", HR_OPTION_TEXT, HR_OPTION_CALL, AT(format), 0, 0, NULL,
     "what PATH is, where it is not to be found by looking"},
    {"given", "NAME", HR_OPTION_TEXT, HR_OPTION_CALL, AT(given), 0, 0, NULL,
     "which of the splits that come with the data: u1 … u5, ua, ub of MovieLens 100k, r1 … r5, ra, rb of "
     "10M"},
    {"columns", "LIST", HR_OPTION_TEXT, HR_OPTION_CALL, AT(columns), 0, 0, NULL,
     "which columns of a table are what: user=A,item=B,rating=C,time=D, each by name or by number from 1"},
    {"separator", "TEXT", HR_OPTION_TEXT, HR_OPTION_CALL, AT(separator), 0, 0, NULL,
     "what is between the columns of a table: comma, tab, blank, or characters such as ::"},
    {"time-unit", "UNIT", HR_OPTION_CHOICE, HR_OPTION_CALL, AT(time_unit), 0, 0, time_units,
     "what times that are numbers count since 1970, or dates: 20050906 is a day; auto tells it by the first "
     "ones"},
    {"no-header", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(no_header), 0, 0, NULL,
     "the first row of a table is a rating"},
    {"scale", "LOW:HIGH", HR_OPTION_TEXT, HR_OPTION_CALL, AT(scale), 0, 0, NULL,
     "the lowest and the highest rating; a row with another is bad"},
    {"implicit", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(implicit), 0, 0, NULL,
     "every row is a rating of 1, whatever else it says"},
    {"max-bad", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(max_bad), 0, 9e15, NULL,
     "skip up to N bad rows, and list the first; one more is an error"},
    {"since", "TIME", HR_OPTION_TEXT, HR_OPTION_CALL, AT(since), 0, 0, NULL,
     "leave out rows before a date (2005-09-06), a date and time, or a number of seconds since 1970"},
    {"until", "TIME", HR_OPTION_TEXT, HR_OPTION_CALL, AT(until), 0, 0, NULL,
     "leave out rows at that time or later"},
    {"duplicates", "RULE", HR_OPTION_CHOICE, HR_OPTION_CALL, AT(duplicates), 0, 0, duplicates,
     "which of a user's rows of one movie stays: the last or first in time, their sum, the greatest; or none "
     "may "
     "be"},
    {"min-rating", "R", HR_OPTION_TEXT, HR_OPTION_CALL, AT(min_rating), 0, 0, NULL,
     "then leave out ratings below R"},
    {"k-core", "U:I", HR_OPTION_TEXT, HR_OPTION_CALL, AT(core), 0, 0, NULL,
     "then leave out users with fewer than U ratings and movies with fewer than I, until all have as many"},
    {"split", "RULE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(split), 0, 0, NULL,
     HR_SPLIT_OPTION "; else given where the source comes split, and ratio:0.8,0.1,0.1 where it does not"},
    {"seed", "S", HR_OPTION_INT, HR_OPTION_CALL, AT(seed), 0, 9e15, NULL, "seed of the split"},
    {"tag-min-count", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(text.tag_min_count), 1, 9e15, NULL,
     "leave tags that are applied fewer than N times out of the text features"},
    {"max-tags", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(text.max_tags), 0, 9e15, NULL,
     "of the other tags, keep the N that are applied most often"},
    {"tags-a-movie", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(text.tags_a_movie), 0, 9e15, NULL,
     "of these, describe a movie by the N that are applied to it most often"},
    {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(json), 0, 0, NULL,
     "print the report as one JSON object"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

static const char *given_text(const char *text)
{
    return *text ? text : NULL;
}

/* An empty text leaves *time as it is. */
static hr_status read_time(const char *option, const char *text, int64_t *time, hr_error *err)
{
    if (!*text || (hr_time_parse(hr_piece_of(text), time) && *time != HR_NO_TIME))
        return HR_OK;
    return hr_fail(err, HR_USAGE, "--%s %s: expected " HR_TIME_EXPECTED, option, text);
}

static hr_status read_core(const char *text, hr_row_filters *filters, hr_error *err)
{
    int64_t need[2] = {0, 0};
    if (*text && (hr_separate_ints(text, ':', need, 2) != 2 || need[0] < 0 || need[1] < 0))
        return hr_fail(err, HR_USAGE,
                       "--k-core %s: expected the fewest ratings of a user and of a movie, such as 10:5",
                       text);
    filters->users_need = need[0];
    filters->movies_need = need[1];
    return HR_OK;
}

static hr_status read_minimum(const char *text, float *minimum, hr_error *err)
{
    double value = 0.0;
    if (!*text)
        return HR_OK;
    if (hr_separate_reals(text, ',', &value, 1) != 1)
        return hr_fail(err, HR_USAGE, "--min-rating %s: expected a number", text);
    *minimum = (float)value;
    return HR_OK;
}

static hr_status read_filters(const options *o, hr_row_filters *filters, hr_error *err)
{
    hr_status status = HR_OK;
    *filters = (hr_row_filters)HR_ROW_FILTERS_DEFAULTS;
    filters->duplicates = (hr_duplicates)o->duplicates;
    HR_TRY(read_time("since", o->since, &filters->range.since, err));
    HR_TRY(read_time("until", o->until, &filters->range.until, err));
    HR_TRY(read_minimum(o->min_rating, &filters->min_rating, err));
    HR_TRY(read_core(o->core, filters, err));
done:
    return status;
}

static hr_status open_source(const hr_comm *comm, const options *o, hr_source **source, hr_error *err)
{
    const hr_source_options how = {.format = given_text(o->format),
                                   .columns = given_text(o->columns),
                                   .separator = given_text(o->separator),
                                   .scale = given_text(o->scale),
                                   .given = given_text(o->given),
                                   .time_unit = (hr_time_unit)o->time_unit,
                                   .no_header = o->no_header,
                                   .implicit = o->implicit,
                                   .max_bad = o->max_bad};
    return hr_agree(comm, hr_source_open(source, o->from, &how, err), NULL, err);
}

/* What lies beside the ratings and belongs into the dataset file. */
typedef struct extra {
    const hr_source *source;
    const hr_dataset *dataset;
    hr_side_report *report;
} extra;

static hr_status write_extra(void *context, hr_h5 *file, hr_error *err)
{
    const extra *e = context;
    return hr_source_features(e->source, &e->dataset->movie_id, file, e->report, err);
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    const options *o = call->options;
    hr_status status = HR_OK;
    hr_source *source = NULL;
    hr_dataset dataset = {0};
    hr_ingest_report made;
    hr_visitors visitors = {{0}, {0}};
    hr_more_rows more;
    hr_output output = {.file = o->out, .format = HR_DATASET_FORMAT, .inputs = {o->from, o->visitors}};
    hr_ingest_options how = {.split = given_text(o->split), .seed = (uint64_t)o->seed, .text = o->text};
    if (!*o->from || !*o->out)
        HR_TRY(hr_fail(err, HR_USAGE, "halorec import needs --from and --out; see halorec import --help"));
    HR_TRY(hr_output_begin(&output, comm, err));
    HR_TRY(read_filters(o, &how.filters, err));
    HR_TRY(open_source(comm, o, &source, err));
    if (*o->visitors) {
        HR_TRY(hr_visitors_gather(&visitors, comm, o->visitors, err));
        more = hr_visitor_rows(&visitors);
        how.more = &more;
        how.more_movies = hr_visitor_movies;
    }
    HR_TRY(hr_ingest(comm, source, o->from, &how, &dataset, &made, err));
    extra beside = {source, &dataset, &made.bad_items};
    HR_TRY(hr_dataset_write_ranks(comm, &dataset, o->out, write_extra, &beside, err));
    HR_TRY(hr_import_report(comm, source, o->out, o->json, &dataset, &made, err));
done:
    hr_output_end(&output);
    hr_dataset_free(&dataset);
    hr_visitors_free(&visitors);
    hr_source_close(source);
    return status;
}

static void describe(hr_help *help)
{
    enum { MOST = 32 };
    hr_help_item item[MOST];
    int count = 0;
    hr_split_describe(help);
    for (const hr_format *const *f = hr_formats; *f && count < MOST; f++)
        item[count++] = (hr_help_item){(*f)->name, (*f)->summary};
    hr_help_section(help, "formats of --format");
    hr_help_list(help, item, count);
}

static const options defaults = {.seed = 1, .text = HR_TEXT_DEFAULTS};

const hr_command hr_command_import = {
    .name = "import",
    .arguments = "--from PATH --out FILE",
    .summary = "Makes a dataset file from ratings of any format",
    .describe = describe,
    .example = "halorec import --from ml-latest-small --out data.h5 --split ratio:0.8,0.1,0.1",
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .collective = true,
    .run = run,
};
