#include "io/statistics/bars.h"

int hr_bars_doubling(const hr_frequencies *f, hr_bar bar[HR_MOST_BARS])
{
    int bars = 0;
    double from = 1.0; /* of the next bar */
    while (f->count > 0 && f->value[0] >= 2.0 * from)
        from *= 2.0;
    for (int64_t i = 0; i < f->count; i++) {
        for (; f->value[i] >= from; from *= 2.0)
            bar[bars++] = (hr_bar){from, 2.0 * from, 0};
        bar[bars - 1].count += f->times[i];
    }
    return bars;
}

int hr_bars_even(const hr_frequencies *f, int most, hr_bar bar[HR_MOST_BARS])
{
    if (f->count <= most) {
        for (int64_t i = 0; i < f->count; i++)
            bar[i] = (hr_bar){f->value[i], f->value[i], f->times[i]};
        return (int)f->count;
    }
    const double low = f->value[0], width = (f->value[f->count - 1] - low) / (double)most;
    for (int b = 0; b < most; b++)
        bar[b] = (hr_bar){low + width * (double)b, low + width * (double)(b + 1), 0};
    for (int64_t i = 0; i < f->count; i++) {
        const int at = (int)((f->value[i] - low) / width);
        bar[at < most ? at : most - 1].count += f->times[i];
    }
    return most;
}
