/* The tag genome of MovieLens as features of movies: how relevant each of some thousand tags is to a movie, 0 to 1. */
#ifndef HR_IO_SIDE_GENOME_H
#define HR_IO_SIDE_GENOME_H

#include "io/base/error.h"
#include "io/dataset/ids.h"
#include "io/hdf5/h5.h"
#include "io/side/side_report.h"

/* Reads a table of movieId, tagId and relevance, and writes it as io/features/item_features.h reads it: the arrays
 * `features`, a row for each movie of the dataset that the table has, a column for each tag number from 1, and `movie_id`.
 * Nothing is written where no movie of the table is in the dataset.
 *   movie_id  the original ids of the dataset
 * HR_OK also where the table cannot be read, which is reported; HR_MEMORY, HR_IO. */
hr_status hr_genome_write(const char *path, const hr_ids *movie_id, hr_h5 *file, hr_side_report *report,
                          hr_error *err);

#endif
