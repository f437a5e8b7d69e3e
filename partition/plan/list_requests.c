#include "partition/plan/list_requests.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/comm/exchange.h"

#include <string.h>

hr_status hr_list_requests_create(hr_list_requests *q, const hr_plan *plan, const hr_graph *graph,
                                  hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t ranks = plan->comm.size;
    *q = (hr_list_requests){.plan = plan, .graph = graph};
    HR_ALLOC(q->asks_ptr, ranks + 1);
    HR_ALLOC(q->asked_ptr, ranks + 1);
    HR_ALLOC(q->gets_ptr, ranks + 1);
    HR_ALLOC(q->gives_ptr, ranks + 1);
done:
    return status;
}

/* What one run of slots takes. */
static void forget_run(hr_list_requests *q)
{
    free(q->asks);
    free(q->asked);
    free(q->gets);
    free(q->gives);
    free(q->gets_value);
    free(q->gives_value);
    q->asks = q->asked = NULL;
    q->gets = q->gives = NULL;
    q->gets_value = q->gives_value = NULL;
}

void hr_list_requests_free(hr_list_requests *q)
{
    forget_run(q);
    free(q->asks_ptr);
    free(q->asked_ptr);
    free(q->gets_ptr);
    free(q->gives_ptr);
}

int32_t hr_slot_user(const hr_plan *plan, const hr_slot_run *run, int64_t slot)
{
    return (int32_t)hr_plan_vertex(plan, run->part, plan->user_row[slot]);
}

/* Sends the requests of a run to the ranks of their users. Collective. */
static hr_status send_requests(hr_list_requests *q, const hr_slot_run *run, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_comm *comm = &q->plan->comm;
    forget_run(q);
    memset(q->asks_ptr, 0, (size_t)(comm->size + 1) * sizeof *q->asks_ptr);
    for (int64_t s = run->first; s < run->end; s++)
        q->asks_ptr[hr_graph_rank_of(q->graph, hr_slot_user(q->plan, run, s)) + 1]++;
    hr_offsets_sum(q->asks_ptr, comm->size);
    HR_TRY(hr_exchange_offsets(comm, q->asks_ptr, q->asked_ptr, err));
    q->asks = hr_alloc(q->asks_ptr[comm->size], sizeof *q->asks);
    q->asked = hr_alloc(q->asked_ptr[comm->size], sizeof *q->asked);
    if (!q->asks || !q->asked)
        status = hr_fail_memory(err, q->asked_ptr[comm->size], sizeof *q->asked, "requests of lists");
    HR_TRY(hr_agree(comm, status, NULL, err));
    for (int64_t s = run->first; s < run->end; s++) {
        const int32_t user = hr_slot_user(q->plan, run, s);
        q->asks[q->asks_ptr[hr_graph_rank_of(q->graph, user)]++] = (hr_list_request){user, run->part};
    }
    hr_offsets_restore(q->asks_ptr, comm->size);
    HR_TRY(hr_exchange(comm, q->asks, q->asks_ptr, q->asked, q->asked_ptr, sizeof *q->asks, err));
done:
    return status;
}

/* Part of an edge of this rank's. */
static int32_t part_of(const hr_list_requests *q, int64_t user, int64_t edge)
{
    const hr_plan *plan = q->plan;
    return plan->owner[plan->with_movie[edge] ? plan->users + q->graph->user_movie[edge] : user];
}

/* Answers a request with the user's list; returns its length. */
static int64_t answer_list(const hr_list_requests *q, hr_list_request asked, uint32_t *words, float *values)
{
    const hr_graph *g = q->graph;
    const int64_t first = g->user_ptr[asked.user - g->first_user];
    const int64_t count = g->user_ptr[asked.user - g->first_user + 1] - first;
    for (int64_t i = 0; i < count; i++)
        words[i] = (uint32_t)g->user_movie[first + i] |
                   (part_of(q, asked.user, first + i) == asked.part ? hr_here_bit : 0);
    if (values)
        memcpy(values, g->user_value + first, (size_t)count * sizeof *values);
    return count;
}

/* Answers it with the number of edges that are on the part. */
static uint32_t answer_count(const hr_list_requests *q, hr_list_request asked)
{
    const hr_graph *g = q->graph;
    uint32_t count = 0;
    for (int64_t e = g->user_ptr[asked.user - g->first_user]; e < g->user_ptr[asked.user - g->first_user + 1];
         e++)
        count += part_of(q, asked.user, e) == asked.part;
    return count;
}

/* Words of the answers to requests: as many as the user has edges. */
static void sum_words(const hr_list_requests *q, const hr_list_request *requests, const int64_t *ptr,
                      int64_t *words)
{
    words[0] = 0;
    for (int r = 0; r < q->plan->comm.size; r++) {
        words[r + 1] = words[r];
        for (int64_t i = ptr[r]; i < ptr[r + 1]; i++)
            words[r + 1] += q->graph->degree[requests[i].user];
    }
}

static hr_status make_room(hr_list_requests *q, bool values, hr_error *err)
{
    hr_status status = HR_OK;
    const int ranks = q->plan->comm.size;
    HR_ALLOC(q->gets, q->gets_ptr[ranks]);
    HR_ALLOC(q->gives, q->gives_ptr[ranks]);
    if (values) {
        HR_ALLOC(q->gets_value, q->gets_ptr[ranks]);
        HR_ALLOC(q->gives_value, q->gives_ptr[ranks]);
    }
done:
    return status;
}

hr_status hr_request_lists(hr_list_requests *q, const hr_slot_run *run, bool values, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_comm *comm = &q->plan->comm;
    HR_TRY(send_requests(q, run, err));
    sum_words(q, q->asks, q->asks_ptr, q->gets_ptr);
    sum_words(q, q->asked, q->asked_ptr, q->gives_ptr);
    status = make_room(q, values, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    for (int64_t i = 0, at = 0; i < q->asked_ptr[comm->size]; i++)
        at += answer_list(q, q->asked[i], q->gives + at, values ? q->gives_value + at : NULL);
    HR_TRY(hr_exchange(comm, q->gives, q->gives_ptr, q->gets, q->gets_ptr, sizeof *q->gives, err));
    if (values)
        HR_TRY(hr_exchange(comm, q->gives_value, q->gives_ptr, q->gets_value, q->gets_ptr,
                           sizeof *q->gives_value, err));
done:
    return status;
}

hr_status hr_request_counts(hr_list_requests *q, const hr_slot_run *run, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_comm *comm = &q->plan->comm;
    HR_TRY(send_requests(q, run, err));
    memcpy(q->gets_ptr, q->asks_ptr, (size_t)(comm->size + 1) * sizeof *q->gets_ptr);
    memcpy(q->gives_ptr, q->asked_ptr, (size_t)(comm->size + 1) * sizeof *q->gives_ptr);
    status = make_room(q, false, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    for (int64_t i = 0; i < q->asked_ptr[comm->size]; i++)
        q->gives[i] = answer_count(q, q->asked[i]);
    HR_TRY(hr_exchange(comm, q->gives, q->gives_ptr, q->gets, q->gets_ptr, sizeof *q->gives, err));
done:
    return status;
}
