/* A bar with rate and time left, on a terminal; nothing on a pipe, where lines of io/comm/log are enough. */
#ifndef HR_IO_COMM_PROGRESS_H
#define HR_IO_COMM_PROGRESS_H

#include "io/comm/comm.h"

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialised it shows nothing. */
typedef struct hr_progress {
    bool shown;
    int64_t total;
    double started, drawn; /* seconds of hr_seconds */
    char label[48];
    const char *unit;
} hr_progress;

/* Starts a bar of `total` steps on rank 0's terminal (standard error). Not collective. */
void hr_progress_start(hr_progress *progress, const hr_comm *comm, const char *label, int64_t total,
                       const char *unit);

/* Draws the bar at `done` of total steps, at most ten times a second. */
void hr_progress_update(hr_progress *progress, int64_t done);

/* Clears the bar, so that a plain line can be printed in its place. */
void hr_progress_clear(hr_progress *progress);

#endif
