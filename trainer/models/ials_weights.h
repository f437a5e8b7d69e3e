/* What ials weighs unobserved pairs and regularisation by, where the options leave it to the graph.
 *
 * A user has d = edges / users ratings in the mean. All the user's unobserved pairs together weigh
 * unobserved x movies, which is c = unobserved / density times d, with density = edges / (users x movies); of a
 * movie likewise. What suits a graph goes by c, not by the weight of one pair: a tenth is c = 24 on ml-20m and
 * 180 on check-ins. Found on validation parts of graphs of 0.05 % to 4.3 % (docs/decisions/053).
 *
 *     unobserved = min(10 density, 1)
 *     decay      = min(0.02, 0.132 / (1 + c)) sqrt(max(1, 20 / d))
 *
 * Decay is a factor of n + unobserved x others for each row (als.h), which grows as 1 + c; a row of few
 * ratings needs more. */
#ifndef HR_TRAINER_MODELS_IALS_WEIGHTS_H
#define HR_TRAINER_MODELS_IALS_WEIGHTS_H

#include "partition/cut/graph.h"
#include "trainer/models/model_config.h"

/* Fills in unobserved and decay where they are 0. */
void hr_ials_weights(hr_model_config *config, hr_graph_size graph);

#endif
