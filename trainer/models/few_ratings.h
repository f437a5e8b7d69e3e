/* How much more regularisation the rows of a graph need whose users have few ratings in the mean. */
#ifndef HR_TRAINER_MODELS_FEW_RATINGS_H
#define HR_TRAINER_MODELS_FEW_RATINGS_H

#include "partition/cut/graph.h"

#include <math.h>

/* The root of 20 / (ratings a user), at least 1: found on validation parts of graphs of 4 to 130 ratings a user
 * (docs/decisions/053 and 054). */
static inline double hr_few_ratings_factor(hr_graph_size graph)
{
    return sqrt(fmax(1.0, 20.0 * (double)graph.users / (double)graph.edges));
}

#endif
