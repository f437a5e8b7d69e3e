/* A trained model's rows, with the ids and titles that they belong to, as files that other programs read. */
#ifndef HR_TRAINER_EXPORT_EXPORT_H
#define HR_TRAINER_EXPORT_EXPORT_H

#include "io/base/error.h"
#include "io/comm/comm.h"

typedef enum hr_export_format { HR_EXPORT_NPY, HR_EXPORT_TSV, HR_EXPORT_H5, HR_EXPORT_MTX } hr_export_format;

/* Makes the folder `out`, which must not be there, with
 *   user_ids.txt, movie_ids.txt, titles.txt   a line for each row; line ends in them are blanks
 *   README.txt                                what each file holds, and how scores follow from the rows
 * and, as float32 matrices, a row for each user or movie,
 *   users, movies                  the output rows, which score
 *   users_layer0, movies_layer0    the parameters that they were made of
 *   index_users, index_movies      where dot products score: index_rows.h
 * as .npy, as arrays of vectors.h5, or as .mtx. With HR_EXPORT_TSV there is no index, and the movies are vectors.tsv and,
 * of ids, titles and genres, metadata.tsv, which TensorFlow's embedding projector reads.
 *
 * Each rank reads and writes its block of rows; files are the same on any number of ranks. Collective; all ranks return
 * the same: HR_USAGE where `out` is there, HR_INPUT where a file is damaged or the checkpoint is of another dataset,
 * HR_IO, HR_MEMORY. Nothing is left at `out` unless all is written. */
hr_status hr_export(const hr_comm *comm, const char *checkpoint, const char *dataset, const char *out,
                    hr_export_format format, hr_error *err);

#endif
