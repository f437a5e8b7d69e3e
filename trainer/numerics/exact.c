#include "trainer/numerics/exact.h"

hr_status hr_exact_largest(const hr_comm *comm, const float *values, int64_t count, double *largest,
                           hr_error *err)
{
    float most = 0.0F;
#pragma omp parallel for simd schedule(static) reduction(max : most)
    for (int64_t i = 0; i < count; i++) {
        const float size = fabsf(values[i]);
        most = size > most ? size : most;
    }
    *largest = (double)most;
    return hr_max_f64(comm, largest, 1, err);
}
