#include "trainer/optimiser/optimiser_config.h"

#include <math.h>

double hr_optimiser_rate(const hr_optimiser_config *config, int64_t step)
{
    const double warm = step < config->warmup ? (double)(step + 1) / (double)config->warmup : 1.0;
    if (config->schedule == HR_SCHEDULE_CONSTANT)
        return warm * config->rate;
    if (step >= config->steps)
        return 0.0;
    return 0.5 * warm * config->rate * (1.0 + cos(acos(-1.0) * (double)step / (double)config->steps));
}
