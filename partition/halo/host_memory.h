/* Memory that the ranks of one host share: each rank writes its own piece, and the others read it. */
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

/* Allocates a piece for each rank.
 *   comm   must outlive the memory
 *   bytes  size of this rank's piece; ranks may differ
 *
 * Where MPI cannot share memory (too little of it, or osc/sm switched off) every pointer of `of` is NULL,
 * which is not an error. Collective. HR_MEMORY, HR_COMM. */
hr_status hr_host_memory_create(hr_host_memory *memory, const hr_comm *comm, int64_t bytes, hr_error *err);

/* Collective. Fine on zero-initialised memory. */
void hr_host_memory_free(hr_host_memory *memory);

/* A memory barrier. What this rank wrote to its piece before the call is visible to a rank that receives a
 * message sent after it; what another rank wrote before a message is visible here after receiving the message
 * and calling this. Local. */
void hr_host_memory_sync(const hr_host_memory *memory);

#endif
