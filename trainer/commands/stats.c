#include "io/base/json.h"
#include "io/charts/gnuplot.h"
#include "io/hdf5/output.h"
#include "io/statistics/charts_svg.h"
#include "trainer/commands/commands.h"
#include "trainer/report/stats_report.h"

typedef struct options {
    bool json;
    char svg[HR_TEXT_LENGTH];
} options;

#define AT(member) offsetof(options, member)

static const hr_option table[] = {
    {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(json), 0, 0, NULL, "print one JSON object"},
    {"svg", "FILE|DIR", HR_OPTION_TEXT, HR_OPTION_CALL, AT(svg), 0, 0, NULL,
     "also draw activity, popularity, values and times: on one page, or each into a file of a folder; by "
     "gnuplot"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

static hr_status print_json(const hr_statistics *s, hr_error *err)
{
    json_t *object = hr_stats_report_json(s);
    const hr_status status = hr_json_print(object, "the statistics", stdout, err);
    json_decref(object);
    return status;
}

/* Claims what will be drawn. */
static hr_status begin_outputs(hr_output output[HR_CHARTS_OF_STATISTICS], hr_chart_files files,
                               const hr_call *call, const hr_comm *comm, hr_error *err)
{
    const options *o = call->options;
    hr_status status = HR_OK;
    const int count = hr_charts_name_files(o->svg, files);
    for (int i = 0; *o->svg && i < count; i++) {
        output[i] = (hr_output){.file = files[i], .marks = hr_charts_marks, .inputs = {call->arguments[0]}};
        HR_TRY(hr_output_begin(&output[i], comm, err));
    }
done:
    return status;
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    (void)comm;
    const options *o = call->options;
    hr_status status = HR_OK;
    hr_statistics s = {0};
    const hr_comm alone = hr_comm_alone(); /* rank 0 runs the command by itself */
    hr_output output[HR_CHARTS_OF_STATISTICS] = {{0}};
    hr_chart_files files;
    HR_TRY(begin_outputs(output, files, call, &alone, err));
    if (*o->svg)
        HR_TRY(hr_gnuplot_check("--svg", err));
    HR_TRY(hr_statistics_read(&s, call->arguments[0], err));
    if (*o->svg)
        HR_TRY(hr_charts_draw(&s, o->svg, err));
    if (o->json)
        HR_TRY(print_json(&s, err));
    else
        hr_stats_report_text(&s, call->arguments[0]);
done:
    for (int i = 0; i < HR_CHARTS_OF_STATISTICS; i++)
        hr_output_end(&output[i]);
    hr_statistics_free(&s);
    return status;
}

static const options defaults = {.json = false};

static void describe(hr_help *help)
{
    static const hr_help_item items[] = {
        {"density", "ratings by users x rated movies"},
        {"quantiles", "the smallest value that a share of users, movies or ratings does not exceed"},
        {"gini",
         "0 where all users, or movies, have the same number of ratings; near 1 where few have nearly all"},
        {"components",
         "users and movies that ratings join, whatever their part; between components nothing is learned"},
        {"split", "the rule and its seed; ratings, users and movies of each part; who has no train ratings"}};
    hr_help_paragraph(help, "Prints tables and charts:");
    hr_help_list(help, items, sizeof items / sizeof *items);
    hr_help_paragraph(
        help,
        "Memory grows with users and movies, not with ratings. More than 4,096 different values or "
        "times are counted rounded down, as finely as 4,096 numbers allow.");
    hr_help_paragraph(
        help,
        "JSON keys: users, movies, rated_movies, ratings, density, mean, without_time; activity, "
        "popularity, values and times, each with minimum, q01, q10, q25, median, q75, q90, q99, "
        "maximum, mean and gini; histograms, pairs of where a bar begins and its height; components; "
        "genres; split.");
}

const hr_command hr_command_stats = {
    .name = "stats",
    .arguments = "DATA.h5",
    .summary = "Describes the users, movies, ratings and splits of a dataset",
    .describe = describe,
    .example = "halorec stats data.h5 --svg data.svg",
    .wants = 1,
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .run = run,
};
