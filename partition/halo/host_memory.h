/* Memory that the ranks of one host share, so that each reads what another has put there. */
#ifndef HR_PARTITION_HALO_HOST_MEMORY_H
#define HR_PARTITION_HALO_HOST_MEMORY_H

#include "io/comm/comm.h"

#include <stdint.h>

/* Zero-initialise; free with hr_host_memory_free. */
typedef struct hr_host_memory {
    const hr_comm *comm;
    MPI_Comm host; /* the ranks of comm on this host */
    MPI_Win window;
    char **of; /* [comm->size] each rank's piece, NULL for ranks of other hosts */
} hr_host_memory;

/* Gives each rank a piece of `bytes` bytes, which may differ, that all ranks of its host can read. Where MPI
 * cannot share memory (too little of it, or osc/sm switched off) all of `of` is NULL, which is no error.
 * Collective. HR_MEMORY. */
hr_status hr_host_memory_create(hr_host_memory *memory, const hr_comm *comm, int64_t bytes, hr_error *err);

/* Collective. Fine on zero-initialised memory. */
void hr_host_memory_free(hr_host_memory *memory);

/* Makes what was written to this rank's piece before the call seen by those told of it after, and what others
 * told of seen here. Local. */
void hr_host_memory_sync(const hr_host_memory *memory);

#endif
