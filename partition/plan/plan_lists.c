#include "partition/plan/plan_lists.h"

#include "io/base/memory.h"
#include "io/base/sort.h"
#include "partition/plan/list_requests.h"

#include <stdbool.h>
#include <string.h>

/* Movies that are on their way at a time: of all ranks, and at least of each. */
enum { WORDS_AT_ONCE = 1 << 24, FEWEST_WORDS = 1 << 16 };

/* The run after `run`: as many slots of one part as ask for no more than some words, or none at the end. */
static void next_run(const hr_plan *plan, hr_slot_lists *run)
{
    const int64_t share = WORDS_AT_ONCE / plan->comm.size, most = share < FEWEST_WORDS ? FEWEST_WORDS : share;
    const int64_t base = plan->user_slot_ptr[plan->first_part];
    const int64_t slots = plan->user_slot_ptr[plan->end_part] - base;
    run->slots.first = run->slots.end;
    run->first_edge += run->edges;
    run->first_rated += run->rated;
    run->edges = run->rated = 0;
    if (run->slots.first == slots)
        return;
    while (plan->user_slot_ptr[run->slots.part + 1] - base <= run->slots.first)
        run->slots.part++;
    const int64_t end = plan->user_slot_ptr[run->slots.part + 1] - base;
    do {
        run->rated += plan->slot_rated[run->slots.end];
        run->edges += plan->slot_edges[run->slots.end++];
    } while (run->slots.end < end && run->rated + plan->slot_rated[run->slots.end] <= most);
}

static hr_slot_lists first_run(const hr_plan *plan)
{
    hr_slot_lists run = {.slots = {.part = plan->first_part},
                         .first_edge = plan->edge_ptr[plan->first_part],
                         .first_rated = plan->rated_ptr[plan->first_part]};
    next_run(plan, &run);
    return run;
}

/* Whether any rank has a run left. */
static hr_status goes_on(const hr_plan *plan, const hr_slot_lists *run, bool *does, hr_error *err)
{
    int64_t slots = run->slots.end - run->slots.first;
    const hr_status status = hr_max_i64(&plan->comm, &slots, 1, err);
    *does = slots > 0;
    return status;
}

hr_status hr_plan_count_edges(hr_plan *plan, const hr_graph *graph, hr_error *err)
{
    hr_list_requests q = {0};
    bool more = true;
    hr_status status = hr_list_requests_create(&q, plan, graph, err);
    HR_TRY(hr_agree(&plan->comm, status, NULL, err));
    for (hr_slot_lists run = first_run(plan);; next_run(plan, &run)) {
        HR_TRY(goes_on(plan, &run, &more, err));
        if (!more)
            break;
        HR_TRY(hr_request_counts(&q, &run.slots, err));
        for (int64_t s = run.slots.first; s < run.slots.end; s++) {
            const int rank = hr_graph_rank_of(graph, hr_slot_user(plan, &run.slots, s));
            plan->slot_edges[s] = q.gets[q.gets_ptr[rank]++];
        }
    }
done:
    hr_list_requests_free(&q);
    return status;
}

/* What makes lists of answers. */
typedef struct lister {
    hr_list_requests requests;
    int32_t *slot_of; /* [movies] movie slot on the part `part`; of movies that have one */
    int32_t part;
} lister;

static hr_status lister_create(lister *l, const hr_plan *plan, const hr_graph *graph, hr_error *err)
{
    hr_status status = HR_OK;
    l->part = -1;
    HR_ALLOC(l->slot_of, plan->movies);
    HR_TRY(hr_list_requests_create(&l->requests, plan, graph, err));
done:
    return status;
}

static void lister_free(lister *l)
{
    hr_list_requests_free(&l->requests);
    free(l->slot_of);
}

/* Fills slot_of with the movies of a part. */
static void number_movies(lister *l, const hr_plan *plan, int32_t part)
{
    const int64_t first = plan->movie_slot_ptr[part] - plan->movie_slot_ptr[plan->first_part];
    if (l->part == part)
        return;
    for (int64_t t = 0; t < plan->movie_slot_ptr[part + 1] - plan->movie_slot_ptr[part]; t++)
        l->slot_of[hr_plan_vertex(plan, part, plan->movie_row[first + t]) - plan->users] = (int32_t)t;
    l->part = part;
}

static void sort_if_needed(int32_t *values, int64_t count)
{
    for (int64_t i = 1; i < count; i++)
        if (values[i] < values[i - 1]) {
            hr_sort_i32(values, count);
            return;
        }
}

/* Puts the answers in order of slots. */
static void lay_lists(lister *l, hr_slot_lists *run)
{
    const hr_list_requests *q = &l->requests;
    int64_t rated = 0, edges = 0;
    for (int64_t s = run->slots.first; s < run->slots.end; s++) {
        const int64_t count = q->plan->slot_rated[s], first = edges;
        const int rank = hr_graph_rank_of(q->graph, hr_slot_user(q->plan, &run->slots, s));
        const int64_t at = q->gets_ptr[rank];
        for (int64_t i = 0; i < count; i++) {
            const uint32_t word = q->gets[at + i];
            run->rated_movie[rated + i] = (int32_t)(word & ~hr_here_bit);
            if (word & hr_here_bit)
                run->edge_movie[edges++] = l->slot_of[word & ~hr_here_bit];
        }
        if (run->rated_value)
            memcpy(run->rated_value + rated, q->gets_value + at, (size_t)count * sizeof *run->rated_value);
        sort_if_needed(run->edge_movie + first, edges - first);
        q->gets_ptr[rank] += count;
        rated += count;
    }
}

static hr_status visit_run(lister *l, hr_slot_lists *run, hr_visit_lists *visit, void *context, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(run->edge_movie, run->edges);
    HR_ALLOC(run->rated_movie, run->rated);
    if (l->requests.gets_value)
        HR_ALLOC(run->rated_value, run->rated);
    number_movies(l, l->requests.plan, run->slots.part);
    lay_lists(l, run);
    HR_TRY(visit(context, run, err));
done:
    free(run->edge_movie);
    free(run->rated_movie);
    free(run->rated_value);
    run->edge_movie = run->rated_movie = NULL;
    run->rated_value = NULL;
    return status;
}

hr_status hr_plan_each_list(const hr_plan *plan, const hr_graph *graph, hr_visit_lists *visit, void *context,
                            hr_error *err)
{
    lister l = {.slot_of = NULL};
    bool more = true;
    int64_t values = graph->user_value != NULL; /* a rank without users has none */
    hr_status status = lister_create(&l, plan, graph, err);
    HR_TRY(hr_agree(&plan->comm, status, NULL, err));
    HR_TRY(hr_max_i64(&plan->comm, &values, 1, err));
    for (hr_slot_lists run = first_run(plan);; next_run(plan, &run)) {
        HR_TRY(goes_on(plan, &run, &more, err));
        if (!more)
            break;
        HR_TRY(hr_request_lists(&l.requests, &run.slots, values > 0, err));
        if (run.slots.end > run.slots.first)
            status = visit_run(&l, &run, visit, context, err);
        HR_TRY(hr_agree(&plan->comm, status, NULL, err));
    }
done:
    lister_free(&l);
    return status;
}
