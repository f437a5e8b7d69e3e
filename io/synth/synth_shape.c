#include "io/synth/synth_shape.h"

#include "io/base/philox.h"

#include <math.h>

enum { MOST_POINTS = 1 << 18, STREAM_ORDER = HR_STREAM_SYNTH + 12 };

static double logit(double q)
{
    return log(q / (1.0 - q));
}

/* The number of ratings with index `index` of `count`: a log-logistic distribution, whose tail is a power
 * law, bent by the exponent. */
static double quantile(const hr_degree_shape *s, int64_t index, int64_t count, double exponent)
{
    const double q = ((double)index + 0.5) / (double)count;
    if (q < 0.5)
        return s->minimum * pow(s->median / s->minimum, (double)index / (0.5 * (double)count));
    const double last = logit(1.0 - 0.5 / (double)count);
    return s->median * pow(s->maximum / s->median, pow(logit(q) / last, exponent));
}

/* The sum of all, of many by as many of them as are enough; rounding is made up for later. */
static double total_at(const hr_degree_shape *shape, int64_t count, double exponent)
{
    const int64_t points = count < MOST_POINTS ? count : MOST_POINTS;
    double sum = 0.0;
    for (int64_t i = 0; i < points; i++)
        sum += quantile(shape, i, points, exponent);
    return sum * ((double)count / (double)points);
}

/* The larger the exponent, the later the numbers rise, and the smaller their sum. */
static double find_exponent(const hr_degree_shape *shape, int64_t count, int64_t total)
{
    double low = 0.01, high = 100.0;
    for (int i = 0; i < 60; i++) {
        const double middle = 0.5 * (low + high);
        if (total_at(shape, count, middle) > (double)total)
            low = middle;
        else
            high = middle;
    }
    return high;
}

void hr_synth_degrees(const hr_degree_shape *shape, int64_t count, int64_t total, int64_t *degree)
{
    const double exponent = find_exponent(shape, count, total);
    int64_t sum = 0;
    for (int64_t i = 0; i < count; i++) {
        degree[i] = llround(quantile(shape, i, count, exponent));
        sum += degree[i];
    }
    /* What rounding left over is given to the upper quarter, except the maximum. */
    const int64_t first = 3 * count / 4;
    for (int64_t i = first; sum != total; i = i + 1 < count - 1 ? i + 1 : first) {
        const int64_t step = sum < total ? 1 : -1;
        degree[i] += step;
        sum += step;
    }
}

void hr_synth_shuffle(int64_t *values, int64_t count, uint64_t seed, uint32_t step)
{
    for (int64_t i = count - 1; i > 0; i--) {
        const hr_random4 r = hr_philox(seed, (hr_stream)STREAM_ORDER, step, (uint64_t)i);
        const int64_t j = (int64_t)hr_below64(r.word[0], r.word[1], (uint64_t)i + 1), held = values[i];
        values[i] = values[j];
        values[j] = held;
    }
}
