/* Values by their order over all ranks, exactly, without bringing them together. */
#ifndef HR_IO_SPLIT_QUANTILE_H
#define HR_IO_SPLIT_QUANTILE_H

#include "io/base/error.h"
#include "io/comm/comm.h"

#include <stdint.h>

/* Counts the values of all ranks other than INT64_MIN, which stands for none. Collective. HR_COMM. */
hr_status hr_quantile_count(const hr_comm *comm, const int64_t *values, int64_t count, int64_t *known,
                            hr_error *err);

/* Finds the smallest of the values of all ranks for which `rank` values, 1 <= rank <= those that
 * hr_quantile_count counts, are not above it. Each round counts values in at most 4,096 equal ranges and goes on in one
 * of them: three rounds where values span 2^36. Collective; `rank` is the same on all ranks. HR_COMM. */
hr_status hr_quantile(const hr_comm *comm, const int64_t *values, int64_t count, int64_t rank, int64_t *value,
                      hr_error *err);

#endif
