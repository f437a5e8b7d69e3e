/* A dataset with what visitors rated added to it. */
#ifndef HR_IO_ADDITIONS_GROW_H
#define HR_IO_ADDITIONS_GROW_H

#include "io/additions/visitor_rows.h"
#include "io/comm/comm.h"
#include "io/dataset/dataset.h"

/* How much came to it. */
typedef struct hr_growth {
    int64_t users, movies, ratings;
} hr_growth;

/* Makes the dataset of the file at `path` and the visitors: all that the file has stays. A rating that is there keeps its part,
 * also where a visitor changed it; new ones are train ratings, and known ones of a visitor who is held out whole. Of the movies that
 * they added the genres that the file does not have are left out, so that features of movies stay what a model was trained with. Text
 * features are made anew, by the options of the file's. Ratings are of this rank's users, all else as hr_dataset_write_ranks
 * takes it; hr_copy_features (movie_features.h) is its extra.
 *   dataset  zero-initialised; the caller frees it with hr_dataset_free, also after a failure
 * Collective. HR_INPUT where the file is damaged; HR_IO, HR_MEMORY, HR_COMM. */
hr_status hr_grow_dataset(const hr_comm *comm, const char *path, const hr_visitors *visitors,
                          hr_dataset *dataset, hr_growth *growth, hr_error *err);

#endif
