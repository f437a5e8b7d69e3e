/* The linear deterministic greedy rule (Stanton and Kliot 2012): a vertex goes to the part that owns most of its
 * neighbours, weighted by the room that the part has left. */
#ifndef HR_PARTITION_CUT_GREEDY_H
#define HR_PARTITION_CUT_GREEDY_H

#include "io/base/error.h"

#include <stdint.h>

/* A part, and how many neighbours of a vertex it owns. */
typedef struct hr_candidate {
    int32_t part, count;
} hr_candidate;

/* Parts that receive vertices of one kind. Zero-initialise; free with hr_greedy_free. */
typedef struct hr_greedy {
    int32_t parts;
    int64_t *load, *rows; /* [parts] edges and number of the vertices placed so far */
    double room;          /* edges that a part may have, 1 % more than the mean, */
    double most_rows;     /* and vertices, 25 % more: edges take time, rows only memory */
    int64_t kept;         /* edges of vertices placed so far to neighbours in the same part */
} hr_greedy;

/* HR_MEMORY. */
hr_status hr_greedy_create(hr_greedy *greedy, int32_t parts, hr_error *err);
void hr_greedy_free(hr_greedy *greedy);

/* Empties the parts for `count` vertices of these degrees. */
void hr_greedy_begin(hr_greedy *greedy, const int32_t *degree, int64_t count);

/* Chooses one of the candidates, up to the first without neighbours, for a vertex of this degree, or the part of
 * least load where none has room. */
int32_t hr_greedy_place(hr_greedy *greedy, int32_t degree, const hr_candidate *candidates, int32_t count);

#endif
