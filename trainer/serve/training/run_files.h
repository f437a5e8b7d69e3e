/* The files of a run that the server starts, in the folder of runs: NAME.jsonl (its log), NAME.txt (what it prints),
 * NAME.ckpt.h5. */
#ifndef HR_TRAINER_SERVE_TRAINING_RUN_FILES_H
#define HR_TRAINER_SERVE_TRAINING_RUN_FILES_H

#include "io/base/error.h"

#include <limits.h>
#include <stddef.h>
#include <stdint.h>

enum { HR_RUN_NAME = 64, HR_MOST_RUNS = 100 };

typedef struct hr_run_files {
    char name[HR_RUN_NAME]; /* "run-20261127-134501", by the clock in UTC */
    char log[PATH_MAX], output[PATH_MAX], checkpoint[PATH_MAX];
} hr_run_files;

/* Names that no file of the folder has. HR_USAGE for a path that is too long, HR_IO where there are files of every name that
 * comes to mind. */
hr_status hr_run_files_name(hr_run_files *files, const char *folder, hr_error *err);

/* How many checkpoints of runs that a server has started the folder has. HR_IO. */
hr_status hr_run_files_count(const char *folder, int64_t *count, hr_error *err);

/* The last line that the run printed, without "halorec: " before it; "" where there is none. */
void hr_run_files_last_line(const hr_run_files *files, char *line, size_t room);

#endif
