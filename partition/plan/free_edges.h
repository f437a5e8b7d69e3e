/* Cut edges that may be on either part of their pair, because both ends are ghosts there: they balance parts. */
#ifndef HR_PARTITION_PLAN_FREE_EDGES_H
#define HR_PARTITION_PLAN_FREE_EDGES_H

#include "io/base/error.h"
#include "io/comm/comm.h"

#include <stdint.h>

/* Those of a pair of parts p < q. */
typedef struct hr_free_edges {
    int32_t p, q;
    int64_t count, on_p; /* the first on_p are on p, the others on q */
} hr_free_edges;

/* Pairs with free edges. Zero-initialise; free the array. */
typedef struct hr_free_list {
    hr_free_edges *pair; /* [count] */
    int64_t count, capacity;
    int64_t next; /* once they are divided: the first of this rank's pairs, which follow one another */
} hr_free_list;

/* Adds a pair of this rank. Local. HR_MEMORY. */
hr_status hr_free_add(hr_free_list *list, hr_free_edges pair, hr_error *err);

/* Divides the free edges of all ranks' pairs, in order of pairs, all ranks alike: of two parts, the one of lower
 * cost gets those that make both equal, then each gets every other.
 *   list   receives the pairs of all ranks
 *   cost   [parts] cost so far, in edges; raised
 *   load   [parts] edges so far; raised
 * Collective; all ranks return the same status. HR_MEMORY, HR_COMM. */
hr_status hr_free_divide(hr_free_list *list, const hr_comm *comm, int32_t parts, int64_t *cost, int64_t *load,
                         hr_error *err);

#endif
