/* The charts that halorec stats prints. */
#ifndef HR_TRAINER_REPORT_STATS_CHARTS_H
#define HR_TRAINER_REPORT_STATS_CHARTS_H

#include "io/statistics/statistics.h"

enum { HR_LABEL = 32 };

/* Write a number as it is, and a time as its day. */
void hr_write_number(double number, char label[HR_LABEL]);
void hr_write_date(double time, char label[HR_LABEL]);

/* Users and movies by number of ratings, ratings by value and by time. */
void hr_stats_print_charts(const hr_statistics *s);

#endif
