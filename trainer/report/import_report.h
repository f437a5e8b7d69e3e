/* What an import found, kept and left out. */
#ifndef HR_TRAINER_REPORT_IMPORT_REPORT_H
#define HR_TRAINER_REPORT_IMPORT_REPORT_H

#include "io/ingest/ingest.h"

#include <stdbool.h>

/* Prints it: what the source is, one table of rows read, kept and left out, the split, the lines that were
 * skipped; as plain lines on standard error, or as one JSON object on standard output. Collective.
 *   out      path of the dataset that was written
 *   dataset  this rank's */
hr_status hr_import_report(const hr_comm *comm, const hr_source *source, const char *out, bool json,
                           const hr_dataset *dataset, const hr_ingest_report *made, hr_error *err);

#endif
