/* Parts that a cut left empty: a rank of such a part would have nothing to do, and hold nothing. METIS leaves
 * some where there are nearly as many parts as vertices. */
#ifndef HR_PARTITION_CUT_FILL_PARTS_H
#define HR_PARTITION_CUT_FILL_PARTS_H

#include "io/base/error.h"

#include <stdint.h>

/* Gives every empty part half the weight of the heaviest part, and at least a vertex: vertices of low number
 * move.
 *   weight  [vertices x kinds] 0 or more, of a vertex the sum of its row
 *   owner   [vertices] parts, 0 … parts - 1; parts <= vertices
 *   filled  receives the number of parts that were empty
 * HR_MEMORY. Local. */
hr_status hr_parts_fill(const int32_t *weight, int kinds, int64_t vertices, int32_t parts, int32_t *owner,
                        int32_t *filled, hr_error *err);

#endif
