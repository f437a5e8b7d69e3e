#include "partition/cut/fill_parts.h"

#include "io/base/memory.h"

/* A part's vertices, and the weight of them all. */
typedef struct load {
    int64_t vertices, weight;
} load;

static int64_t weight_of(const int32_t *weight, int kinds, int64_t vertex)
{
    int64_t sum = 0;
    for (int k = 0; k < kinds; k++)
        sum += weight[vertex * kinds + k];
    return sum;
}

/* The heaviest of the parts that have a vertex to give. */
static int32_t find_heaviest(const load *loads, int32_t parts)
{
    int32_t heaviest = -1;
    for (int32_t p = 0; p < parts; p++)
        if (loads[p].vertices > 1 && (heaviest < 0 || loads[p].weight > loads[heaviest].weight))
            heaviest = p;
    return heaviest;
}

hr_status hr_parts_fill(const int32_t *weight, int kinds, int64_t vertices, int32_t parts, int32_t *owner,
                        int32_t *filled, hr_error *err)
{
    hr_status status = HR_OK;
    load *loads = NULL;
    *filled = 0;
    HR_ALLOC(loads, parts);
    for (int64_t v = 0; v < vertices; v++) {
        loads[owner[v]].vertices++;
        loads[owner[v]].weight += weight_of(weight, kinds, v);
    }
    for (int32_t empty = 0; empty < parts; empty++) {
        if (loads[empty].vertices > 0)
            continue;
        const int32_t from = find_heaviest(loads, parts);
        const int64_t half = loads[from].weight / 2;
        for (int64_t v = 0; v < vertices && loads[from].vertices > 1; v++) {
            const int64_t moved = weight_of(weight, kinds, v);
            if (owner[v] != from || (loads[empty].vertices > 0 && loads[empty].weight + moved > half))
                continue;
            owner[v] = empty;
            loads[from].vertices--;
            loads[from].weight -= moved;
            loads[empty].vertices++;
            loads[empty].weight += moved;
        }
        ++*filled;
    }
done:
    free(loads);
    return status;
}
