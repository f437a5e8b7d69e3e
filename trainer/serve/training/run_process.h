/* `halorec train` as a process beside the server. */
#ifndef HR_TRAINER_SERVE_TRAINING_RUN_PROCESS_H
#define HR_TRAINER_SERVE_TRAINING_RUN_PROCESS_H

#include "io/base/error.h"

#include <sys/types.h>

/* Starts this program anew with these arguments, in a process group of its own, so that Ctrl-C of a terminal is the
 * server's alone, with a lower priority than the server's, without signals blocked and without the server's open files.
 *   arguments  the first is the program's name; ending with a NULL
 *   output     file that receives what it prints; it must not exist
 *   process    receives its number
 * HR_IO. */
hr_status hr_run_process_start(char *const *arguments, const char *output, pid_t *process, hr_error *err);

/* Waits until it has ended, and leaves it there: its number is not given to another until hr_run_process_take. */
void hr_run_process_wait(pid_t process);

/* Takes the ended process away; its exit code, or 128 + the signal that ended it. */
int hr_run_process_take(pid_t process);

#endif
