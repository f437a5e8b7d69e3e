#include "bench/bandwidth.h"

#include "bench/probes.h"
#include "io/base/memory.h"

#include <omp.h>
#include <string.h>

enum { STREAM_BYTES = 1 << 28, REPEATS = 5 };
static const double cache_seconds = 0.2;

hr_status hr_bandwidth_stream(double *bytes_a_second, hr_error *err)
{
    hr_status status = HR_OK;
    char *from = NULL, *to = NULL;
    *bytes_a_second = 0.0;
    HR_ALLOC(from, STREAM_BYTES);
    HR_ALLOC(to, STREAM_BYTES);
    for (int repeat = 0; repeat < REPEATS; repeat++) {
        const double start = omp_get_wtime();
#pragma omp parallel
        {
            const int64_t share = STREAM_BYTES / omp_get_num_threads(), first = share * omp_get_thread_num();
            memcpy(to + first, from + first, (size_t)share);
        }
        const double rate = 2.0 * STREAM_BYTES / (omp_get_wtime() - start);
        *bytes_a_second = rate > *bytes_a_second ? rate : *bytes_a_second;
    }
done:
    free(to);
    free(from);
    return status;
}

hr_status hr_bandwidth_cache(int64_t lines, double *bytes_a_second, hr_error *err)
{
    hr_status status = HR_OK;
    hr_movie_line *pairs = NULL;
    const int threads = omp_get_max_threads();
    int64_t passes = 0;
    HR_ALLOC(pairs, threads * lines);
    const double start = omp_get_wtime();
#pragma omp parallel num_threads(threads) reduction(+ : passes)
    {
        hr_line sum = {{0}};
        while (omp_get_wtime() - start < cache_seconds) {
            for (int i = 0; i < 8; i++)
                hr_touch_lines(pairs + omp_get_thread_num() * lines, lines, &sum);
            passes += 8;
        }
    }
    *bytes_a_second = 3.0 * sizeof(hr_line) * (double)lines * (double)passes / (omp_get_wtime() - start);
done:
    free(pairs);
    return status;
}
