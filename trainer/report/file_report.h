/* What a file of halorec holds: a dataset, a partition or a checkpoint. */
#ifndef HR_TRAINER_REPORT_FILE_REPORT_H
#define HR_TRAINER_REPORT_FILE_REPORT_H

#include "io/base/error.h"
#include "io/checkpoint/checkpoint.h"
#include "io/comm/comm.h"

#include <jansson.h>
#include <stdbool.h>

/* Describes the file; the caller frees *facts with json_decref, also after a failure.
 *   verified  whether a whole checkpoint is read and compared with its checksums; other files have none: HR_USAGE
 * One process. HR_IO, HR_INPUT. */
hr_status hr_file_facts(const char *path, bool verified, json_t **facts, hr_error *err);

/* The same of a checkpoint that is open. HR_INPUT, HR_MEMORY. */
hr_status hr_checkpoint_facts(hr_h5 *checkpoint, const hr_checkpoint_summary *summary, json_t **facts,
                              hr_error *err);

/* Prints the description of a file that a command has written, as one JSON object, on rank 0. Collective. */
hr_status hr_file_report_json(const hr_comm *comm, const char *path, hr_error *err);

#endif
