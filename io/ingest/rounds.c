#include "io/ingest/rounds.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/base/search.h"
#include "io/comm/exchange.h"

#include <omp.h>
#include <string.h>

enum { CAPACITY = 1 << 15 }; /* ratings of a buffer: 1 MiB */

hr_status hr_rounds_new(hr_rounds *r, const hr_comm *comm, int64_t buffers, const int64_t *ptr,
                        const int64_t *first_user, hr_ratings *ratings, hr_error *err)
{
    hr_status status = HR_OK;
    *r = (hr_rounds){.comm = comm, .ratings = ratings, .buffers = comm->size > 1 ? buffers : 0};
    HR_ALLOC(r->first_slot, comm->size + 1);
    HR_ALLOC(r->sent, comm->size + 1);
    HR_ALLOC(r->received, comm->size + 1);
    HR_ALLOC(r->filled, r->buffers);
    HR_ALLOC(r->buffer, r->buffers * CAPACITY);
    HR_ALLOC(r->out, r->buffers * CAPACITY);
    for (int rank = 0; rank <= comm->size; rank++)
        r->first_slot[rank] = ptr[first_user[rank]];
done:
    return status;
}

void hr_rounds_free(hr_rounds *r)
{
    free(r->first_slot);
    free(r->sent);
    free(r->received);
    free(r->filled);
    free(r->buffer);
    free(r->out);
    free(r->in);
    *r = (hr_rounds){0};
}

/* The last rank whose slots begin at or before this one. */
static int owner_of(const hr_rounds *r, int64_t slot)
{
    return (int)hr_lower_bound_i64(r->first_slot, r->comm->size + 1, slot + 1) - 1;
}

/* What the buffers hold, by rank. */
static void group(hr_rounds *r)
{
    memset(r->sent, 0, (size_t)(r->comm->size + 1) * sizeof *r->sent);
    for (int pass = 0; pass < 2; pass++) {
        for (int64_t b = 0; b < r->buffers; b++)
            for (int64_t i = b * CAPACITY; i < b * CAPACITY + r->filled[b]; i++) {
                const int rank = owner_of(r, r->buffer[i].slot);
                if (pass == 0)
                    r->sent[rank + 1]++;
                else
                    r->out[r->sent[rank]++] = r->buffer[i];
            }
        if (pass == 0)
            hr_offsets_sum(r->sent, r->comm->size);
        else
            hr_offsets_restore(r->sent, r->comm->size);
    }
    memset(r->filled, 0, (size_t)r->buffers * sizeof *r->filled);
}

static hr_status reserve(hr_rounds *r, hr_error *err)
{
    hr_status status = HR_OK;
    HR_GROW(r->in, r->in_capacity, r->received[r->comm->size]);
done:
    return status;
}

static void store(const hr_rounds *r)
{
    const int64_t first = r->first_slot[r->comm->rank];
    for (int64_t i = 0; i < r->received[r->comm->size]; i++) {
        const hr_placed *placed = &r->in[i];
        r->ratings->movie[placed->slot - first] = placed->movie;
        r->ratings->value[placed->slot - first] = placed->value;
        r->ratings->time[placed->slot - first] = placed->time;
        r->ratings->split[placed->slot - first] = placed->split;
    }
}

static hr_status exchange(hr_rounds *r, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t running = r->running;
    group(r);
    HR_TRY(hr_sum_i64(r->comm, &running, 1, err));
    HR_TRY(hr_exchange_offsets(r->comm, r->sent, r->received, err));
    HR_TRY(hr_agree(r->comm, reserve(r, err), NULL, err));
    HR_TRY(hr_exchange(r->comm, r->out, r->sent, r->in, r->received, sizeof *r->out, err));
    store(r);
    r->over = running == 0;
done:
    return status;
}

/* Every thread of every rank is here at the same time. */
static void meet(hr_rounds *r)
{
#pragma omp barrier
#pragma omp master
    {
        r->status = exchange(r, &r->err);
        r->over |= r->status != HR_OK;
    }
#pragma omp barrier
}

void hr_rounds_begin(hr_rounds *r)
{
#pragma omp single
    r->running = omp_get_num_threads();
}

hr_status hr_rounds_send(hr_rounds *r, int64_t buffer, const hr_placed *placed, hr_error *err)
{
    if (r->filled[buffer] == CAPACITY && !r->over)
        meet(r);
    if (r->over) { /* while this thread has something to send: a failure */
        *err = r->err;
        return r->status;
    }
    r->buffer[buffer * CAPACITY + r->filled[buffer]++] = *placed;
    return HR_OK;
}

void hr_rounds_finish(hr_rounds *r)
{
    if (r->comm->size == 1)
        return;
#pragma omp atomic
    r->running--;
    while (!r->over)
        meet(r);
}
