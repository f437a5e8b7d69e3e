/* Datasets as the files that GroupLens publishes: ratings.csv, movies.csv, tags.csv, links.csv. */
#ifndef HR_IO_EXPORT_MOVIELENS_CSV_H
#define HR_IO_EXPORT_MOVIELENS_CSV_H

#include "io/base/error.h"

/* "ratings.csv", "movies.csv", "tags.csv", "links.csv". */
enum { HR_MOVIELENS_FILES = 4 };
extern const char *const hr_movielens_files[HR_MOVIELENS_FILES];

/* Writes the dataset file at `dataset` into `folder`, which must exist, a block of users at a time. Each file gets
 * its name when it is whole. Times and links that are unknown are empty fields. One process. HR_IO where the folder
 * cannot be written; HR_INPUT where the dataset is damaged; HR_MEMORY. */
hr_status hr_movielens_write(const char *dataset, const char *folder, hr_error *err);

#endif
