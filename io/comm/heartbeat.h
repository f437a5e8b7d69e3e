/* Heartbeats between ranks, by UDP: they tell which ranks are alive without MPI, also while a rank
 * computes or waits.
 *
 * Ranks form a star: each sends its beats to rank 0, which answers each with its own. A beat
 * goes to all IPv4 addresses of rank 0's host, so that it arrives by any network that connects the hosts.
 * Beats carry a key of the job, and those of other jobs are ignored.
 *
 * One thread uses a heartbeat at a time; it need not be the one that speaks MPI. */
#ifndef HR_IO_COMM_HEARTBEAT_H
#define HR_IO_COMM_HEARTBEAT_H

#include "io/base/error.h"
#include "io/comm/comm.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>

enum { HR_HOST_LENGTH = 64, HR_HEARTBEAT_ADDRESSES = 16 };

/* A heartbeat: what a rank reports of itself. */
typedef struct hr_beat {
    uint64_t key;  /* filled in by hr_heartbeat_send */
    int64_t step;  /* training steps done */
    int64_t marks; /* grows with the rank's progress */
    int32_t rank;
    int32_t activity;          /* the caller's meaning */
    char host[HR_HOST_LENGTH]; /* the host's name, '\0' at the end */
} hr_beat;

/* Zero-initialise; free with hr_heartbeat_close. */
typedef struct hr_heartbeat {
    bool open;
    int rank, socket, wake; /* wake: an eventfd that ends a wait */
    uint64_t key;
    int addresses;
    struct sockaddr_in center[HR_HEARTBEAT_ADDRESSES]; /* [addresses] of rank 0 */
    struct sockaddr_in asker;                          /* on rank 0, the sender of the last beat received */
} hr_heartbeat;

/* Opens this rank's socket and tells all where rank 0's is. Collective; all ranks return the same status.
 * HR_IO where the system has no socket to give. */
hr_status hr_heartbeat_open(hr_heartbeat *heartbeat, const hr_comm *comm, hr_error *err);

/* Local. Fine on zero-initialised memory. */
void hr_heartbeat_close(hr_heartbeat *heartbeat);

/* Sends a beat: to rank 0, or, on rank 0, to the rank whose beat was received last. Local. A beat may get
 * lost. */
void hr_heartbeat_send(const hr_heartbeat *heartbeat, hr_beat *beat);

/* Waits up to `seconds` for a beat of this job; false where none came, or hr_heartbeat_wake ended the wait.
 * Local. */
bool hr_heartbeat_receive(hr_heartbeat *heartbeat, double seconds, hr_beat *beat);

/* Ends the waits of another thread, from now on. Local. */
void hr_heartbeat_wake(hr_heartbeat *heartbeat);

#endif
