/* Features of movies that were made elsewhere, such as sentence embeddings of plots, from an HDF5 file. */
#ifndef HR_IO_FEATURES_ITEM_FEATURES_H
#define HR_IO_FEATURES_ITEM_FEATURES_H

#include "io/base/error.h"
#include "io/dataset/ids.h"

#include <stdint.h>

/* Reads a matrix of a row a movie into *rows, movies x *columns floats, row-major, the caller's to free.
 *
 *   path      any HDF5 file, as h5py writes it:
 *               features  float [n, columns]; a vector is one column
 *               movie_id  int or string [n], optional: the original movie ids of the rows, in any order
 *   movie_id  the original ids of all movies, as in the dataset; ids are the same where they are written alike
 *
 * Without movie_id, n must be the number of movies and the rows in ascending order of id. With it, movies without a row
 * get zeros, and rows of ids that the dataset lacks are passed over.
 *
 * Each process by itself. HR_IO where there is no such file. HR_INPUT, naming file and row, where it is not
 * HDF5, an array is missing, of another type or shape, a value is not finite as a 32-bit float, an id of
 * the dataset occurs twice, or none is the dataset's. *rows is then NULL. */
hr_status hr_item_features_read(const char *path, const hr_ids *movie_id, float **rows, int64_t *columns,
                                hr_error *err);

#endif
