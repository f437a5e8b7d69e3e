#include "io/options/colours.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool hr_has_colours(FILE *out)
{
    const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");
    return !(none && *none) && terminal && strcmp(terminal, "dumb") != 0 && isatty(fileno(out));
}

const char *hr_colour_code(bool colours, hr_colour colour)
{
    static const char *const codes[HR_COLOURS] = {
        [HR_PLAIN] = "\033[0m",  [HR_BOLD] = "\033[1m",   [HR_FAINT] = "\033[2m",
        [HR_RED] = "\033[1;31m", [HR_GREEN] = "\033[32m", [HR_BLUE] = "\033[34m"};
    return colours ? codes[colour] : "";
}
