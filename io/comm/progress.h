/* A bar with rate, time left and the last metric, on a terminal; nothing on a pipe, where lines of io/comm/log are
 * enough. mpirun hands ranks a pipe and passes on what they write, so a rank asks for the terminal of its launcher. */
#ifndef HR_IO_COMM_PROGRESS_H
#define HR_IO_COMM_PROGRESS_H

#include "io/comm/comm.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum hr_progress_mode { HR_PROGRESS_AUTO, HR_PROGRESS_ALWAYS, HR_PROGRESS_NEVER } hr_progress_mode;

/* "auto", "always", "never", NULL. */
extern const char *const hr_progress_modes[];

enum { HR_PROGRESS_TEXT = 64 };

/* Zero-initialised it shows nothing. */
typedef struct hr_progress {
    bool shown;
    int width;             /* columns of the terminal */
    double started, drawn; /* seconds of hr_seconds */
    int64_t first;         /* steps of the whole that were done at the start */
    char note[HR_PROGRESS_TEXT];
} hr_progress;

/* What is done of a part, an epoch, and of the whole. */
typedef struct hr_progress_part {
    int64_t number, numbers; /* of the part, from 1, and how many there are at most */
    int64_t done, total;     /* steps of the part */
} hr_progress_part;

/* Starts a bar on standard error where comm is at rank 0. With HR_PROGRESS_AUTO it is shown if that is a terminal or, a
 * launcher having started this process (io/comm/launch.h), if the launcher's standard error is one. `done` steps of the
 * whole were done before. Not collective. */
void hr_progress_start(hr_progress *progress, const hr_comm *comm, hr_progress_mode mode, int64_t done);

/* The last metric, "recall@20 0.2311", which is shown from then on. */
void hr_progress_note(hr_progress *progress, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Draws the bar, at most ten times a second, no wider than the terminal. The time left is that of the whole, at the mean
 * rate since the start. */
void hr_progress_update(hr_progress *progress, const hr_progress_part *part);

/* The bar as text of at most `columns` characters, a function of its arguments alone: "epoch 3/20 [====    ] 12/40,
 * 3.2 steps/s, at most 2:10 left, recall@20 0.2311".
 *   rate  steps a second; 0: not yet known */
void hr_progress_format(const hr_progress_part *part, double rate, const char *note, int columns, char *text,
                        int64_t size);

/* Clears the bar, so that a plain line can be printed in its place. */
void hr_progress_clear(const hr_progress *progress);

#endif
