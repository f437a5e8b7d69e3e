#include "bench/edge_floor.h"

#include "bench/bandwidth.h"
#include "trainer/simd/line.h"

enum { LINE_BYTES = 64, CACHED_LINES = 4096 };

hr_status hr_edge_floor_measure(hr_edge_floor *floor, int64_t vertices, int64_t edges, int64_t dim,
                                hr_error *err)
{
    hr_status status = HR_OK;
    const double panels = (double)((dim + HR_LANES - 1) / HR_LANES);
    *floor = (hr_edge_floor){.stream_bytes = 2.0 * (double)vertices * (double)dim * sizeof(float) +
                                             panels * (double)edges * sizeof(int32_t),
                             .cache_bytes = panels * (double)edges * 3.0 * LINE_BYTES};
    HR_TRY(hr_bandwidth_stream(&floor->stream_rate, err));
    HR_TRY(hr_bandwidth_cache(CACHED_LINES, &floor->cache_rate, err));
    const double stream = floor->stream_bytes / floor->stream_rate;
    const double cache = floor->cache_bytes / floor->cache_rate;
    floor->seconds = stream > cache ? stream : cache;
done:
    return status;
}
