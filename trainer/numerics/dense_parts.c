#include "trainer/numerics/dense_parts.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

void hr_dense_parts_add(hr_dense_parts *parts, int64_t rows, int64_t cols, const char *name)
{
    if (rows * cols == 0)
        return;
    assert(parts->count < HR_MOST_DENSE_PARTS);
    hr_dense_part *part = &parts->part[parts->count++];
    *part = (hr_dense_part){.rows = rows, .cols = cols};
    snprintf(part->name, sizeof part->name, "%s", name);
}

void hr_dense_parts_add_of_layer(hr_dense_parts *parts, int64_t layer, int is_movie, int64_t rows,
                                 int64_t cols, const char *name)
{
    char whole[HR_DENSE_PART_NAME];
    snprintf(whole, sizeof whole, "layer%" PRId64 "/%s/%s", layer, is_movie ? "movie" : "user", name);
    hr_dense_parts_add(parts, rows, cols, whole);
}
