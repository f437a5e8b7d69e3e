/* Logs of runs in a folder, NAME.jsonl each (trainer/run/run_log.h), as they are read while runs write them. */
#ifndef HR_TRAINER_SERVE_API_RUN_LOGS_H
#define HR_TRAINER_SERVE_API_RUN_LOGS_H

#include "io/base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

enum { HR_RUN_NAME = 128, HR_MOST_RUNS = 1000 };

/* Whether it can be the name of a run: letters, digits, ".", "_", "-" and "+", no "." first. So it is no path. */
bool hr_run_name_fits(const char *name);

/* An object with the key runs: a list, the one written last first, of name, changed (when, seconds since 1970), done, lines,
 * last, an object of the last figures, and best, an object of figure, value and epoch, left out where no figure says how
 * good the run is. Files that are no log are left out. HR_IO, HR_MEMORY. */
hr_status hr_run_logs_list(const char *folder, json_t **list, hr_error *err);

/* Which lines of a log are read. */
typedef struct hr_run_lines {
    const char *name; /* one that fits */
    int64_t since;    /* number of the first line, from 0 */
    int64_t most;     /* lines */
} hr_run_lines;

/* An object with the keys name, since, next (the number after the last line given), lines, a list of the log's objects, bad,
 * how many of these lines were none, and done. Whole lines alone are read. A log that has fewer than `since` lines was begun
 * anew, and is given from line 0. *found receives whether there is such a log. HR_IO, HR_MEMORY. */
hr_status hr_run_log_read(const char *folder, const hr_run_lines *wanted, json_t **value, bool *found,
                          hr_error *err);

#endif
