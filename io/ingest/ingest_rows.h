/* From rows to ratings: both passes, duplicates and filters. */
#ifndef HR_IO_INGEST_INGEST_ROWS_H
#define HR_IO_INGEST_INGEST_ROWS_H

#include "io/comm/comm.h"
#include "io/dataset/dataset.h"
#include "io/ingest/dictionary.h"
#include "io/ingest/duplicates.h"
#include "io/ingest/share.h"

#include <math.h>
#include <stdint.h>

/* Which rows are taken, in this order: those in the range of time; of a user's rows of a movie one; of these
 * the ones of at least min_rating; of these the core. */
typedef struct hr_row_filters {
    hr_time_range range;
    hr_duplicates duplicates;
    float min_rating;                /* -INFINITY: none is left out */
    int64_t users_need, movies_need; /* ratings that each has at least, in the core; 0: no core is taken */
} hr_row_filters;

/* Initialises them: everything is taken. */
#define HR_ROW_FILTERS_DEFAULTS                                                                              \
    {                                                                                                        \
        .range = {INT64_MIN, INT64_MAX}, .duplicates = HR_DUPLICATES_LAST, .min_rating = -INFINITY           \
    }

/* What became of the rows, over all ranks: read = kept + the four below. */
typedef struct hr_row_counts {
    int64_t read, kept;
    int64_t outside, duplicates, below, not_in_core; /* rows that were left out, and why */
    int64_t timeless;                                /* rows in the range without a time */
    float lowest, highest;                           /* value of a row in the range */
    hr_bad_lines bad;                                /* lines that are no rows; not in `read` */
} hr_row_counts;

/* Reads the rows and makes of them dataset->ratings, of this rank's users, and the ids of all users and
 * movies, on every rank. A movie that `listed` has stays without ratings, unless a core is taken that needs
 * some.
 *   listed   movies that are known besides, on rank 0; empty on the others
 *   dataset  zero-initialised; the caller frees it with hr_dataset_free, also after a failure
 * At its peak a rank holds its ratings, the different ids of its rows and a few MiB a thread. Collective.
 * HR_INPUT as the source says it, for duplicates that may not be, or where no rating is left; HR_MEMORY, also
 * for more users or movies than 31 bits count; HR_COMM. */
hr_status hr_ingest_rows(const hr_comm *comm, const hr_row_source *source, const hr_dictionary *listed,
                         const hr_row_filters *filters, hr_dataset *dataset, hr_row_counts *counts,
                         hr_error *err);

#endif
