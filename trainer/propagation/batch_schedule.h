/* The schedule of the batches of panels (panel_batch.h): communication of one batch overlaps the sweep of
 * another. Inside propagation.
 *
 * Two batches alternate until both are through all layers, then the next two do. A slot is one sweep of one
 * batch. Layers l of batches A and B, time to the right:
 *
 *     sweeps         | A l, 1st half | A l, 2nd half | B l, 1st half | B l, 2nd half | A l+1, 1st half
 *     messages                 rows of B l    | sums of A l    | rows of A l+1  | sums of B l
 *
 * Communication of sums overlaps the first half of the sweep of the other batch, that of the next layer's
 * rows its second half. */
#ifndef HR_TRAINER_PROPAGATION_BATCH_SCHEDULE_H
#define HR_TRAINER_PROPAGATION_BATCH_SCHEDULE_H

#include "trainer/propagation/panel_batch.h"

/* All batches through all layers, `together` at a time. Collective. HR_COMM. */
hr_status hr_batch_schedule_run(const hr_propagation_pass *pass, int together, hr_error *err);

#endif
