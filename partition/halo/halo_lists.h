/* Who exchanges which rows with whom: the lists that a halo is made of. */
#ifndef HR_PARTITION_HALO_HALO_LISTS_H
#define HR_PARTITION_HALO_HALO_LISTS_H

#include "io/base/error.h"
#include "io/comm/comm.h"

#include <stdint.h>

/* What this rank and one other (or itself) exchange. */
typedef struct hr_neighbour {
    int rank;
    int64_t first_sent, sent;    /* rows of ours that are its ghosts: sent_row[first_sent …] */
    int64_t first_ghost, ghosts; /* rows of its that are our ghosts: one contiguous piece */

    /* The neighbour's own numbers: where our rows are in its lists, and how long they are. */
    int64_t their_first_sent, their_first_ghost, their_sent, their_ghosts;
} hr_neighbour;

/* Zero-initialise; free with hr_halo_lists_free. */
typedef struct hr_halo_lists {
    const hr_comm *comm;
    int64_t owned, ghosts, sent;
    int32_t *sent_row;       /* [sent] owned rows, by neighbour, in the order of its ghosts */
    hr_neighbour *neighbour; /* [neighbours] by rank, ascending */
    int neighbours;
} hr_halo_lists;

/* Arguments and errors as hr_halo_create (halo.h) has them. Collective. */
hr_status hr_halo_lists_create(hr_halo_lists *lists, const hr_comm *comm, int64_t owned, int64_t ghosts,
                               const int32_t *ghost_owner, const int32_t *ghost_row, hr_error *err);
void hr_halo_lists_free(hr_halo_lists *lists);

#endif
