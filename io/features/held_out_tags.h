/* Tags that say something of a rating which is kept from training. */
#ifndef HR_IO_FEATURES_HELD_OUT_TAGS_H
#define HR_IO_FEATURES_HELD_OUT_TAGS_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/dataset/dataset.h"

#include <stdint.h>

/* Finds the tags whose user has a rating of the movie that is not HR_TRAIN. Each rank finds those of its
 * own users.
 *   dataset   ratings of this rank's users; tags on rank 0
 *   held_out  receives the caller's [dataset->tags] on rank 0, 1 or 0 each; to be freed also after a failure
 * Collective. HR_MEMORY, HR_COMM. */
hr_status hr_tags_held_out(const hr_comm *comm, const hr_dataset *dataset, int32_t **held_out, hr_error *err);

#endif
