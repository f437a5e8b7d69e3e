#include "io/base/json.h"
#include "io/dataset/dataset_verify.h"
#include "trainer/commands/commands.h"
#include "trainer/top/chart_report.h"

#include <stdio.h>

typedef struct options {
    int by;
    int64_t top, days, decade;
    double percentile;
    char genre[HR_TEXT_LENGTH], without_genre[HR_TEXT_LENGTH], year[HR_TEXT_LENGTH];
    char since[HR_TEXT_LENGTH], until[HR_TEXT_LENGTH];
    bool train, json;
} options;

#define AT(member) offsetof(options, member)

static const hr_option table[] = {
    {"by", "popular|latest|first-rated|trending|rated", HR_OPTION_CHOICE, HR_OPTION_CALL, AT(by), 0, 0,
     hr_chart_orders, "what movies are ranked by"},
    {"top", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(top), 1, 100000, NULL, "number of movies"},
    {"genre", "LIST", HR_OPTION_TEXT, HR_OPTION_CALL, AT(genre), 0, 0, NULL,
     "only movies of one of these genres, separated by commas"},
    {"without-genre", "LIST", HR_OPTION_TEXT, HR_OPTION_CALL, AT(without_genre), 0, 0, NULL,
     "no movies of these genres"},
    {"decade", "YEAR", HR_OPTION_INT, HR_OPTION_CALL, AT(decade), 1, 9999, NULL,
     "only movies of the ten years from 1990 on, for 1990"},
    {"year", "A:B", HR_OPTION_TEXT, HR_OPTION_CALL, AT(year), 0, 0, NULL,
     "only movies of the years A to B; either may be left out"},
    {"since", "DATE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(since), 0, 0, NULL,
     "count ratings from this date on, such as 2015-01-31"},
    {"until", "DATE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(until), 0, 0, NULL,
     "count ratings before this date, or up to this date and time"},
    {"train", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(train), 0, 0, NULL,
     "count ratings of the train part alone, as the models popular and toprated do"},
    {"days", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(days), 1, 36500, NULL,
     "of trending: days up to the last rating that are recent"},
    {"percentile", "P", HR_OPTION_REAL, HR_OPTION_CALL, AT(percentile), 0, 100, NULL,
     "of rated: percentile of movies by ratings that m is"},
    {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(json), 0, 0, NULL, "print one JSON object"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

static hr_chart_request request_of(const options *o)
{
    return (hr_chart_request){.order = (hr_chart_order)o->by,
                              .top = o->top,
                              .days = o->days,
                              .percentile = o->percentile,
                              .decade = o->decade,
                              .genre = o->genre,
                              .without_genre = o->without_genre,
                              .year = o->year,
                              .since = o->since,
                              .until = o->until,
                              .train_only = o->train};
}

static hr_status read(hr_movie_tally *tally, const char *path, const hr_chart_request *request, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    hr_dataset_summary summary;
    hr_tally_window window;
    const hr_comm alone = hr_comm_alone();
    HR_TRY(hr_chart_window(request, &window, err));
    HR_TRY(hr_dataset_open(&file, &summary, path, err));
    HR_TRY(hr_dataset_verify(&alone, file, &summary, err));
    HR_TRY(hr_movie_tally_read(tally, file, &summary, &window, err));
done:
    hr_h5_close(file);
    return status;
}

static hr_status print_json(const hr_chart_report *report, hr_error *err)
{
    json_t *object = hr_chart_report_json(report);
    const hr_status status = hr_json_print(object, "the chart", stdout, err);
    json_decref(object);
    return status;
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    (void)comm;
    const options *o = call->options;
    const hr_comm alone = hr_comm_alone(); /* rank 0 runs the command by itself */
    hr_status status = HR_OK;
    const hr_chart_request request = request_of(o);
    hr_catalogue catalogue = {0};
    hr_movie_tally tally = {0};
    hr_chart_report report = {0};
    HR_TRY(read(&tally, call->arguments[0], &request, err));
    HR_TRY(hr_catalogue_read(&catalogue, &alone, call->arguments[0], err));
    HR_TRY(hr_chart_report_make(&report, &request, &catalogue, &tally, err));
    if (o->json)
        HR_TRY(print_json(&report, err));
    else
        hr_chart_report_text(&report);
done:
    hr_chart_report_free(&report);
    hr_movie_tally_free(&tally);
    hr_catalogue_free(&catalogue);
    return status;
}

static const options defaults = {.top = 10, .days = 90, .percentile = 90.0};

static void describe(hr_help *help)
{
    static const hr_help_item items[] = {{"popular", "by ratings"},
                                         {"latest", "by the movie's year"},
                                         {"first-rated", "by the time of the first rating"},
                                         {"trending",
                                          "by (n - e) / sqrt(e + 1): n ratings in the last --days, e as many "
                                          "as the movie's share of earlier ratings "
                                          "lets expect"},
                                         {"rated",
                                          "by IMDb's weighted rating v/(v+m) R + m/(v+m) C: v ratings of "
                                          "mean R; m the --percentile of v over rated "
                                          "movies, C the mean of all ratings"}};
    hr_help_paragraph(help, "Needs no model. Movies are ranked:");
    hr_help_list(help, items, sizeof items / sizeof *items);
    hr_help_paragraph(
        help,
        "--genre, --decade and --year say which movies are listed, --since, --until and --train which "
        "ratings are counted: all by default, whatever part they are in.");
    hr_help_paragraph(
        help,
        "JSON keys: by; top: a list of movie, title, genres (a list), year, score, ratings and first_rating "
        "(seconds since 1970); year and first_rating are left out where they are unknown.");
}

const hr_command hr_command_top = {
    .name = "top",
    .arguments = "DATA.h5",
    .summary = "Lists movies by popularity, year, trend or rating, the same for everybody",
    .describe = describe,
    .example = "halorec top data.h5 --by rated --genre Comedy --decade 1990",
    .wants = 1,
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .run = run,
};
