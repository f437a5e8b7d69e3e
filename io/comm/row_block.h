/* The global distribution of rows: users and movies are each cut into one block a rank, evenly and in order.
 */
#ifndef HR_IO_COMM_ROW_BLOCK_H
#define HR_IO_COMM_ROW_BLOCK_H

#include "io/comm/comm.h"

#include <stdint.h>

/* Which rows of all users' and all movies' are in a rank's block. */
typedef struct hr_row_block {
    int64_t first_user, users, first_movie, movies;
} hr_row_block;

/* This rank's block of a dataset of that many users and movies: rank r of n has the users
 * [r * users / n, (r + 1) * users / n) and the movies likewise. Local. */
hr_row_block hr_row_block_of(const hr_comm *comm, int64_t users, int64_t movies);

#endif
