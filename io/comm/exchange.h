/* All-to-all exchange of lists of any length: every rank has a list for every rank. */
#ifndef HR_IO_COMM_EXCHANGE_H
#define HR_IO_COMM_EXCHANGE_H

#include "io/base/error.h"
#include "io/comm/comm.h"

#include <stdint.h>

/* Tells every rank how long the lists for it are.
 *   sent      [size + 1] offsets, in elements, of this rank's lists for rank 0, 1, …, from 0
 *   received  [size + 1] receives the offsets of the lists of rank 0, 1, … for this rank, from 0
 *
 * Collective. HR_COMM. */
hr_status hr_exchange_offsets(const hr_comm *comm, const int64_t *sent, int64_t *received, hr_error *err);

/* Sends the lists, elements of `bytes` bytes each, at offsets as above. `from` and `to` may be NULL where there is nothing
 * in them. Collective. HR_COMM. */
hr_status hr_exchange(const hr_comm *comm, const void *from, const int64_t *sent, void *to,
                      const int64_t *received, int64_t bytes, hr_error *err);

#endif
