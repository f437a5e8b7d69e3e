#include "trainer/numerics/row_sums.h"

#include "io/base/even.h"
#include "io/base/memory.h"

#include <string.h>

hr_status hr_row_sums_create(hr_row_sums *sums, int64_t count, hr_summation how, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC_SHARED(sums->floats, count);
    if (how == HR_SUM_REPRODUCIBLE)
        HR_ALLOC_SHARED(sums->doubles, count);
done:
    return status;
}

void hr_row_sums_free(hr_row_sums *sums)
{
    free(sums->floats);
    free(sums->doubles);
    *sums = (hr_row_sums){0};
}

void hr_row_sums_clear(hr_row_sums *sums, int64_t count)
{
    float *plain = sums->floats;
    double *doubles = sums->doubles;
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < count; i++)
        if (doubles)
            doubles[i] = 0.0;
        else
            plain[i] = 0.0F;
}

void hr_row_sums_bound(hr_row_sums *sums, double bound)
{
    if (sums->doubles)
        sums->unit = hr_sum_unit(HR_SUM_REPRODUCIBLE, bound);
}

void hr_row_sums_add_value(const hr_row_sums *sums, int64_t at, float value)
{
    if (sums->doubles)
        sums->doubles[at] += hr_round_to_unit((double)value, sums->unit);
    else
        sums->floats[at] += value;
}

void hr_row_sums_add_sums(const hr_row_sums *sums, int64_t at, const hr_row_sums *from, int64_t from_at,
                          int64_t count)
{
    if (sums->doubles)
        for (int64_t i = 0; i < count; i++)
            sums->doubles[at + i] += from->doubles[from_at + i];
    else
        for (int64_t i = 0; i < count; i++)
            sums->floats[at + i] += from->floats[from_at + i];
}

void hr_row_sums_pack(const hr_row_sums *to, const hr_row_sums *from, const int32_t *index, int64_t rows,
                      int64_t width)
{
    const size_t bytes = (size_t)(width * hr_row_sums_bytes(from));
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < rows; i++)
        if (from->doubles)
            memcpy(to->doubles + i * width, from->doubles + index[i] * width, bytes);
        else
            memcpy(to->floats + i * width, from->floats + index[i] * width, bytes);
}

void hr_row_sums_round(const hr_row_sums *sums, int64_t count)
{
    hr_row_sums_round_scaled(sums, 1.0F, count);
}

float hr_row_sums_term_factor(const hr_row_sums *sums, float factor)
{
    return sums->doubles ? 1.0F : factor;
}

void hr_row_sums_round_scaled(const hr_row_sums *sums, float factor, int64_t count)
{
    const double *from = sums->doubles, by = (double)factor;
    float *to = sums->floats;
    if (!from)
        return;
#pragma omp parallel for simd schedule(static)
    for (int64_t i = 0; i < count; i++)
        to[i] = (float)(by * from[i]);
}

hr_status hr_row_sums_all(const hr_row_sums *sums, const hr_comm *comm, int64_t count, hr_error *err)
{
    return sums->doubles ? hr_sum_f64(comm, sums->doubles, count, err)
                         : hr_sum_f32(comm, sums->floats, count, err);
}

hr_status hr_row_sums_shares(const hr_row_sums *sums, const hr_comm *comm, const int64_t *first,
                             int64_t width, hr_error *err)
{
    return sums->doubles ? hr_sum_shares_f64(comm, sums->doubles, first, width, err)
                         : hr_sum_shares_f32(comm, sums->floats, first, width, err);
}

hr_status hr_row_sums_reduce(const hr_row_sums *sums, hr_halo *halo, int64_t cols, hr_error *err)
{
    return sums->doubles ? hr_halo_reduce_f64(halo, sums->doubles, cols, err)
                         : hr_halo_reduce(halo, sums->floats, cols, err);
}

hr_status hr_row_sums_divide(const hr_row_sums *sums, const hr_comm *comm, int64_t rows, int64_t width,
                             int64_t *first, int64_t *end, hr_error *err)
{
    hr_status status = HR_OK;
    *first = 0;
    *end = rows;
    if (!sums->doubles)
        return HR_OK;
    HR_TRY(hr_row_sums_all(sums, comm, rows * width, err));
    hr_row_sums_round(sums, rows * width);
    *first = hr_block_first(rows, comm->rank, comm->size);
    *end = hr_block_first(rows, comm->rank + 1, comm->size);
done:
    return status;
}
