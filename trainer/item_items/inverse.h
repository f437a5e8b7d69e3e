/* The inverse of a symmetric positive definite matrix whose columns are shared out among ranks, by ScaLAPACK (Blackford et al.
 * 1997): Cholesky's factor L L', then inv(L)' inv(L), in place.
 *
 * Blocks of HR_INVERSE_BLOCK consecutive columns go to one rank after the other, which balances their work as columns are done with
 * from the left:
 *
 *     column  0 … 63   64 … 127   128 … 191   192 … 255
 *     rank    0        1          0           1
 *
 * A rank has its columns whole, of which only entries on and below the diagonal count. Numbers are floats: a matrix of twice as
 * many bytes takes twice as long, and regularised as ease's are, floats give weights that are right to four digits
 * (docs/decisions/096). */
#ifndef HR_TRAINER_ITEM_ITEMS_INVERSE_H
#define HR_TRAINER_ITEM_ITEMS_INVERSE_H

#include "io/base/error.h"
#include "io/comm/comm.h"

#include <stdint.h>

enum { HR_INVERSE_BLOCK = 64 };

/* Zero-initialise; free with hr_inverse_free. */
typedef struct hr_inverse {
    const hr_comm *comm;
    int64_t order;
    int64_t columns; /* of this rank */
    float *values;   /* [columns x order] column by column */
    int handle;      /* of BLACS, for the ranks */
    int grid;        /* of BLACS: one row of them */
} hr_inverse;

/* The most columns that a rank can have: those of whole blocks. */
int64_t hr_inverse_most_columns(int64_t order, int ranks);

/* Makes room for a matrix. HR_USAGE where a rank would have more entries than ScaLAPACK counts: more ranks are needed.
 * Collective; all ranks return the same status. HR_MEMORY. */
hr_status hr_inverse_create(hr_inverse *inverse, const hr_comm *comm, int64_t order, hr_error *err);
/* Collective. */
void hr_inverse_free(hr_inverse *inverse);

/* The number of a rank's k-th column; order or more where it has no such. */
int64_t hr_inverse_column(const hr_inverse *inverse, int rank, int64_t k);

/* The matrix, in `values`, becomes its inverse. The last bits depend on the number of ranks. HR_USAGE where it is not positive
 * definite. Collective; all ranks return the same status. */
hr_status hr_inverse_compute(hr_inverse *inverse, hr_error *err);

/* The diagonal [order], on every rank. Collective. HR_COMM. */
hr_status hr_inverse_diagonal(const hr_inverse *inverse, double *diagonal, hr_error *err);

/* Rows first … first + count - 1, whole, on rank `root`.
 *   rows  [count x order] there; elsewhere not read
 *   work  [count x order] likewise
 * Collective. */
void hr_inverse_rows(const hr_inverse *inverse, int root, int64_t first, int64_t count, float *rows,
                     float *work);

#endif
