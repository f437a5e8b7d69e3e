/* A training run from a dataset file to a checkpoint. */
#ifndef HR_TRAINER_RUN_TRAIN_H
#define HR_TRAINER_RUN_TRAIN_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/config/train_config.h"

/* Trains on all ranks of comm: takes the options' partition or cuts the graph, starts anew or resumes,
 * evaluates on valid where there is one and stops early, logs and writes checkpoints. Progress goes to
 * standard error of rank 0. Collective; all ranks return the same status: HR_USAGE, HR_INPUT, HR_IO or
 * HR_MEMORY with one message, and whatever files were there before are whole; HR_STOPPED where SIGTERM or
 * SIGUSR1 reached a rank, and the checkpoint is of the last step. Where a rank is lost the process ends
 * (watchdog.h). options->resume names a file, or nothing. */
hr_status hr_train(const hr_comm *comm, const char *dataset, const hr_train_config *config, hr_error *err);

#endif
