/* /top, /latest, /popular: as halorec top makes charts. */
#include "trainer/serve/api/endpoint.h"
#include "trainer/top/chart_report.h"

static hr_chart_request request_of(const hr_request *request, hr_chart_order order)
{
    return (hr_chart_request){.order = order,
                              .top = hr_request_integer(request, "top_k"),
                              .days = hr_request_integer(request, "days"),
                              .percentile = hr_request_real(request, "percentile"),
                              .decade = hr_request_integer(request, "decade"),
                              .genre = hr_text_or_empty(request, "genre"),
                              .without_genre = hr_text_or_empty(request, "without_genre"),
                              .year = hr_text_or_empty(request, "year"),
                              .since = hr_text_or_empty(request, "since"),
                              .until = hr_text_or_empty(request, "until"),
                              .train_only = hr_request_flag(request, "train")};
}

static hr_status chart(hr_facts *facts, const hr_chart_request *wanted, hr_answer *answer, hr_error *err)
{
    hr_status status = HR_OK;
    hr_tally_window window;
    hr_movie_tally own = {0};
    const hr_movie_tally *tally = NULL;
    hr_chart_report report = {0};
    HR_TRY(hr_chart_window(wanted, &window, err));
    HR_TRY(hr_facts_tally_of(facts, &window, &own, &tally, err));
    HR_TRY(hr_chart_report_make(&report, wanted, facts->catalogue, tally, err));
    HR_TRY(hr_answer_json(answer, hr_chart_report_json(&report), err));
done:
    hr_facts_release_tally(facts, tally);
    hr_chart_report_free(&report);
    hr_movie_tally_free(&own);
    return status;
}

static hr_status top(hr_facts *facts, const hr_request *request, hr_answer *answer, hr_error *err)
{
    const hr_chart_request wanted = request_of(request, (hr_chart_order)hr_request_choice(request, "by"));
    return chart(facts, &wanted, answer, err);
}

static hr_status latest(hr_facts *facts, const hr_request *request, hr_answer *answer, hr_error *err)
{
    const hr_chart_request wanted = request_of(request, HR_CHART_LATEST);
    return chart(facts, &wanted, answer, err);
}

static hr_status popular(hr_facts *facts, const hr_request *request, hr_answer *answer, hr_error *err)
{
    const hr_chart_request wanted = request_of(request, HR_CHART_POPULAR);
    return chart(facts, &wanted, answer, err);
}

hr_status hr_api_top(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    return hr_endpoint_call(context, top, request, answer, err);
}

hr_status hr_api_latest(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    return hr_endpoint_call(context, latest, request, answer, err);
}

hr_status hr_api_popular(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    return hr_endpoint_call(context, popular, request, answer, err);
}
