/* The folder of a comparison: made or found, claimed, and told from other folders by its compare.json. */
#ifndef HR_TRAINER_MANY_MODELS_FOLDER_H
#define HR_TRAINER_MANY_MODELS_FOLDER_H

#include "io/hdf5/output.h"
#include "trainer/many_models/side_reports.h"

/* Zero-initialise; hr_folder_end it in any case. */
typedef struct hr_folder {
    hr_output output; /* of compare.json */
    char summary[PATH_MAX];
} hr_folder;

/* Makes m's folder, or takes one that is empty or of a comparison of the same dataset, and claims it for this run.
 * Collective; all ranks return the same status. HR_USAGE, HR_IO. */
hr_status hr_folder_begin(hr_folder *folder, const hr_comm *comm, const hr_many_models *m, hr_error *err);

/* Gives the claim up. Local. */
void hr_folder_end(hr_folder *folder);

/* Writes what `write` writes as the file `name` of m's folder, whole or not at all. One process. HR_IO; what `write`
 * returns. */
hr_status hr_folder_write(const hr_side_by_side *s, const char *name, hr_side_writer *write, hr_error *err);

#endif
