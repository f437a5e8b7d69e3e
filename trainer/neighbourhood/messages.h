/* What the edges of a neighbourhood carry in LightGCN. */
#ifndef HR_TRAINER_NEIGHBOURHOOD_MESSAGES_H
#define HR_TRAINER_NEIGHBOURHOOD_MESSAGES_H

#include "io/base/error.h"
#include "io/checkpoint/checkpoint.h"
#include "trainer/neighbourhood/neighbourhood.h"

/* Sets edge.carries: the length of what the first layer sends along the edge to the end that is nearer to the centre, weight
 * x |row of layer 0 of the other end|. Reads the rows of the neighbourhood, one by one. Local. HR_INPUT, HR_MEMORY. */
hr_status hr_messages_measure(hr_neighbourhood *near, hr_h5 *checkpoint, const hr_checkpoint_summary *summary,
                              hr_error *err);

#endif
