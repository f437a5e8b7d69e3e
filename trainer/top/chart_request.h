/* A chart as somebody asks for it: an order, which movies, which ratings. */
#ifndef HR_TRAINER_TOP_CHART_REQUEST_H
#define HR_TRAINER_TOP_CHART_REQUEST_H

#include "io/base/error.h"
#include "trainer/catalogue/catalogue.h"
#include "trainer/top/chart.h"

#include <stdbool.h>
#include <stdint.h>

/* Of hr_chart_order, as options name them; NULL at the end. */
extern const char *const hr_chart_orders[];

/* Texts are those of options, "" where one is not given. */
typedef struct hr_chart_request {
    hr_chart_order order;
    int64_t top;
    int64_t days;                             /* of trending: up to the last rating, that are recent */
    double percentile;                        /* of rated */
    int64_t decade;                           /* its first year; 0: any */
    const char *genre, *without_genre, *year; /* of trainer/catalogue/movie_filter.h */
    const char *since, *until;                /* dates, or dates and times */
    bool train_only;
} hr_chart_request;

/* Which ratings it counts. HR_USAGE, naming the option, for what is no date, or a period that ends before it begins. */
hr_status hr_chart_window(const hr_chart_request *request, hr_tally_window *window, hr_error *err);

/* Which movies it lists, allowed [catalogue->movies]. HR_USAGE, naming the option; HR_MEMORY. */
hr_status hr_chart_allowed(const hr_chart_request *request, const hr_catalogue *catalogue, uint8_t *allowed,
                           hr_error *err);

#endif
