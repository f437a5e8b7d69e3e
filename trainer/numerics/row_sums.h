/* Rows that a batch of samples adds to: in floats, or in doubles that come out the same in any order
 * (exact.h).
 */
#ifndef HR_TRAINER_NUMERICS_ROW_SUMS_H
#define HR_TRAINER_NUMERICS_ROW_SUMS_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/numerics/exact.h"

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise; free with hr_row_sums_free. */
typedef struct hr_row_sums {
    float *floats; /* plain sums, or what hr_row_sums_round makes of exact ones */
    double *exact; /* NULL where sums are plain */
    double unit;   /* of exact ones */
} hr_row_sums;

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

/* Adds factor * row[c] to the sums at at + c, for c from `first` to `end` - 1. `exact` says which sums are
 * there: where it is a constant, so is the loop. */
static inline __attribute__((always_inline)) void hr_row_sums_add(const hr_row_sums *sums, bool exact,
                                                                  int64_t at, float factor,
                                                                  const float *restrict row, int64_t first,
                                                                  int64_t end)
{
    float *restrict plain = sums->floats;
    double *restrict sum = sums->exact;
    const double unit = sums->unit, by = (double)factor;
    if (exact) {
#pragma omp simd
        for (int64_t c = first; c < end; c++)
            sum[at + c] += hr_exact_round(by * (double)row[c], unit);
    } else {
#pragma omp simd
        for (int64_t c = first; c < end; c++)
            plain[at + c] += factor * row[c];
    }
}

/* Adds factor * a[c] * b[c]. Likewise. */
static inline __attribute__((always_inline)) void
hr_row_sums_add_product(const hr_row_sums *sums, bool exact, int64_t at, float factor,
                        const float *restrict a, const float *restrict b, int64_t first, int64_t end)
{
    float *restrict plain = sums->floats;
    double *restrict sum = sums->exact;
    const double unit = sums->unit;
    for (int64_t c = first; c < end; c++) {
        const float by = factor * a[c];
        if (exact)
            sum[at + c] += hr_exact_round((double)by * (double)b[c], unit);
        else
            plain[at + c] += by * b[c];
    }
}

#endif
