/* Item-item weights made row by row of how often movies are rated together. */
#ifndef HR_TRAINER_ITEM_ITEMS_NEIGHBOURS_H
#define HR_TRAINER_ITEM_ITEMS_NEIGHBOURS_H

#include "trainer/item_items/co_ratings.h"
#include "trainer/item_items/item_weights.h"

/* Makes a row of weights, in place, of the row of C of one movie (co_ratings.h). Threads call it. */
typedef void hr_weigh_row(const void *context, int64_t movie, double *row);

/* Fills this rank's block of rows.
 *   keep  entries to keep of each row, or 0
 * Collective; all ranks return the same status. HR_MEMORY, HR_COMM. */
hr_status hr_neighbours_make(hr_item_weights *w, const hr_co_ratings *c, int64_t keep, hr_weigh_row *weigh,
                             const void *context, hr_error *err);

#endif
