/* A watchdog: a run that has lost a rank, or in which nothing moves, ends with a message instead of waiting
 * for ever.
 *
 * MPI may never say that a rank has stopped or that its host cannot be reached. So a thread of each rank that
 * sleeps nearly always exchanges signs of life with rank 0's (io/comm/heartbeat.h). The first rank that has
 * missed another's for the timeout names it and its host on standard error and ends its process with HR_COMM,
 * upon which mpirun (or srun --kill-on-bad-exit) ends the others: rank 0 where another rank is lost, rank 1
 * where rank 0 is, the rest shortly after rank 1 should have. A line names it after five seconds already.
 * Rank 0 does the same where all ranks are heard of but none has got anything done for the timeout, naming
 * the one that is furthest behind.
 *
 * Set-up is watched for lost ranks only: it may take any time. After that the timeout must be longer than the
 * longest step, validation or checkpoint. A job that was stopped as a whole, by SIGSTOP or scontrol suspend,
 * goes on when it is continued. */
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

/* Starts to watch, in HR_WATCHED_SET_UP. *watchdog is NULL, and nothing is watched, where `timeout`, seconds,
 * is 0, where there is one rank, or where UDP does not go between the ranks (a line on standard error says
 * so). Collective; all ranks return the same status. HR_IO, HR_MEMORY. */
hr_status hr_watchdog_start(hr_watchdog **watchdog, const hr_comm *comm, int64_t timeout, hr_error *err);

/* Tells that this rank begins something, `step` steps of training being done. Costs nothing. NULL is fine. */
void hr_watchdog_mark(hr_watchdog *watchdog, hr_watched activity, int64_t step);

/* Waits until all ranks are here and watches no longer. NULL is fine. Collective. */
void hr_watchdog_stop(hr_watchdog *watchdog);

#endif
