#include "trainer/carriers/carriers.h"

#include "io/base/memory.h"

#include <string.h>

hr_status hr_carriers_create(hr_carriers *carriers, int64_t count, int64_t dim, hr_error *err)
{
    hr_status status = HR_OK;
    *carriers = (hr_carriers){.count = count, .dim = dim, .own_name = "own"};
    HR_ALLOC(carriers->own, dim);
    HR_ALLOC(carriers->message, count * dim);
done:
    return status;
}

void hr_carriers_free(hr_carriers *carriers)
{
    free(carriers->own);
    free(carriers->message);
    *carriers = (hr_carriers){0};
}

void hr_carriers_set_rest(hr_carriers *carriers, const hr_explained_model *model, const float *row)
{
    const int64_t dim = carriers->dim;
    for (int64_t c = 0; c < dim; c++)
        carriers->own[c] = c < 2 && hr_explained_has_biases(model) ? 0.0 : (double)row[c];
    for (int64_t i = 0; i < carriers->count; i++)
        for (int64_t c = 0; c < dim; c++)
            carriers->own[c] -= carriers->message[i * dim + c];
}

void hr_carriers_sum(const hr_carriers *carriers, double *sum)
{
    const int64_t dim = carriers->dim;
    memcpy(sum, carriers->own, (size_t)dim * sizeof *sum);
    for (int64_t i = 0; i < carriers->count; i++)
        for (int64_t c = 0; c < dim; c++)
            sum[c] += carriers->message[i * dim + c];
}
