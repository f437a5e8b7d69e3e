/* What halorec stats prints. */
#ifndef HR_TRAINER_REPORT_STATS_REPORT_H
#define HR_TRAINER_REPORT_STATS_REPORT_H

#include "io/base/error.h"
#include "io/statistics/statistics.h"

/* Tables and charts for a terminal. */
void hr_stats_report_text(const hr_statistics *s, const char *path);
hr_status hr_stats_report_json(const hr_statistics *s, hr_error *err); /* HR_MEMORY */

#endif
