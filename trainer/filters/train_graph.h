/* The whole train graph on each rank: each user's movies, and nothing else. It takes 4 bytes an edge. Scores of users are
 * columns, which never meet, so that ranks divide the users and send nothing (docs/decisions/091). */
#ifndef HR_TRAINER_FILTERS_TRAIN_GRAPH_H
#define HR_TRAINER_FILTERS_TRAIN_GRAPH_H

#include "io/base/error.h"
#include "io/hdf5/h5.h"
#include "trainer/graph/graph_context.h"

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise; free with hr_train_graph_free. */
typedef struct hr_train_graph {
    int64_t users, movies, edges;
    int64_t *ptr;    /* [users + 1] */
    int32_t *movie;  /* [edges] ascending within a user */
    int32_t *degree; /* [movies] edges of each movie */
} hr_train_graph;

/* Gathers it from the ranks' shards. Collective; all ranks return the same status. HR_MEMORY, HR_COMM. */
hr_status hr_train_graph_gather(hr_train_graph *graph, const hr_graph_context *context, hr_error *err);

/* Reads it from an open dataset.
 *   valid  share of train that is left out (hr_dataset_read_slice)
 * Local. HR_INPUT where the file is damaged; HR_MEMORY, HR_IO. */
hr_status hr_train_graph_read(hr_train_graph *graph, hr_h5 *dataset, int64_t users, int64_t movies,
                              double valid, hr_error *err);

/* Makes it of those edges of `all` for which keeps [edges] is not 0. Local. HR_MEMORY. */
hr_status hr_train_graph_keep(hr_train_graph *graph, const hr_train_graph *all, const uint8_t *keeps,
                              hr_error *err);

void hr_train_graph_free(hr_train_graph *graph);

#endif
