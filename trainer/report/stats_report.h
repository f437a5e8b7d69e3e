/* What halorec stats prints. */
#ifndef HR_TRAINER_REPORT_STATS_REPORT_H
#define HR_TRAINER_REPORT_STATS_REPORT_H

#include "io/statistics/statistics.h"

#include <jansson.h>

/* Tables and charts for a terminal. */
void hr_stats_report_text(const hr_statistics *s, const char *path);

/* An object, whose keys halorec stats --help names. To be checked as io/base/json.h says. */
json_t *hr_stats_report_json(const hr_statistics *s);

#endif
