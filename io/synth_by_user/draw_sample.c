#include "io/synth_by_user/draw_sample.h"

#include "io/base/memory.h"

#include <math.h>

enum { SAMPLE = 1024 };

hr_status hr_draw_sample_make(hr_draw_sample *sample, const hr_taste *taste, const hr_synth_preset *p,
                              const int64_t *degree, uint64_t seed, hr_error *err)
{
    hr_status status = HR_OK;
    const double share = (double)p->ratings / SAMPLE,
                 drawn = 1.0 - (double)p->movies_rated / (double)p->ratings; /* the rest is given */
    double below = 0.0;
    sample->users = SAMPLE;
    HR_ALLOC(sample->position, SAMPLE);
    HR_ALLOC(sample->degree, SAMPLE);
    HR_ALLOC(sample->stands_for, SAMPLE);
    for (int64_t s = 0, u = 0; s < SAMPLE; s++) {
        while (u + 1 < p->users && below + (double)degree[u] < ((double)s + 0.5) * share)
            below += (double)degree[u++];
        hr_taste_draw_user(taste, s, seed, sample->position[s]);
        sample->degree[s] = fmax(0.01, (double)degree[u] * drawn);
        sample->stands_for[s] = share / (double)degree[u];
    }
done:
    return status;
}

void hr_draw_sample_free(hr_draw_sample *sample)
{
    free(sample->position);
    free(sample->degree);
    free(sample->stands_for);
}
