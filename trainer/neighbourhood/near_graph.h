/* A neighbourhood with its names, found in what is loaded once. */
#ifndef HR_TRAINER_NEIGHBOURHOOD_NEAR_GRAPH_H
#define HR_TRAINER_NEIGHBOURHOOD_NEAR_GRAPH_H

#include "io/base/error.h"
#include "io/checkpoint/checkpoint.h"
#include "trainer/catalogue/catalogue.h"
#include "trainer/neighbourhood/graph_formats.h"
#include "trainer/neighbourhood/near_names.h"
#include "trainer/scoring/load_scorer.h"

#include <stdbool.h>
#include <stdint.h>

/* What is searched; the members belong to the caller. Threads share it. */
typedef struct hr_graph_source {
    hr_h5 *dataset; /* open */
    int64_t users;
    const hr_catalogue *catalogue;
    const hr_train_figures *train;
    const hr_loaded *loaded;    /* a model of lightgcn, whose messages are measured; NULL: none */
    double valid;               /* share of train that is held out for validation */
    const hr_rating_pass *pass; /* over the dataset's ratings; NULL, or none: the file is read */
    const hr_ids *user_id;      /* [users]; NULL: they are read */
} hr_graph_source;

/* Whether edges carry something in a model: of lightgcn alone. */
bool hr_graph_has_messages(const hr_model_config *model);

/* What is asked for. */
typedef struct hr_graph_request {
    bool from_movie;
    int64_t centre; /* number of the user or movie */
    int64_t hops, limit;
} hr_graph_request;

/* Zero-initialise; free with hr_near_graph_free. */
typedef struct hr_near_graph {
    hr_neighbourhood near;
    hr_near_names names;
    bool has_messages;
} hr_near_graph;

/* Reads all ratings once for every hop from movies to users. Local. HR_USAGE for more than HR_MOST_VERTICES; HR_INPUT,
 * HR_MEMORY. */
hr_status hr_near_graph_find(hr_near_graph *graph, const hr_graph_source *source,
                             const hr_graph_request *request, hr_error *err);
void hr_near_graph_free(hr_near_graph *graph);

/* To be written or drawn, while the graph is there. */
hr_named_graph hr_near_graph_named(const hr_near_graph *graph);

#endif
