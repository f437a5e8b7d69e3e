#include "trainer/top/chart_request.h"

#include "io/base/utf8.h"
#include "io/text/times.h"
#include "trainer/catalogue/movie_filter.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *const hr_chart_orders[] = {"popular", "latest", "first-rated", "trending", "rated", NULL};

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

hr_status hr_chart_window(const hr_chart_request *request, hr_tally_window *window, hr_error *err)
{
    enum { DAY = 86400 };
    hr_status status = HR_OK;
    *window = (hr_tally_window){.train_only = request->train_only,
                                .recent = request->order == HR_CHART_TRENDING ? request->days * DAY : 0};
    HR_TRY(parse_date("since", request->since, INT64_MIN, &window->since, err));
    HR_TRY(parse_date("until", request->until, INT64_MAX, &window->until, err));
    if (*request->until && window->until % DAY == 0)
        window->until--; /* a date alone: ratings before it */
    if (window->since > window->until)
        status = hr_fail(err, HR_USAGE, "--until %s comes before --since %s", request->until, request->since);
done:
    return status;
}

hr_status hr_chart_allowed(const hr_chart_request *request, const hr_catalogue *catalogue, uint8_t *allowed,
                           hr_error *err)
{
    hr_status status = HR_OK;
    char decade[64] = "";
    hr_movie_filter filter = {
        .genre = request->genre, .without_genre = request->without_genre, .year = request->year};
    memset(allowed, 1, (size_t)catalogue->movies);
    HR_TRY(hr_movie_filter_apply(&filter, catalogue, NULL, allowed, err));
    if (request->decade > 0)
        snprintf(decade, sizeof decade, "%" PRId64 ":%" PRId64, request->decade, request->decade + 9);
    filter = (hr_movie_filter){.year = decade};
    HR_TRY(hr_movie_filter_apply(&filter, catalogue, NULL, allowed, err));
done:
    return status;
}
