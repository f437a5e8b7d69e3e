/* One writer a file: two runs that write one checkpoint would destroy each other's.
 *
 * A claim on FILE is an exclusive lock (flock) of FILE.lock, which ends with its process however that ends.
 * The lock file names its holder. Where the file system has no locks, as NFS often, a holder on this host is
 * known to live by its process number and start; of one on another host nothing is known. */
#ifndef HR_IO_HDF5_CLAIM_H
#define HR_IO_HDF5_CLAIM_H

#include "io/base/error.h"

#include <limits.h>
#include <stdbool.h>

/* Zero-initialise; hr_claim_release it in any case. */
typedef struct hr_claim {
    bool is_held;
    int descriptor;
    char lock[PATH_MAX]; /* name of the lock file */
    char doubt[256];     /* what to tell where nothing is known of another holder; else "" */
} hr_claim;

/* Name of the lock file of `path`. HR_USAGE where it is too long. Local. */
hr_status hr_claim_name(const char *path, char lock[PATH_MAX], hr_error *err);

/* Claims the file `path`, which need not be there; its folder must. HR_IO where another process has claimed
 * it, the folder cannot be written, or a file of the lock's name is no lock file. Local. */
hr_status hr_claim_take(hr_claim *claim, const char *path, hr_error *err);

/* Removes the lock file. Local. */
void hr_claim_release(hr_claim *claim);

#endif
