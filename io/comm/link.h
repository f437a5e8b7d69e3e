/* What messages between two ranks cost, measured.
 *
 * A message of n bytes takes latency + n x byte seconds (the postal model); of several in flight at once,
 * each after the first adds a gap, not another latency (LogGP: Alexandrov et al., SPAA 1995). */
#ifndef HR_IO_COMM_LINK_H
#define HR_IO_COMM_LINK_H

#include "io/base/error.h"
#include "io/comm/comm.h"

/* Seconds. */
typedef struct hr_link {
    double latency; /* of a message without content, from the call that sends it to its arrival */
    double gap;     /* of each further message that is in flight at the same time */
    double byte;    /* of each byte, while as many bytes go the other way */
} hr_link;

/* Measures between ranks 0 and 1: latency by ping-pong, the gap by a volley both ways, bytes by exchanges of
 * two lengths; the least of several times counts. Takes a second or two on a slow network. All ranks receive
 * the same figures. Collective. HR_USAGE where there is one rank only; HR_MEMORY; HR_COMM. */
hr_status hr_link_measure(const hr_comm *comm, hr_link *link, hr_error *err);

#endif
