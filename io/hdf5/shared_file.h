/* A file that one rank lays out and all ranks write.
 *
 * Rank 0 creates it (hr_h5_create), writes what is small, declares the large arrays, notes their offsets
 * (hr_h5_declare, hr_h5_offset) and hands it over (hr_h5_hand_over). Then all ranks open it, write bytes at
 * offsets, each what it has, and publish it. */
#ifndef HR_IO_HDF5_SHARED_FILE_H
#define HR_IO_HDF5_SHARED_FILE_H

#include "io/base/error.h"
#include "io/comm/comm.h"

#include <stdint.h>

typedef struct hr_shared_file hr_shared_file;

/* Opens the temporary file of `path` that rank 0 has handed over, and takes its room on the disk. Close with
 * hr_shared_close. Collective. HR_IO, HR_MEMORY. */
hr_status hr_shared_open(hr_shared_file **file, const hr_comm *comm, const char *path, hr_error *err);

/* Writes `bytes` bytes at `offset`. Local; what is large is written by all threads that OpenMP gives the calling one.
 * Any thread may call it. HR_IO. */
hr_status hr_shared_write(hr_shared_file *file, int64_t offset, const void *data, int64_t bytes,
                          hr_error *err);

/* Waits until what this rank wrote is on the disk. Local. HR_IO. */
hr_status hr_shared_flush(hr_shared_file *file, hr_error *err);

/* Gives the file `temporary` the name `path`, as hr_publish does. One process. */
typedef hr_status hr_publisher(void *context, const char *temporary, const char *path, hr_error *err);

/* hr_shared_publish by another function than hr_publish, which rank 0 calls. */
hr_status hr_shared_publish_by(hr_shared_file *file, hr_status mine, hr_publisher *publish, void *context,
                               hr_error *err);

/* Flushes what every rank has written and gives the file its name, replacing an older one. `mine` is what
 * happened to this rank before: unless it is HR_OK on all ranks, nothing is published, and all return the
 * lowest failed rank's. Collective. HR_IO. */
hr_status hr_shared_publish(hr_shared_file *file, hr_status mine, hr_error *err);

/* Closes; rank 0 removes a file that was not published. NULL is fine. Local. */
void hr_shared_close(hr_shared_file *file);

#endif
