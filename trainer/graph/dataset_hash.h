/* The users of a dataset with their train ratings, as one number to compare a partition with. */
#ifndef HR_TRAINER_GRAPH_DATASET_HASH_H
#define HR_TRAINER_GRAPH_DATASET_HASH_H

#include "trainer/graph/graph_context.h"

/* The sum of hr_hash_user (graph_hash.h) over all users of the dataset at `path`, of which each rank reads a block; with
 * ratings where the graph has read them.
 *   valid  share of train held out, as for hr_dataset_read_slice
 * Collective over the grid; all ranks return the same status: HR_IO, HR_INPUT, HR_MEMORY, HR_COMM. */
hr_status hr_dataset_hash(const hr_graph_context *context, const char *path, double valid, uint64_t key,
                          uint64_t *sum, hr_error *err);

#endif
