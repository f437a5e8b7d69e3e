/* A run's log on a terminal. */
#ifndef HR_TRAINER_HISTORY_SCREEN_H
#define HR_TRAINER_HISTORY_SCREEN_H

#include "trainer/history/history.h"

#include <stdbool.h>
#include <stdio.h>

typedef struct hr_screen {
    int columns, rows;
    bool colours;
} hr_screen;

/* Of the terminal that `out` is; 80 x 24 without one. */
hr_screen hr_screen_of(FILE *out);

/* Draws the state of the run, its loss and its figure over the epochs, and where its time goes. Returns how many lines
 * that took.
 *   note  what is known beside the log, "waiting for more"; "" prints none */
int hr_screen_draw(const hr_screen *screen, const hr_history *history, const char *path, const char *note,
                   FILE *out);

#endif
