/* How many threads a rank works with. */
#ifndef HR_TRAINER_CLI_THREADS_H
#define HR_TRAINER_CLI_THREADS_H

#include "io/comm/comm.h"

/* Shares the host's cores among its ranks, unless OMP_NUM_THREADS says otherwise: ranks that each took all
 * cores would wait for one another's threads. Collective. */
void hr_threads_share(const hr_comm *comm);

#endif
