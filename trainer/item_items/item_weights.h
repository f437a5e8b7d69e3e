/* Item-item weights: what a rating of one movie gives to the score of each other,
 *
 *     score(user, m) = sum over the user's movies j of W[j, m]
 *
 * Rows are whole ("dense"), or cut to the largest entries in size ("sparse", as CSR), of equal ones those of the first movies.
 * A rank has a block of consecutive rows, in the order of the movies, or all of them. */
#ifndef HR_TRAINER_ITEM_ITEMS_ITEM_WEIGHTS_H
#define HR_TRAINER_ITEM_ITEMS_ITEM_WEIGHTS_H

#include "io/base/error.h"
#include "io/base/sort.h"
#include "io/comm/comm.h"

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise; free with hr_item_weights_free. */
typedef struct hr_item_weights {
    int64_t movies, first, count; /* rows first … first + count - 1 */
    bool is_dense;
    float *weight;  /* [count x movies], or [ptr[count]] */
    int64_t *ptr;   /* [count + 1] sparse */
    int32_t *movie; /* [ptr[count]] sparse: ascending in a row */
    int64_t capacity, movie_capacity;
} hr_item_weights;

/* Rows of a rank: as many on each, but the last ones. */
int64_t hr_item_weights_rows(int64_t movies, int ranks);

/* A block of the rank's rows without any entry, sparse: until others are stored.
 * Local. HR_MEMORY. */
hr_status hr_item_weights_create(hr_item_weights *w, const hr_comm *comm, int64_t movies, hr_error *err);
void hr_item_weights_free(hr_item_weights *w);

/* How rows are stored: the first is hr_item_weights_begin, then each row of the block in its order, by one of the others.
 *   keep  entries to keep of each row; 0: all, dense
 * Local. HR_MEMORY. */
hr_status hr_item_weights_begin(hr_item_weights *w, int64_t keep, hr_error *err);

/* Stores row number `row` of the block, of `entries` [movies]; entries of 0 are no entries where it is sparse.
 *   work  [movies] where it is sparse */
hr_status hr_item_weights_store(hr_item_weights *w, int64_t row, const double *entries, int64_t keep,
                                hr_keyed *work, hr_error *err);

/* Makes all rows of what each rank has of them. Collective; all ranks return the same status. HR_MEMORY, HR_COMM. */
hr_status hr_item_weights_gather(hr_item_weights *all, const hr_comm *comm, const hr_item_weights *mine,
                                 hr_error *err);

/* Row j [movies], zeros where there is no entry. Local. */
void hr_item_weights_row(const hr_item_weights *w, int64_t j, float *row);

/* Column m [movies] of all rows. Local. */
void hr_item_weights_column(const hr_item_weights *w, int64_t m, float *column);

#endif
