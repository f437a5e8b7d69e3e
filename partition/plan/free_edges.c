#include "partition/plan/free_edges.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/base/sort.h"

#include <string.h>

hr_status hr_free_add(hr_free_list *list, hr_free_edges pair, hr_error *err)
{
    hr_status status = HR_OK;
    HR_GROW(list->pair, list->capacity, list->count + 1);
    list->pair[list->count++] = pair;
done:
    return status;
}

/* Moves this rank's pairs to where they are among those of all ranks, first[rank] …. */
static hr_status make_room(hr_free_list *list, const int64_t *first, const hr_comm *comm, hr_error *err)
{
    hr_status status = HR_OK;
    HR_GROW(list->pair, list->capacity, first[comm->size]);
    list->next = first[comm->rank];
    memmove(list->pair + list->next, list->pair, (size_t)list->count * sizeof *list->pair);
done:
    return status;
}

static hr_status gather(hr_free_list *list, const hr_comm *comm, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t first[comm->size + 1];
    memset(first, 0, sizeof first);
    first[comm->rank + 1] = list->count;
    HR_TRY(hr_sum_i64(comm, first, comm->size + 1, err));
    hr_offsets_sum(first, comm->size);
    status = make_room(list, first, comm, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    if (comm->size > 1)
        HR_TRY(hr_gather_shares(comm, list->pair, first, sizeof *list->pair, err));
    list->count = first[comm->size];
done:
    return status;
}

static void divide(hr_free_edges *pair, int64_t *cost, int64_t *load)
{
    const int64_t ahead = cost[pair->q] - cost[pair->p], apart = ahead < 0 ? -ahead : ahead;
    if (apart >= pair->count)
        pair->on_p = ahead < 0 ? 0 : pair->count;
    else
        pair->on_p = (ahead < 0 ? 0 : ahead) + (pair->count - apart + 1) / 2;
    cost[pair->p] += pair->on_p;
    load[pair->p] += pair->on_p;
    cost[pair->q] += pair->count - pair->on_p;
    load[pair->q] += pair->count - pair->on_p;
}

hr_status hr_free_divide(hr_free_list *list, const hr_comm *comm, int32_t parts, int64_t *cost, int64_t *load,
                         hr_error *err)
{
    hr_status status = HR_OK;
    hr_keyed *order = NULL;
    HR_TRY(gather(list, comm, err));
    order = hr_alloc(list->count, sizeof *order);
    if (!order)
        status = hr_fail_memory(err, list->count, sizeof *order, "pairs");
    HR_TRY(hr_agree(comm, status, NULL, err));
    for (int64_t i = 0; i < list->count; i++)
        order[i] = (hr_keyed){(int64_t)list->pair[i].p * parts + list->pair[i].q, i};
    hr_sort_keyed(order, list->count);
    for (int64_t i = 0; i < list->count; i++)
        divide(&list->pair[order[i].value], cost, load);
done:
    free(order);
    return status;
}
