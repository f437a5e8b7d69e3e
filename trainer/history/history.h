/* A run's log (trainer/run/run_log.h) as columns of numbers. */
#ifndef HR_TRAINER_HISTORY_HISTORY_H
#define HR_TRAINER_HISTORY_HISTORY_H

#include "io/base/error.h"

#include <stdbool.h>
#include <stdint.h>

enum { HR_HISTORY_COLUMNS = 96, HR_HISTORY_NAME = 48 };

typedef struct hr_history_column {
    char name[HR_HISTORY_NAME]; /* "loss", "recall@20", "seconds.compute" */
    double *value;              /* [lines] NaN where a line has none */
    int64_t capacity;
} hr_history_column;

/* Zero-initialise; free with hr_history_free. A run that was resumed from an older checkpoint repeats epochs: the later
 * lines count. */
typedef struct hr_history {
    int64_t lines;
    int64_t bad; /* lines that are no JSON object with an epoch; they are left out */
    int columns; /* further ones are left out */
    hr_history_column column[HR_HISTORY_COLUMNS];
    bool done; /* whether the last line is a run's last */
} hr_history;

void hr_history_free(hr_history *history);

/* Adds a line of a log: its numbers, and those of objects in it under both names with a point between them. HR_MEMORY. */
hr_status hr_history_add(hr_history *history, const char *line, int64_t length, hr_error *err);

/* Reads a log up to its last whole line. HR_IO; HR_INPUT where no line of it is of a log; HR_MEMORY. */
hr_status hr_history_read(hr_history *history, const char *path, hr_error *err);

/* The values of a column, [lines]; NULL where there is none of the name. */
const double *hr_history_find(const hr_history *history, const char *name);

/* The last value of a column; NaN where there is none. */
double hr_history_last(const hr_history *history, const char *name);

/* The line with the highest, or the lowest, value of a column; -1 where it has none. */
int64_t hr_history_best(const hr_history *history, const char *name, bool highest);

/* The sum of what a running total gained, which begins again at 0 where a run was resumed: "elapsed". 0 without any. */
double hr_history_total(const hr_history *history, const char *name);

/* The column that says how good the run is: its first recall, or "rmse", or NULL. *highest receives whether more is
 * better. */
const char *hr_history_figure(const hr_history *history, bool *highest);

#endif
