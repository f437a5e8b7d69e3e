/* A dataset file as a source: its ratings as rows, with their splits, its movies and its tags. */
#ifndef HR_IO_ADDITIONS_DATASET_ROWS_H
#define HR_IO_ADDITIONS_DATASET_ROWS_H

#include "io/dataset/dataset.h"
#include "io/ingest/share.h"
#include "io/ingest/side_data.h"

/* An open dataset. Zero-initialise; free with hr_dataset_source_close. */
typedef struct hr_dataset_source {
    const char *path;
    hr_h5 *file;
    hr_dataset_summary summary;
    hr_ids user, movie; /* of all */
} hr_dataset_source;

/* Opens it, on each rank. Collective; all ranks return the same. The errors of hr_dataset_open; HR_MEMORY. */
hr_status hr_dataset_source_open(hr_dataset_source *source, const hr_comm *comm, const char *path,
                                 hr_error *err);
void hr_dataset_source_close(hr_dataset_source *source);

/* Its rows, each share some millions of ratings at a time. The source must outlive them. */
hr_row_source hr_dataset_source_rows(const hr_dataset_source *source);

/* Adds all movies; genres keep their numbers. Local. HR_INPUT, HR_MEMORY. */
hr_status hr_dataset_source_movies(const hr_dataset_source *source, hr_movie_list *list, hr_error *err);

/* Fills the tags of `dataset`. Local. HR_INPUT, HR_MEMORY. */
hr_status hr_dataset_source_tags(const hr_dataset_source *source, hr_dataset *dataset, hr_error *err);

#endif
