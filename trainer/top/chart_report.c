#include "trainer/top/chart_report.h"

#include "io/base/json.h"
#include "io/base/memory.h"
#include "io/base/utf8.h"
#include "trainer/catalogue/movie_json.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* Whether the data has what the order goes by. */
static hr_status check_times(const hr_chart_request *request, const hr_chart_report *r, hr_error *err)
{
    const bool wants_times = request->order == HR_CHART_TRENDING || request->order == HR_CHART_FIRST_RATED;
    bool has_times = false;
    for (int64_t m = 0; m < r->tally->movies; m++)
        has_times = has_times || r->tally->first[m] < INT64_MAX;
    if (!wants_times || has_times || r->tally->all == 0)
        return HR_OK;
    return hr_fail(err, HR_USAGE, "%s: its ratings have no times, which --by %s goes by", r->catalogue->path,
                   hr_chart_orders[request->order]);
}

hr_status hr_chart_report_make(hr_chart_report *report, const hr_chart_request *request,
                               const hr_catalogue *catalogue, const hr_movie_tally *tally, hr_error *err)
{
    hr_status status = HR_OK;
    uint8_t *allowed = NULL;
    *report = (hr_chart_report){.order = request->order, .catalogue = catalogue, .tally = tally};
    HR_ALLOC(allowed, catalogue->movies);
    HR_ALLOC(report->entry, request->top);
    HR_TRY(hr_chart_allowed(request, catalogue, allowed, err));
    HR_TRY(check_times(request, report, err));
    const hr_chart chart = {request->order, request->percentile, tally, catalogue->year, allowed};
    HR_TRY(hr_chart_make(&chart, request->top, report->entry, &report->count, err));
done:
    free(allowed);
    return status;
}

void hr_chart_report_free(hr_chart_report *report)
{
    free(report->entry);
    *report = (hr_chart_report){0};
}

/* The time of a first rating as a date. */
static void print_date(char text[16], int64_t seconds)
{
    struct tm day;
    const time_t time = (time_t)seconds;
    if (seconds == INT64_MAX || !gmtime_r(&time, &day) || strftime(text, 16, "%Y-%m-%d", &day) == 0)
        strcpy(text, "-");
}

static void print_score(const hr_chart_report *r, int64_t index)
{
    char date[16];
    print_date(date, r->tally->first[r->entry[index].movie]);
    if (r->order == HR_CHART_FIRST_RATED)
        fputs(date, stdout);
    else
        printf("%8.*f", r->order == HR_CHART_RATED || r->order == HR_CHART_TRENDING ? 4 : 0,
               r->entry[index].score);
}

void hr_chart_report_text(const hr_chart_report *report)
{
    const hr_chart_report *r = report;
    char id[HR_ID_BUFFER], shown[HR_ESCAPED_LENGTH], title[HR_ESCAPED_LENGTH];
    for (int64_t i = 0; i < r->count; i++) {
        const int64_t movie = r->entry[i].movie;
        const char *text = hr_ids_text(&r->catalogue->id, movie, id);
        const char *name = hr_strings_at(&r->catalogue->title, movie);
        printf("%3" PRId64 "  ", i + 1);
        print_score(r, i);
        printf("  %-50s  %" PRId64 " ratings  (movie %s)\n",
               hr_escape(title, sizeof title, name, (int64_t)strlen(name)), r->tally->ratings[movie],
               hr_escape(shown, sizeof shown, text, (int64_t)strlen(text)));
    }
}

json_t *hr_chart_report_json(const hr_chart_report *report)
{
    const hr_chart_report *r = report;
    json_t *list = json_array();
    for (int64_t i = 0; i < r->count; i++) {
        const int64_t m = r->entry[i].movie;
        json_t *movie = hr_movie_json(r->catalogue, m);
        json_object_set_new(movie, "score", json_real(r->entry[i].score));
        json_object_set_new(movie, "ratings", json_integer((json_int_t)r->tally->ratings[m]));
        if (r->tally->first[m] < INT64_MAX)
            json_object_set_new(movie, "first_rating", json_integer((json_int_t)r->tally->first[m]));
        json_array_append_new(list, movie);
    }
    return json_pack("{s:s, s:o}", "by", hr_chart_orders[r->order], "top", list);
}
