/* Whether a file that is to be written is one that is read. */
#ifndef HR_IO_HDF5_INPUT_H
#define HR_IO_HDF5_INPUT_H

#include "io/base/error.h"

#include <stdbool.h>
#include <sys/stat.h>

/* By device and inode, whatever the names. Local. */
bool hr_is_same_file(const struct stat *a, const struct stat *b);

/* Refuses to write `path`, whose file is `found`, where it is `input` or, if that is a folder, one of its
 * files or of the folders in it. HDF5 files in a folder are not: halorec makes such files beside its inputs.
 * "x.zip:member" is x.zip; NULL and "" are no input. HR_USAGE. Local. */
hr_status hr_input_refuse(const char *path, const struct stat *found, const char *input, hr_error *err);

#endif
