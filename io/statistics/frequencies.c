#include "io/statistics/frequencies.h"

#include "io/base/memory.h"
#include "io/base/sort.h"

#include <math.h>

const double hr_quantile_shares[HR_QUANTILES] = {0.0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1.0};

void hr_frequencies_free(hr_frequencies *f)
{
    free(f->value);
    free(f->times);
    *f = (hr_frequencies){0};
}

/* How many different counts above 0 there are among sorted ones. */
static int64_t count_different(const int32_t *counts, int64_t count)
{
    int64_t different = 0;
    for (int64_t i = 0; i < count; i++)
        different += counts[i] > 0 && (i == 0 || counts[i] != counts[i - 1]);
    return different;
}

hr_status hr_frequencies_of_counts(hr_frequencies *f, int32_t *counts, int64_t count, hr_error *err)
{
    hr_status status = HR_OK;
    hr_sort_i32(counts, count);
    const int64_t different = count_different(counts, count);
    *f = (hr_frequencies){0};
    HR_ALLOC(f->value, different);
    HR_ALLOC(f->times, different);
    for (int64_t i = 0; i < count; i++) {
        if (counts[i] <= 0)
            continue;
        if (i == 0 || counts[i] != counts[i - 1])
            f->value[f->count++] = (double)counts[i];
        f->times[f->count - 1]++;
    }
done:
    return status;
}

static double quantile(const hr_frequencies *f, int64_t all, double share)
{
    const int64_t rank = share > 0.0 ? (int64_t)ceil(share * (double)all - 1e-9) : 1;
    int64_t before = 0;
    for (int64_t i = 0; i < f->count; i++) {
        before += f->times[i];
        if (before >= rank)
            return f->value[i];
    }
    return 0.0;
}

hr_distribution hr_distribution_of(const hr_frequencies *f)
{
    hr_distribution d = {0};
    double sum = 0.0, by_rank = 0.0; /* of value times rank, ranks counting from 1 */
    for (int64_t i = 0; i < f->count; i++) {
        const double times = (double)f->times[i], before = (double)d.count;
        sum += times * f->value[i];
        by_rank += f->value[i] * times * (before + (times + 1.0) / 2.0);
        d.count += f->times[i];
    }
    if (d.count == 0)
        return d;
    const double count = (double)d.count;
    for (int q = 0; q < HR_QUANTILES; q++)
        d.quantile[q] = quantile(f, d.count, hr_quantile_shares[q]);
    d.mean = sum / count;
    d.gini = sum > 0.0 ? 2.0 * by_rank / (count * sum) - (count + 1.0) / count : 0.0;
    return d;
}
