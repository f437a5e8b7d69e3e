/* A run's log, drawn again and again while a run writes it. */
#ifndef HR_TRAINER_HISTORY_WATCH_H
#define HR_TRAINER_HISTORY_WATCH_H

#include "io/base/error.h"

/* Draws the log at `path` on the terminal that standard output is, every so many seconds, until its run is done or q or
 * Ctrl-C is pressed; a log that is not there yet is waited for. Where standard output is no terminal it is drawn once, and
 * a log that is not there is HR_IO. One process. HR_IO, HR_INPUT, HR_MEMORY. */
hr_status hr_watch(const char *path, double every, hr_error *err);

#endif
