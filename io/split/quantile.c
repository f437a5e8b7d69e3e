#include "io/split/quantile.h"

enum { RANGES = 4096 };

hr_status hr_quantile_count(const hr_comm *comm, const int64_t *values, int64_t count, int64_t *known,
                            hr_error *err)
{
    int64_t found = 0;
#pragma omp parallel for schedule(static) reduction(+ : found)
    for (int64_t i = 0; i < count; i++)
        found += values[i] != INT64_MIN;
    *known = found;
    return hr_sum_i64(comm, known, 1, err);
}

/* The lowest and the highest value. ~x, which is -x - 1, has the opposite order. */
static hr_status find_range(const hr_comm *comm, const int64_t *values, int64_t count, int64_t *lowest,
                            int64_t *highest, hr_error *err)
{
    int64_t low = INT64_MAX, high = INT64_MIN;
#pragma omp parallel for schedule(static) reduction(min : low) reduction(max : high)
    for (int64_t i = 0; i < count; i++)
        if (values[i] != INT64_MIN) {
            low = values[i] < low ? values[i] : low;
            high = values[i] > high ? values[i] : high;
        }
    int64_t most[2] = {~low, high};
    const hr_status status = hr_max_i64(comm, most, 2, err);
    *lowest = ~most[0];
    *highest = most[1];
    return status;
}

/* Counts the values of low … high in ranges of 2^shift numbers. */
static void count_ranges(const int64_t *values, int64_t count, int64_t low, int64_t high, unsigned shift,
                         int64_t in_range[RANGES])
{
    for (int i = 0; i < RANGES; i++)
        in_range[i] = 0;
#pragma omp parallel for schedule(static) reduction(+ : in_range[:RANGES])
    for (int64_t i = 0; i < count; i++)
        if (values[i] >= low && values[i] <= high && values[i] != INT64_MIN)
            in_range[((uint64_t)values[i] - (uint64_t)low) >> shift]++;
}

/* The least shift that leaves fewer than RANGES different numbers of 0 … span. */
static unsigned shift_for(uint64_t span)
{
    unsigned shift = 0;
    while (span >> shift >= RANGES)
        shift++;
    return shift;
}

hr_status hr_quantile(const hr_comm *comm, const int64_t *values, int64_t count, int64_t rank, int64_t *value,
                      hr_error *err)
{
    hr_status status = HR_OK;
    int64_t low = 0, high = 0, in_range[RANGES];
    HR_TRY(find_range(comm, values, count, &low, &high, err));
    while (low < high) {
        const unsigned shift = shift_for((uint64_t)high - (uint64_t)low);
        int at = 0;
        count_ranges(values, count, low, high, shift, in_range);
        HR_TRY(hr_sum_i64(comm, in_range, RANGES, err));
        while (at < RANGES - 1 && rank > in_range[at])
            rank -= in_range[at++];
        const uint64_t from = (uint64_t)low + ((uint64_t)at << shift), last = ((uint64_t)1 << shift) - 1;
        const uint64_t left = (uint64_t)high - from; /* the last range may be shorter */
        low = (int64_t)from;
        high = (int64_t)(from + (left < last ? left : last));
    }
    *value = low;
done:
    return status;
}
