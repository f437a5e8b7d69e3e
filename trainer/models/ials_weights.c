#include "trainer/models/ials_weights.h"

#include "trainer/models/few_ratings.h"

#include <math.h>

void hr_ials_weights(hr_model_config *config, hr_graph_size graph)
{
    const double density = (double)graph.edges / (double)graph.users / (double)graph.movies;
    if (config->unobserved == 0.0)
        config->unobserved = fmin(10.0 * density, 1.0);
    if (config->decay == 0.0)
        config->decay =
            fmin(0.02, 0.132 / (1.0 + config->unobserved / density)) * hr_few_ratings_factor(graph);
}
