/* Whether what ranks have of each other's rows agrees: by exchanges of the halo. */
#ifndef HR_TRAINER_GRAPH_VERIFY_HALO_H
#define HR_TRAINER_GRAPH_VERIFY_HALO_H

#include "trainer/graph/graph_context.h"

/* Leaves the message that the partition is damaged: what, and where. HR_INPUT. */
hr_status hr_fail_broken(const char *what, int64_t at, hr_error *err);

/* Whether each ghost is of the vertex that its owner has there, with the same train ratings; key of graph_hash.h.
 * Collective over the parts; all ranks return the same status. HR_INPUT, HR_MEMORY, HR_COMM. */
hr_status hr_verify_ghosts(hr_graph_context *context, uint64_t key, hr_error *err);

/* Whether each degree is the number of the vertex's edges on all ranks. Collective likewise. */
hr_status hr_verify_degrees(hr_graph_context *context, hr_error *err);

#endif
