/* A folder of files that is whole or not there: filled under a temporary name, then renamed. */
#ifndef HR_IO_VECTORS_NEW_FOLDER_H
#define HR_IO_VECTORS_NEW_FOLDER_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/hdf5/claim.h"

#include <limits.h>
#include <stdbool.h>

/* Zero-initialise; hr_new_folder_end it in any case. */
typedef struct hr_new_folder {
    const hr_comm *comm;
    char path[PATH_MAX], temporary[PATH_MAX]; /* where files are written until it is published */
    hr_claim claim;
    bool is_made; /* whether rank 0 has the temporary folder to remove */
} hr_new_folder;

/* Claims the name `path` for this run and makes its temporary folder; what a killed run left there is removed.
 * Collective; all ranks return the same: HR_USAGE where something is at `path`, HR_IO where its folder can't be
 * written or another process has claimed it. comm must outlive the folder. */
hr_status hr_new_folder_begin(hr_new_folder *folder, const hr_comm *comm, const char *path, hr_error *err);

/* The path of a file in the temporary folder. HR_USAGE where it is too long. Local. */
hr_status hr_new_folder_file(const hr_new_folder *folder, const char *name, char path[PATH_MAX],
                             hr_error *err);

/* Gives the folder its name. Collective; all ranks return the same. HR_IO. */
hr_status hr_new_folder_publish(hr_new_folder *folder, hr_error *err);

/* Removes what was not published, and the claim. Local. */
void hr_new_folder_end(hr_new_folder *folder);

#endif
