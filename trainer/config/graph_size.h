/* How large the graph is that a run trains on, before anything of it is read. */
#ifndef HR_TRAINER_CONFIG_GRAPH_SIZE_H
#define HR_TRAINER_CONFIG_GRAPH_SIZE_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "partition/cut/graph.h"

/* Users, movies and train ratings of a dataset file, of which the share `valid` is held out. Where that is 0
 * they are in the file's summary; otherwise each rank counts those of its block of users. Collective; all
 * ranks return the same status: HR_IO, HR_INPUT, HR_MEMORY. */
hr_status hr_train_graph_size(const hr_comm *comm, const char *dataset, double valid, hr_graph_size *size,
                              hr_error *err);

#endif
