/* Item-item weights in a checkpoint, row by row in the order of the movies:
 *
 *     weight/item_item         float [movies x movies]   dense, or
 *     weight/item_item_ptr     int64 [movies + 1]        sparse, as CSR
 *     weight/item_item_column  int32 [entries]           ascending in a row
 *     weight/item_item_value   float [entries]           without the last two where there is no entry
 */
#ifndef HR_TRAINER_ITEM_ITEMS_WEIGHTS_FILE_H
#define HR_TRAINER_ITEM_ITEMS_WEIGHTS_FILE_H

#include "io/checkpoint/checkpoint_extras.h"
#include "trainer/item_items/item_weights.h"

/* Appends the arrays of the weights, whose rows each rank has a block of.
 *   ptr  [w->count + 1] receives this rank's part of …_ptr
 * The arrays' data are w's and ptr. Collective. HR_COMM. */
hr_status hr_item_weights_keep(const hr_item_weights *w, const hr_comm *comm, int64_t *ptr,
                               hr_checkpoint_extras *extras, hr_error *err);

/* Fills a block that hr_item_weights_create made with its rows, sparse or dense. Local. HR_INPUT where the file is damaged, a
 * number is out of range, or weights are so large that a score could be no float; HR_MEMORY. */
hr_status hr_item_weights_read(hr_item_weights *w, hr_h5 *checkpoint, hr_error *err);

#endif
