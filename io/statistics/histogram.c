#include "io/statistics/histogram.h"

#include "io/base/memory.h"

#include <math.h>
#include <string.h>

static double rounded(const hr_histogram *h, double number)
{
    return h->unit > 0.0 ? floor(number / h->unit) * h->unit : number;
}

/* Index of the first value that is not below `number`, or h->count. */
static int64_t find(const hr_histogram *h, double number)
{
    int64_t first = 0, end = h->count;
    while (first < end) {
        const int64_t middle = first + (end - first) / 2;
        if (h->value[middle] < number)
            first = middle + 1;
        else
            end = middle;
    }
    return first;
}

/* Doubles the unit until at most half of the room is taken. */
static void coarsen(hr_histogram *h)
{
    const double range = h->value[h->count - 1] - h->value[0];
    if (h->unit == 0.0)
        h->unit = exp2(floor(log2(range / HR_HISTOGRAM_NUMBERS)));
    while (h->count > HR_HISTOGRAM_NUMBERS / 2) {
        int64_t kept = 0;
        h->unit *= 2.0;
        for (int64_t i = 0; i < h->count; i++) {
            const double value = rounded(h, h->value[i]);
            const int64_t times = h->times[i];
            if (kept > 0 && h->value[kept - 1] == value) {
                h->times[kept - 1] += times;
            } else {
                h->value[kept] = value;
                h->times[kept++] = times;
            }
        }
        h->count = kept;
    }
}

void hr_histogram_add(hr_histogram *h, double number)
{
    if (!isfinite(number))
        return;
    const double value = rounded(h, number);
    const int64_t at = find(h, value);
    if (at < h->count && h->value[at] == value) {
        h->times[at]++;
        return;
    }
    if (h->count == HR_HISTOGRAM_NUMBERS) {
        coarsen(h);
        hr_histogram_add(h, number);
        return;
    }
    memmove(h->value + at + 1, h->value + at, (size_t)(h->count - at) * sizeof *h->value);
    memmove(h->times + at + 1, h->times + at, (size_t)(h->count - at) * sizeof *h->times);
    h->value[at] = value;
    h->times[at] = 1;
    h->count++;
}

hr_status hr_histogram_frequencies(const hr_histogram *h, hr_frequencies *f, hr_error *err)
{
    hr_status status = HR_OK;
    *f = (hr_frequencies){0};
    HR_ALLOC(f->value, h->count);
    HR_ALLOC(f->times, h->count);
    memcpy(f->value, h->value, (size_t)h->count * sizeof *h->value);
    memcpy(f->times, h->times, (size_t)h->count * sizeof *h->times);
    f->count = h->count;
done:
    return status;
}
