/* Arrays of sums, often rows of them, that know whether they are plain or reproducible (summation.h): code
 * that adds to them, exchanges them or reads them is the same for both. Functions are local unless they say
 * otherwise. */
#ifndef HR_TRAINER_NUMERICS_ROW_SUMS_H
#define HR_TRAINER_NUMERICS_ROW_SUMS_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "partition/halo/halo.h"
#include "trainer/kernels/sums.h"
#include "trainer/numerics/summation.h"

#include <stdint.h>

/* Makes `count` sums, all 0.
 *   sums  zero-initialised; hr_row_sums_free frees them, also after a failure
 * HR_MEMORY. */
hr_status hr_row_sums_create(hr_row_sums *sums, int64_t count, hr_summation how, hr_error *err);
void hr_row_sums_free(hr_row_sums *sums);

/* Sets the first `count` sums to 0. */
void hr_row_sums_clear(hr_row_sums *sums, int64_t count);

/* States, before anything is added, that no sum, over all ranks too, will pass `bound` in size. All ranks
 * state the same. Reproducible sums take their unit from it; plain ones ignore it. */
void hr_row_sums_bound(hr_row_sums *sums, double bound);

/* The sums from number `at` on, with another unit (hr_sum_unit): a view, not to be freed. */
static inline hr_row_sums hr_row_sums_from(const hr_row_sums *sums, int64_t at, double unit)
{
    return (hr_row_sums){sums->floats + at, sums->doubles ? sums->doubles + at : NULL, unit};
}

/* Adds one value. For rows of values, and for hot loops, see kernels/sums.h. */
void hr_row_sums_add_value(const hr_row_sums *sums, int64_t at, float value);

/* Adds `count` sums, from number `from_at` on, to as many of another, from number `at` on: of the same kind
 * and unit. */
void hr_row_sums_add_sums(const hr_row_sums *sums, int64_t at, const hr_row_sums *from, int64_t from_at,
                          int64_t count);

/* Copies rows of `width` sums by a list: row i of `to` becomes row index[i] of `from`, of the same kind. */
void hr_row_sums_pack(const hr_row_sums *to, const hr_row_sums *from, const int32_t *index, int64_t rows,
                      int64_t width);

/* Sum number `at`, as a float. */
static inline float hr_row_sums_value(const hr_row_sums *sums, int64_t at)
{
    return sums->doubles ? (float)sums->doubles[at] : sums->floats[at];
}

/* Fills `floats` of the first `count` sums: reproducible ones are rounded, plain ones are floats already. */
void hr_row_sums_round(const hr_row_sums *sums, int64_t count);

/* A common factor of all terms of some sums. It multiplies the terms of plain sums, but the finished
 * reproducible sums, because terms times a factor would no longer be multiples of the unit. Terms are
 * multiplied by hr_row_sums_term_factor; hr_row_sums_round_scaled is hr_row_sums_round with what is left to
 * do. */
float hr_row_sums_term_factor(const hr_row_sums *sums, float factor);
void hr_row_sums_round_scaled(const hr_row_sums *sums, float factor, int64_t count);

/* Sums over ranks, in place. Collective. HR_COMM. */
hr_status hr_row_sums_all(const hr_row_sums *sums, const hr_comm *comm, int64_t count, hr_error *err);

/* Sums over ranks of rows of `width` sums, each rank receiving its share at the beginning of `sums`: see
 * comm.h. Collective. HR_COMM, HR_MEMORY. */
hr_status hr_row_sums_shares(const hr_row_sums *sums, const hr_comm *comm, const int64_t *first,
                             int64_t width, hr_error *err);

/* Adds ghost rows of `cols` sums to their owners' rows (hr_halo_reduce of halo.h). Reproducible sums take two
 * of the halo's columns each. Collective on the halo's ranks. HR_COMM. */
hr_status hr_row_sums_reduce(const hr_row_sums *sums, hr_halo *halo, int64_t cols, hr_error *err);

/* Prepares sums that each rank has made of its own terms, [rows x width], for a linear function of them whose
 * results are summed over ranks as well. Plain sums go on as they are, all rows on each rank. Reproducible
 * ones must be complete before they are rounded: they are summed over ranks, and each rank goes on with a
 * share of the rows. *first and *end receive this rank's rows, whose `floats` are filled.
 * Collective where sums are reproducible. HR_COMM. */
hr_status hr_row_sums_divide(const hr_row_sums *sums, const hr_comm *comm, int64_t rows, int64_t width,
                             int64_t *first, int64_t *end, hr_error *err);

/* Bytes that a sum takes, in memory and between ranks. */
static inline int64_t hr_row_sums_bytes(const hr_row_sums *sums)
{
    return sums->doubles ? sizeof(double) : sizeof(float);
}

#endif
