/* Reads each rank's part of the graph, from a partition file or from a dataset that is cut first. */
#ifndef HR_TRAINER_RUN_LOAD_GRAPH_H
#define HR_TRAINER_RUN_LOAD_GRAPH_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/config/train_config.h"
#include "trainer/graph/graph_context.h"

/* Reads this rank's part from config->run.partition or, where that is "", cuts the dataset first, for the
 * grid asked for or the best one (grid_choice.h). The cut goes into a file beside the checkpoint or the
 * dataset, which is removed before this returns.
 *
 *   graph        zero-initialised; free with hr_graph_context_free
 *   dataset      path of the dataset file
 *   fingerprint  of the dataset
 *
 * Collective; all ranks return the same status: HR_USAGE or HR_INPUT where partition, grid and ranks do
 * not fit each other, HR_IO, HR_MEMORY. */
hr_status hr_load_graph(hr_graph_context *graph, const hr_comm *comm, const char *dataset,
                        const char *fingerprint, const hr_train_config *config, hr_error *err);

#endif
