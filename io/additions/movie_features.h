/* Features of movies that a dataset file holds (io/features/item_features.h), such as a tag genome that was imported with it. */
#ifndef HR_IO_ADDITIONS_MOVIE_FEATURES_H
#define HR_IO_ADDITIONS_MOVIE_FEATURES_H

#include "io/base/error.h"
#include "io/hdf5/h5.h"

/* Copies them, where there are any, with the ids of their movies: a dataset that has grown has movies without. A function of
 * hr_dataset_write_ranks.
 *   context  path of a dataset file
 * Local. HR_INPUT, HR_IO, HR_MEMORY. */
hr_status hr_copy_features(void *context, hr_h5 *file, hr_error *err);

#endif
