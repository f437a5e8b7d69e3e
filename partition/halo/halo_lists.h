/* The lists of a halo: which rows this rank exchanges with which neighbours.
 *
 * A channel has two sides. The `sent` side has a row for each owned row and each rank that has a ghost of it;
 * the `ghosts` side has a row for each ghost. Both are ordered by neighbour, so that a neighbour's rows are
 * contiguous:
 *
 *                neighbour[0]   neighbour[1]   …
 *     sent_row   | sent rows    | sent rows    | …
 *     ghosts     | ghost rows   | ghost rows   | …
 *
 * The rows sent to a neighbour are its ghosts of this rank's rows, in the same order. */
#ifndef HR_PARTITION_HALO_HALO_LISTS_H
#define HR_PARTITION_HALO_HALO_LISTS_H

#include "io/base/error.h"
#include "io/comm/comm.h"

#include <stdbool.h>
#include <stdint.h>

/* What this rank exchanges with one rank, which may be itself. */
typedef struct hr_neighbour {
    int rank;
    int64_t first_sent, sent;    /* owned rows that it has ghosts of: sent_row[first_sent …] */
    int64_t first_ghost, ghosts; /* ghosts here of its rows: from first_ghost on */

    /* In the neighbour's lists: where the rows exchanged with this rank begin, and the lengths of the sides.
     * */
    int64_t their_first_sent, their_first_ghost, their_sent, their_ghosts;
} hr_neighbour;

/* Zero-initialise; free with hr_halo_lists_free. */
typedef struct hr_halo_lists {
    const hr_comm *comm;
    int64_t owned, ghosts, sent;
    int32_t *sent_row; /* [sent] owned rows, by neighbour, each neighbour's in the order of its ghosts */
    hr_neighbour *neighbour; /* [neighbours] by rank, ascending; those with anything to exchange */
    int neighbours;
} hr_halo_lists;

/* Exchanges the lists. Arguments and errors are those of hr_halo_create (halo.h). Collective. */
hr_status hr_halo_lists_create(hr_halo_lists *lists, const hr_comm *comm, int64_t owned, int64_t ghosts,
                               const int32_t *ghost_owner, const int32_t *ghost_row, hr_error *err);
void hr_halo_lists_free(hr_halo_lists *lists);

/* Whether the lists are consistent, as far as one rank can tell: neighbours ascend and their pieces make up
 * both sides, sent rows are owned and ascend for each neighbour, and pieces lie within the neighbour's sides.
 * For assertions. */
bool hr_halo_lists_is_valid(const hr_halo_lists *lists);

#endif
