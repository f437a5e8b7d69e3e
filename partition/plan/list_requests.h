/* Requests of users' lists: by the ranks of parts, of the ranks that read the users' ratings.
 *
 * All ranks ask at the same time, each for a run of slots of one of its parts, and answer what others ask them. */
#ifndef HR_PARTITION_PLAN_LIST_REQUESTS_H
#define HR_PARTITION_PLAN_LIST_REQUESTS_H

#include "io/base/error.h"
#include "partition/cut/graph.h"
#include "partition/plan/plan.h"

#include <stdbool.h>
#include <stdint.h>

/* A word of an answer is a movie, and this bit where the edge is on the part that asks. */
static const uint32_t hr_here_bit = (uint32_t)1 << 31;

/* User slots first … end - 1 of this rank's, all of one part. */
typedef struct hr_slot_run {
    int32_t part;
    int64_t first, end;
} hr_slot_run;

/* A user's list, as a part sees it. */
typedef struct hr_list_request {
    int32_t user, part;
} hr_list_request;

/* Requests of one run of slots, and their answers. Zero-initialise; free with hr_list_requests_free. */
typedef struct hr_list_requests {
    const hr_plan *plan;
    const hr_graph *graph;
    int64_t *asks_ptr, *asked_ptr; /* [ranks + 1] requests by this rank of each other, and of each other */
    hr_list_request *asks, *asked;
    int64_t *gets_ptr, *gives_ptr; /* [ranks + 1] words of the answers to them */
    uint32_t *gets, *gives;
    float *gets_value, *gives_value; /* ratings, at the same offsets; NULL where they are not asked for */
} hr_list_requests;

/* Local. HR_MEMORY. */
hr_status hr_list_requests_create(hr_list_requests *requests, const hr_plan *plan, const hr_graph *graph,
                                  hr_error *err);
void hr_list_requests_free(hr_list_requests *requests);

/* The user of a slot of the run. Local. */
int32_t hr_slot_user(const hr_plan *plan, const hr_slot_run *run, int64_t slot);

/* Gets the lists of a run, and ratings if `values`: the slots of users of rank r, in order, have the words from
 * gets[gets_ptr[r]] on, as many as the user has edges. Ranks without a run ask for none. Collective; all ranks
 * return the same status. HR_MEMORY, HR_COMM. */
hr_status hr_request_lists(hr_list_requests *requests, const hr_slot_run *run, bool values, hr_error *err);

/* Gets the number of edges that each slot has on its part, in one word. Collective, as above. */
hr_status hr_request_counts(hr_list_requests *requests, const hr_slot_run *run, hr_error *err);

#endif
