/* SIGTERM and SIGINT, by which a service is asked to end: noted on whatever thread they come to. Threads that libraries have started
 * before, as OpenBLAS does, cannot be made to block them.
 *
 * Signals belong to the process, so this module has global state. */
#ifndef HR_TRAINER_SERVE_SERVICE_END_SIGNAL_H
#define HR_TRAINER_SERVE_SERVICE_END_SIGNAL_H

#include <stdbool.h>

/* From now on the first of these signals is noted. One that comes a second or more later ends the process as usual. */
void hr_end_signal_catch(void);

/* Whether one has come since. */
bool hr_end_signal_caught(void);

/* Waits for one. */
void hr_end_signal_wait(void);

/* From now on signals do what they did before. */
void hr_end_signal_release(void);

#endif
