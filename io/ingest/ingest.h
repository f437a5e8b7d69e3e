/* From a source to a dataset: ratings on all ranks, each its users; all else on rank 0. */
#ifndef HR_IO_INGEST_INGEST_H
#define HR_IO_INGEST_INGEST_H

#include "io/comm/comm.h"
#include "io/dataset/dataset.h"
#include "io/features/text_features.h"
#include "io/ingest/ingest_rows.h"
#include "io/ingest/side_data.h"
#include "io/readers/source.h"
#include "io/split/split.h"

#include <stdint.h>

typedef struct hr_ingest_options {
    hr_row_filters filters;
    const char *split; /* as hr_split_parse reads it, or NULL: given where the source comes split, else
                        * ratio:0.8,0.1,0.1 */
    uint64_t seed;
    hr_text_options text;
    const hr_more_rows
        *more; /* behind the source's rows; NULL: none. Where the source does not come split, their users
                               * are trained on, whatever the rule */
    /* Adds the movies of more->context, on rank 0. */
    hr_status (*more_movies)(const void *context, hr_movie_list *list, hr_error *err);
} hr_ingest_options;

typedef struct hr_ingest_report {
    hr_row_counts rows;
    hr_split_rule split;                /* the rule that was used */
    hr_side_report bad_items, bad_tags; /* lines of titles, genres, links; of tags. On rank 0 */
    int64_t tags_dropped;               /* tags of users or movies that are not in the dataset. On rank 0 */
} hr_ingest_report;

/* Reads a source, which every rank has opened, and makes the dataset: ratings sorted, filtered and split, of
 * this rank's users; ids of all users and movies on every rank; titles, genres, links, tags and text features
 * on rank 0.
 *   path     of the source, which the dataset remembers
 *   dataset  zero-initialised; the caller frees it with hr_dataset_free, also after a failure
 * Collective. HR_USAGE for a split that does not fit; HR_INPUT, HR_IO, HR_MEMORY, HR_COMM as the parts say. */
hr_status hr_ingest(const hr_comm *comm, const hr_source *source, const char *path,
                    const hr_ingest_options *options, hr_dataset *dataset, hr_ingest_report *report,
                    hr_error *err);

#endif
