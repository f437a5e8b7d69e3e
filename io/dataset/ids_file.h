/* Ids in an HDF5 file: an array of integers or of strings, `user/id` and `movie/id` of a dataset. */
#ifndef HR_IO_DATASET_IDS_FILE_H
#define HR_IO_DATASET_IDS_FILE_H

#include "io/base/error.h"
#include "io/dataset/ids.h"
#include "io/hdf5/h5.h"

#include <stdint.h>

/* Writes them as int64 or as variable-length strings. HR_IO. */
hr_status hr_ids_write(hr_h5 *file, const char *name, const hr_ids *ids, hr_error *err);

/* Reads ids first … first + count - 1 into *ids, and checks that they ascend. HR_INPUT where
 * they do not, or the array is missing, of another kind or shorter. */
hr_status hr_ids_read(hr_h5 *file, const char *name, int64_t first, int64_t count, hr_ids *ids,
                      hr_error *err);

/* The same without a check of the order, for what is not searched. */
hr_status hr_ids_read_unordered(hr_h5 *file, const char *name, int64_t first, int64_t count, hr_ids *ids,
                                hr_error *err);

/* Appends one id to `ids`, which are zero or hold others of that array. HR_INPUT as above. */
hr_status hr_ids_read_one(hr_h5 *file, const char *name, int64_t index, hr_ids *ids, hr_error *err);

#endif
