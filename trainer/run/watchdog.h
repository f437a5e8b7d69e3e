/* A watchdog ends a run that has lost a rank, or that makes no progress, with a message.
 *
 * MPI may not notice that a rank has stopped or that its host is disconnected. Each rank runs a thread
 * that exchanges heartbeats with rank 0 (io/comm/heartbeat.h) and sleeps otherwise. A rank that misses
 * another one's heartbeat for the timeout names it and its host on standard error and ends its process
 * with HR_COMM, upon which mpirun (or srun --kill-on-bad-exit) ends the others. Rank 0 watches all ranks,
 * rank 1 watches rank 0, and the others watch rank 0 with a longer timeout. A warning names the rank after
 * five seconds. Rank 0 also ends the run where all ranks are alive and none has made progress for the
 * timeout, and names the one that is furthest behind.
 *
 * During set-up, and the one step of a model that is counted, only lost ranks end the run, since these may take
 * any time. The timeout must be longer than the longest other step, validation or checkpoint. A job that is suspended
 * as a whole, by SIGSTOP or scontrol suspend, continues after SIGCONT. */
#ifndef HR_TRAINER_RUN_WATCHDOG_H
#define HR_TRAINER_RUN_WATCHDOG_H

#include "io/base/error.h"
#include "io/comm/comm.h"

#include <stdint.h>

typedef struct hr_watchdog hr_watchdog;

/* What a rank is doing. */
typedef enum hr_watched {
    HR_WATCHED_SET_UP,
    HR_WATCHED_STEP,
    HR_WATCHED_VALIDATION,
    HR_WATCHED_CHECKPOINT
} hr_watched;

/* Starts to watch, in HR_WATCHED_SET_UP. *watchdog is NULL, and nothing is watched, where `timeout`,
 * seconds, is 0, where there is one rank, or where UDP packets do not arrive (a line on standard error
 * says so). Collective; all ranks return the same status. HR_IO, HR_MEMORY. */
hr_status hr_watchdog_start(hr_watchdog **watchdog, const hr_comm *comm, int64_t timeout, hr_error *err);

/* Notes that this rank begins an activity after `step` steps of training. Costs nothing. NULL is fine. */
void hr_watchdog_mark(hr_watchdog *watchdog, hr_watched activity, int64_t step);

/* Waits for all ranks and stops watching. NULL is fine. Collective. */
void hr_watchdog_stop(hr_watchdog *watchdog);

#endif
