/* A chart, as text and as JSON. */
#ifndef HR_TRAINER_TOP_CHART_REPORT_H
#define HR_TRAINER_TOP_CHART_REPORT_H

#include "trainer/catalogue/catalogue.h"
#include "trainer/top/chart.h"

/* Of hr_chart_order, as options name them; NULL at the end. */
extern const char *const hr_chart_orders[];

typedef struct hr_chart_report {
    hr_chart_order order;
    hr_catalogue catalogue;
    hr_movie_tally tally;
    hr_chart_entry *entry; /* [count] */
    int64_t count;
} hr_chart_report;

/* Print to standard output. HR_MEMORY. */
void hr_chart_report_text(const hr_chart_report *report);
hr_status hr_chart_report_json(const hr_chart_report *report, hr_error *err);

#endif
