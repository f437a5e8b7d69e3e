#include "io/base/memory.h"
#include "io/base/utf8.h"
#include "io/text/times.h"
#include "trainer/catalogue/movie_filter.h"
#include "trainer/commands/command.h"
#include "trainer/top/chart_report.h"

#include <inttypes.h>
#include <string.h>

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

static hr_status parse_date(const char *option, const char *text, int64_t otherwise, int64_t *seconds,
                            hr_error *err)
{
    char shown[HR_ESCAPED_LENGTH];
    *seconds = otherwise;
    if (!*text || (hr_time_parse(hr_piece_of(text), seconds) && *seconds != HR_NO_TIME))
        return HR_OK;
    return hr_fail(err, HR_USAGE, "--%s %s: expected " HR_TIME_EXPECTED, option,
                   hr_escape(shown, sizeof shown, text, (int64_t)strlen(text)));
}

static hr_status window_of(const options *o, hr_tally_window *window, hr_error *err)
{
    enum { DAY = 86400 };
    hr_status status = HR_OK;
    *window =
        (hr_tally_window){.train_only = o->train, .recent = o->by == HR_CHART_TRENDING ? o->days * DAY : 0};
    HR_TRY(parse_date("since", o->since, INT64_MIN, &window->since, err));
    HR_TRY(parse_date("until", o->until, INT64_MAX, &window->until, err));
    if (*o->until && window->until % DAY == 0)
        window->until--; /* a date alone: ratings before it */
    if (window->since > window->until)
        status = hr_fail(err, HR_USAGE, "--until %s comes before --since %s", o->until, o->since);
done:
    return status;
}

static hr_status apply_filter(const options *o, const hr_catalogue *catalogue, uint8_t *allowed,
                              hr_error *err)
{
    hr_status status = HR_OK;
    char decade[64] = "";
    hr_movie_filter filter = {.genre = o->genre, .without_genre = o->without_genre, .year = o->year};
    memset(allowed, 1, (size_t)catalogue->movies);
    HR_TRY(hr_movie_filter_apply(&filter, catalogue, NULL, allowed, err));
    if (o->decade > 0)
        snprintf(decade, sizeof decade, "%" PRId64 ":%" PRId64, o->decade, o->decade + 9);
    filter = (hr_movie_filter){.year = decade};
    HR_TRY(hr_movie_filter_apply(&filter, catalogue, NULL, allowed, err));
done:
    return status;
}

/* Whether the data has what the order goes by. */
static hr_status check_times(const options *o, const hr_chart_report *r, const char *path, hr_error *err)
{
    const bool wants_times = o->by == HR_CHART_TRENDING || o->by == HR_CHART_FIRST_RATED;
    bool has_times = false;
    for (int64_t m = 0; m < r->tally.movies; m++)
        has_times = has_times || r->tally.first[m] < INT64_MAX;
    if (!wants_times || has_times || r->tally.all == 0)
        return HR_OK;
    return hr_fail(err, HR_USAGE, "%s: its ratings have no times, which --by %s goes by", path,
                   hr_chart_orders[o->by]);
}

static hr_status make(hr_chart_report *r, const hr_call *call, hr_error *err)
{
    const options *o = call->options;
    const char *path = call->arguments[0];
    const hr_comm alone = hr_comm_alone(); /* rank 0 runs the command by itself */
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    hr_dataset_summary summary;
    hr_tally_window window;
    uint8_t *allowed = NULL;
    r->order = (hr_chart_order)o->by;
    HR_TRY(window_of(o, &window, err));
    HR_TRY(hr_dataset_open(&file, &summary, path, err));
    HR_TRY(hr_catalogue_read(&r->catalogue, &alone, path, err));
    HR_ALLOC(allowed, summary.movies);
    HR_ALLOC(r->entry, o->top);
    HR_TRY(apply_filter(o, &r->catalogue, allowed, err));
    HR_TRY(hr_movie_tally_read(&r->tally, file, &summary, &window, err));
    HR_TRY(check_times(o, r, path, err));
    const hr_chart chart = {(hr_chart_order)o->by, o->percentile, &r->tally, r->catalogue.year, allowed};
    HR_TRY(hr_chart_make(&chart, o->top, r->entry, &r->count, err));
done:
    free(allowed);
    hr_h5_close(file);
    return status;
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    (void)comm;
    const options *o = call->options;
    hr_status status = HR_OK;
    hr_chart_report r = {0};
    HR_TRY(make(&r, call, err));
    if (o->json)
        HR_TRY(hr_chart_report_json(&r, err));
    else
        hr_chart_report_text(&r);
done:
    free(r.entry);
    hr_movie_tally_free(&r.tally);
    hr_catalogue_free(&r.catalogue);
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
        "JSON keys: by; top: a list of movie, title, year, score, ratings and first_rating (seconds since "
        "1970); year and first_rating are left out where they are unknown.");
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
