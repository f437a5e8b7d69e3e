/* Colours of text on terminals. */
#ifndef HR_IO_OPTIONS_COLOURS_H
#define HR_IO_OPTIONS_COLOURS_H

#include <stdbool.h>
#include <stdio.h>

typedef enum hr_colour { HR_PLAIN, HR_BOLD, HR_FAINT, HR_RED, HR_GREEN, HR_BLUE, HR_COLOURS } hr_colour;

/* Whether text that is written to `out` has colours: it is a terminal, TERM is not "dumb", and the environment's NO_COLOR
 * is not set or empty (no-color.org). */
bool hr_has_colours(FILE *out);

/* What switches a colour on, and HR_PLAIN all of them off; "" where `colours` is false. */
const char *hr_colour_code(bool colours, hr_colour colour);

#endif
