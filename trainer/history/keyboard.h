/* A key that is pressed while something waits. */
#ifndef HR_TRAINER_HISTORY_KEYBOARD_H
#define HR_TRAINER_HISTORY_KEYBOARD_H

#include <stdbool.h>
#include <termios.h>

typedef struct hr_keyboard {
    bool is_terminal; /* whether keys are read */
    struct termios before;
} hr_keyboard;

/* From now on keys of a terminal on standard input come at once and are not shown; Ctrl-C is a key as well. Without a
 * terminal there are no keys. */
void hr_keyboard_begin(hr_keyboard *keyboard);

/* Waits for a key, for up to so many seconds. Returns it, or 0 where none came; 'q' also for Ctrl-C and for a signal that
 * hr_interrupt_catch has caught. */
int hr_keyboard_wait(const hr_keyboard *keyboard, double seconds);

/* The terminal is as it was. */
void hr_keyboard_end(hr_keyboard *keyboard);

#endif
