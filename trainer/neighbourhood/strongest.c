#include "trainer/neighbourhood/strongest.h"

#include "io/base/memory.h"

#include <stdbool.h>

hr_status hr_strongest_create(hr_strongest *best, int64_t vertices, int64_t limit, hr_error *err)
{
    hr_status status = HR_OK;
    *best = (hr_strongest){.vertices = vertices, .limit = limit};
    HR_ALLOC(best->count, vertices);
    HR_ALLOC(best->kept, vertices * limit);
done:
    return status;
}

void hr_strongest_free(hr_strongest *best)
{
    free(best->count);
    free(best->kept);
    *best = (hr_strongest){0};
}

static bool comes_before(hr_neighbour a, hr_neighbour b)
{
    return a.weight > b.weight || (a.weight == b.weight && a.number < b.number);
}

void hr_strongest_offer(hr_strongest *best, int64_t vertex, hr_neighbour neighbour)
{
    hr_neighbour *kept = best->kept + vertex * best->limit;
    int64_t at = best->count[vertex];
    if (at == best->limit && !comes_before(neighbour, kept[at - 1]))
        return;
    if (at < best->limit)
        best->count[vertex]++;
    else
        at--;
    for (; at > 0 && comes_before(neighbour, kept[at - 1]); at--)
        kept[at] = kept[at - 1];
    kept[at] = neighbour;
}

const hr_neighbour *hr_strongest_of(const hr_strongest *best, int64_t vertex)
{
    return best->kept + vertex * best->limit;
}
