/* A cut by streams of vertices, on all ranks.
 *
 * Users, then movies, are streamed, several times over. A user goes to the part that owns most of its movies, a
 * movie to the part that owns most of its users, as far as there is room (greedy.h): restreaming (Nishimura and
 * Ugander 2013). No edge
 * joins two users, or two movies, so that what a vertex counts does not change while its kind is streamed:
 * ranks count their own edges at the same time, and then place vertices in order of number, all ranks alike.
 * Owners therefore do not depend on the number of ranks.
 *
 * A rank holds its edges, a few numbers a vertex, and at most 64 MB of counts. */
#ifndef HR_PARTITION_CUT_STREAM_H
#define HR_PARTITION_CUT_STREAM_H

#include "io/base/error.h"
#include "partition/cut/graph.h"

#include <stdint.h>

/* Cuts into parts >= 2. Parts own edges of users within 1 % of the mean, and of movies, and vertices of each kind
 * within 25 %, as far as single vertices allow it. Deterministic for a seed. Collective; all ranks return the same status, and the same owners (cut.h).
 * HR_MEMORY, HR_COMM. */
hr_status hr_cut_stream(const hr_graph *graph, int32_t parts, uint64_t seed, int32_t *owner, hr_error *err);

#endif
