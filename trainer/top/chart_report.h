/* A chart as people and programs read it. */
#ifndef HR_TRAINER_TOP_CHART_REPORT_H
#define HR_TRAINER_TOP_CHART_REPORT_H

#include "trainer/top/chart_request.h"

#include <jansson.h>

/* Zero-initialise; free with hr_chart_report_free. */
typedef struct hr_chart_report {
    hr_chart_order order;
    const hr_catalogue *catalogue;
    const hr_movie_tally *tally;
    hr_chart_entry *entry; /* [count] */
    int64_t count;
} hr_chart_report;

/* Makes the chart that is asked for of movies and the tally of its ratings (hr_chart_window), which must outlive it. Local.
 * HR_USAGE, naming the option, also where the ratings have no times and the order goes by them; HR_MEMORY. */
hr_status hr_chart_report_make(hr_chart_report *report, const hr_chart_request *request,
                               const hr_catalogue *catalogue, const hr_movie_tally *tally, hr_error *err);
void hr_chart_report_free(hr_chart_report *report);

/* Prints it to standard output. */
void hr_chart_report_text(const hr_chart_report *report);

/* An object with the keys by, and top: a list of movie, title, genres, year, score, ratings, first_rating. To be checked as
 * io/base/json.h says. */
json_t *hr_chart_report_json(const hr_chart_report *report);

#endif
