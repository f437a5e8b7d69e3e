/* From a dataset file, or a partition of it, to each rank's part of the graph. */
#ifndef HR_TRAINER_RUN_LOAD_GRAPH_H
#define HR_TRAINER_RUN_LOAD_GRAPH_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/config/train_config.h"
#include "trainer/graph/graph_context.h"

/* Reads this rank's part from config->run.partition or, where none is given, cuts the dataset first, for the
 * grid asked for or the best one (grid_choice.h). The cut goes into a file beside the checkpoint or the
 * dataset, which is gone when this returns. fingerprint  of the dataset Collective; all ranks return the same
 * status: HR_USAGE or HR_INPUT where partition, grid and ranks don't fit, HR_IO, HR_MEMORY. */
hr_status hr_load_graph(hr_graph_context *graph, const hr_comm *comm, const char *dataset,
                        const char *fingerprint, const hr_train_config *config, hr_error *err);

#endif
