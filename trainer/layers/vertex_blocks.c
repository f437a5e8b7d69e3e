#include "trainer/layers/vertex_blocks.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/base/sort.h"

hr_status hr_vertex_blocks_create(hr_vertex_blocks *b, int32_t blocks, int64_t count, const int32_t *degree,
                                  hr_error *err)
{
    hr_status status = HR_OK;
    hr_keyed *sorted = NULL;
    b->blocks = blocks;
    b->count = count;
    HR_ALLOC(b->order, count);
    HR_ALLOC(b->first, blocks + 1);
    HR_ALLOC(sorted, count);
    for (int64_t v = 0; v < count; v++)
        sorted[v] = (hr_keyed){-(int64_t)degree[v], v};
    hr_sort_keyed(sorted, count);
    for (int64_t i = 0; i < count; i++)
        b->order[sorted[i].value] = (int32_t)i;
    for (int64_t v = 0; v < count; v++)
        b->first[hr_vertex_block_row(b, v).block + 1]++;
    hr_offsets_sum(b->first, blocks);
done:
    free(sorted);
    return status;
}

void hr_vertex_blocks_free(hr_vertex_blocks *b)
{
    free(b->order);
    free(b->first);
    *b = (hr_vertex_blocks){0};
}
