/* Datasets that are imported as the command does it. */
#ifndef HR_TESTS_SUPPORT_IMPORTED_H
#define HR_TESTS_SUPPORT_IMPORTED_H

#include "io/ingest/ingest.h"

/* What the command has without options, and terms of all tags. */
#define IMPORT_DEFAULTS                                                                                      \
    {                                                                                                        \
        .filters = HR_ROW_FILTERS_DEFAULTS, .seed = 1, .text = {                                             \
            .tag_min_count = 1,                                                                              \
            .max_tags = 9,                                                                                   \
            .tags_a_movie = 3                                                                                \
        }                                                                                                    \
    }

/* Imports a file or folder in this process, and checks the dataset, which the caller frees also after a
 * failure. */
hr_status import_path(const char *path, const hr_ingest_options *options, hr_dataset *dataset,
                      hr_ingest_report *report, hr_error *err);

#endif
