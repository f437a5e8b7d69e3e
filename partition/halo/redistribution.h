/* Rows between two distributions over ranks, each of which has every row once: that of the rows at hand here,
 * and another, in which each of them has a position. It is a halo exchange in which the rows at hand are ghosts
 * of the rows there. */
#ifndef HR_PARTITION_HALO_REDISTRIBUTION_H
#define HR_PARTITION_HALO_REDISTRIBUTION_H

#include "io/base/error.h"
#include "io/comm/comm.h"

#include <stdint.h>

typedef struct hr_redistribution hr_redistribution;

/* A row of a rank. */
typedef struct hr_row_position {
    int32_t rank, row;
} hr_row_position;

/* Sets up the exchange.
 *   rows   that this rank has in the other distribution
 *   count  rows at hand
 *   position  [count] where each of them is in the other distribution; read, not kept
 *   dim    columns
 *
 * comm must outlive it. Collective; all ranks return the same status. HR_INPUT where a position does not exist;
 * HR_MEMORY, HR_COMM. */
hr_status hr_redistribution_create(hr_redistribution **redistribution, const hr_comm *comm, int64_t rows,
                                   int64_t count, const hr_row_position *position, int64_t dim,
                                   hr_error *err);
/* Collective. NULL is fine. */
void hr_redistribution_destroy(hr_redistribution *redistribution);

/* The rows of the other distribution that are here, [rows x dim], and row number i of those at hand. They
 * belong to the redistribution. Local. */
float *hr_redistribution_rows(const hr_redistribution *redistribution);
float *hr_redistribution_at_hand(const hr_redistribution *redistribution, int64_t i);

/* Copies the rows at hand on all ranks to their positions. Collective. HR_COMM. */
hr_status hr_redistribution_send(hr_redistribution *redistribution, hr_error *err);

/* The inverse: copies rows from their positions to those at hand. Collective. HR_COMM. */
hr_status hr_redistribution_fetch(hr_redistribution *redistribution, hr_error *err);

#endif
