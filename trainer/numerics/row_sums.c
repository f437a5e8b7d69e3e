#include "trainer/numerics/row_sums.h"

#include "io/base/memory.h"

hr_status hr_row_sums_create(hr_row_sums *sums, int64_t count, bool exact, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(sums->floats, count);
    if (exact)
        HR_ALLOC(sums->exact, count);
done:
    return status;
}

void hr_row_sums_free(hr_row_sums *sums)
{
    free(sums->floats);
    free(sums->exact);
    *sums = (hr_row_sums){0};
}

void hr_row_sums_clear(hr_row_sums *sums, int64_t count)
{
    float *plain = sums->floats;
    double *exact = sums->exact;
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < count; i++)
        if (exact)
            exact[i] = 0.0;
        else
            plain[i] = 0.0F;
}

void hr_row_sums_round(const hr_row_sums *sums, int64_t count)
{
    const double *from = sums->exact;
    float *to = sums->floats;
    if (!from)
        return;
#pragma omp parallel for simd schedule(static)
    for (int64_t i = 0; i < count; i++)
        to[i] = (float)from[i];
}

hr_status hr_row_sums_all(hr_row_sums *sums, const hr_comm *comm, int64_t count, hr_error *err)
{
    return sums->exact ? hr_sum_f64(comm, sums->exact, count, err)
                       : hr_sum_f32(comm, sums->floats, count, err);
}
