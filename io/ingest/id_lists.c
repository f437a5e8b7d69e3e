#include "io/ingest/id_lists.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/comm/exchange.h"

#include <string.h>
#include <xxhash.h>

int hr_id_rank(const hr_comm *comm, const void *id, int64_t bytes)
{
    return (int)(XXH3_64bits(id, (size_t)bytes) % (uint64_t)comm->size);
}

hr_status hr_id_lists_new(hr_id_lists *l, const hr_comm *comm, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(l->sent, comm->size + 1);
    HR_ALLOC(l->received, comm->size + 1);
done:
    return status;
}

void hr_id_lists_free(hr_id_lists *l)
{
    free(l->sent);
    free(l->received);
}

hr_status hr_id_lists_exchange(const hr_comm *comm, hr_id_lists *l, const void *from, int64_t bytes,
                               void **to, hr_error *err)
{
    hr_status status = hr_exchange_offsets(comm, l->sent, l->received, err);
    if (status != HR_OK)
        return status;
    *to = hr_alloc(l->received[comm->size], (size_t)bytes);
    if (!*to)
        status = hr_fail_memory(err, l->received[comm->size], (size_t)bytes, "ids");
    status = hr_agree(comm, status, NULL, err);
    return status == HR_OK ? hr_exchange(comm, from, l->sent, *to, l->received, bytes, err) : status;
}

hr_status hr_id_lists_gather(const hr_comm *comm, const void *mine, int64_t count, int64_t bytes, void **all,
                             int64_t *total, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t *first = hr_alloc(comm->size + 1, sizeof *first);
    if (!first)
        status = hr_fail_memory(err, comm->size + 1, sizeof *first, "ids");
    HR_TRY(hr_agree(comm, status, NULL, err));
    first[comm->rank + 1] = count;
    HR_TRY(hr_sum_i64(comm, first, comm->size + 1, err));
    hr_offsets_sum(first, comm->size);
    *total = first[comm->size];
    *all = hr_alloc(*total, (size_t)bytes);
    if (*all && count > 0) /* of none there may be no bytes either */
        memcpy((char *)*all + first[comm->rank] * bytes, mine, (size_t)(count * bytes));
    if (!*all)
        status = hr_fail_memory(err, *total, (size_t)bytes, "ids");
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_gather_shares(comm, *all, first, bytes, err));
done:
    free(first);
    return status;
}

hr_status hr_id_lists_group(const hr_comm *comm, const int64_t *number, int64_t count, hr_id_lists *l,
                            int64_t **grouped, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(*grouped, count);
    for (int64_t i = 0; i < count; i++)
        l->sent[hr_id_rank(comm, &number[i], sizeof *number) + 1]++;
    hr_offsets_sum(l->sent, comm->size);
    for (int64_t i = 0; i < count; i++)
        (*grouped)[l->sent[hr_id_rank(comm, &number[i], sizeof *number)]++] = number[i];
    hr_offsets_restore(l->sent, comm->size);
done:
    return status;
}
