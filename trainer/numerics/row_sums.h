/* Rows that a batch of samples adds to: in floats, or in doubles that come out the same in any order
 * (exact.h).
 */
#ifndef HR_TRAINER_NUMERICS_ROW_SUMS_H
#define HR_TRAINER_NUMERICS_ROW_SUMS_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/kernels/sums.h"
#include "trainer/numerics/exact.h"

#include <stdbool.h>
#include <stdint.h>

/* `count` zeros. Local. HR_MEMORY. */
hr_status hr_row_sums_create(hr_row_sums *sums, int64_t count, bool exact, hr_error *err);
void hr_row_sums_free(hr_row_sums *sums);

/* Makes all `count` of them zero again. */
void hr_row_sums_clear(hr_row_sums *sums, int64_t count);

/* Rounds the first `count` exact sums to floats; plain ones are that already. */
void hr_row_sums_round(const hr_row_sums *sums, int64_t count);

/* Sums of all ranks, in place. Collective. HR_COMM. */
hr_status hr_row_sums_all(hr_row_sums *sums, const hr_comm *comm, int64_t count, hr_error *err);

/* The sums from number `at` on, by a unit of their own; they stay `sums`' to free. */
static inline hr_row_sums hr_row_sums_from(const hr_row_sums *sums, int64_t at, double unit)
{
    return (hr_row_sums){sums->floats + at, sums->exact ? sums->exact + at : NULL, unit};
}

/* Bytes of one of them. */
static inline int64_t hr_row_sums_bytes(const hr_row_sums *sums)
{
    return sums->exact ? sizeof(double) : sizeof(float);
}

#endif
