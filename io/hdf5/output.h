/* What a command is going to write: looked at before work begins, so that nothing is destroyed and no run
 * ends without a place for its result. */
#ifndef HR_IO_HDF5_OUTPUT_H
#define HR_IO_HDF5_OUTPUT_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/hdf5/claim.h"
#include "io/hdf5/output_kind.h"

enum { HR_MOST_INPUTS = 12 };

/* Paths that are NULL or "" are none. */
typedef struct hr_output {
    const char *file;                   /* is replaced as a whole by a new file */
    const char *format;                 /* of `file`, as hr_h5_create takes it; NULL: any, or no HDF5 file */
    hr_output_marks marks;              /* of `file`, where it is no HDF5 file */
    const char *log;                    /* lines are added to it; a terminal or a pipe will do */
    const char *inputs[HR_MOST_INPUTS]; /* files and folders that are read; "x.zip:member" is x.zip */
    const char *resumed;                /* is read, and may be `file` itself */
    hr_claim claim;                     /* zero: hr_output_begin's own */
} hr_output;

/* Refuses a `file` or `log` that is an input, by device and inode, or one of an input folder's files (HDF5
 * files aside); a folder, device or socket; a path whose folder cannot be written; a `log` that is `file`;
 * a `file` that is there and neither empty nor of its format and marks, a `log` that is there and has other lines than JSON's.
 * Claims `file` for this run (claim.h). Links are followed. On rank 0; collective. All ranks return the same:
 * HR_USAGE, HR_IO. hr_output_end it in any case. */
hr_status hr_output_begin(hr_output *output, const hr_comm *comm, hr_error *err);

/* Gives the claim up, once everything is written. Local. */
void hr_output_end(hr_output *output);

#endif
