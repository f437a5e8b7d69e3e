/* Packing and unpacking of messages between ranks: lines of panels are copied to messages and back unchanged.
 * Each row of a message has the lines of several panels side by side. */
#ifndef HR_TRAINER_KERNELS_PANEL_MESSAGES_H
#define HR_TRAINER_KERNELS_PANEL_MESSAGES_H

#include "trainer/kernels/edge_sweep.h"

#include <stddef.h>

/* A panel, its columns of a message's rows, and the shard's rows, which are owned users, owned movies, then
 * ghosts. Lines have the order of rows: owned first, then ghosts. */
typedef struct hr_panel_message {
    bool doubles; /* lines are doubles */
    hr_line *user;
    hr_movie_line *movie;
    int64_t users, movies;               /* lines */
    int64_t owned_users, owned;          /* rows */
    const int32_t *user_row, *movie_row; /* [users], [movies] the row of each line */
    int64_t width;                       /* of the message's rows, in floats */
    size_t bytes;                        /* of a line that are columns: 64, or fewer in the last panel */
} hr_panel_message;

/* Row i of the message, from the panel's columns of row 0 at `to` on, becomes the line of row[i], which is an
 * owned one: of movies, x. */
HR_KERNEL(void, hr_panel_pack_owned,
          (const hr_panel_message *message, const int32_t *row, int64_t count, float *to),
          (message, row, count, to))

/* Ghosts first … first + count - 1 are read from the rows of a message from `from` on: users' lines, and of
 * movies x, whose y become 0.
 *   next  the first user line and the first movie line of these ghosts; receives those of the next ghosts */
HR_KERNEL(void, hr_panel_unpack_ghosts,
          (const hr_panel_message *message, int64_t first, int64_t count, const float *from, int64_t next[2]),
          (message, first, count, from, next))

/* Row g of the message becomes the sums of ghost g: user lines, and of movies y. */
HR_KERNEL(void, hr_panel_pack_ghosts, (const hr_panel_message *message, float *to), (message, to))

/* Row i of the message is added to the sums of row[i], an owned one. */
HR_KERNEL(void, hr_panel_add_owned,
          (const hr_panel_message *message, const int32_t *row, int64_t count, const float *from),
          (message, row, count, from))

#endif
