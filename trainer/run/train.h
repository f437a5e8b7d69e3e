/* A training run from a dataset file to a checkpoint. */
#ifndef HR_TRAINER_RUN_TRAIN_H
#define HR_TRAINER_RUN_TRAIN_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/config/train_config.h"

/* Trains on all ranks of comm: reads config's partition or cuts the graph, starts a new run or resumes
 * one, evaluates on the validation part where there is one and stops early, writes the log and
 * checkpoints. config->graph must be the size of the dataset's train graph (graph_size.h). Progress goes
 * to standard error of rank 0. Collective; all ranks return the same status: HR_USAGE, HR_INPUT, HR_IO or
 * HR_MEMORY with one message, files that were there before being whole; HR_STOPPED where a rank received
 * SIGTERM or SIGUSR1, after a checkpoint. Where a rank is lost the process ends (watchdog.h). */
hr_status hr_train(const hr_comm *comm, const char *dataset, const hr_train_config *config, hr_error *err);

#endif
