#include "trainer/scoring/mixing.h"

#include <string.h>

hr_status hr_mixing_read(hr_mixing *mixing, const hr_command_line *line, hr_error *err)
{
    *mixing = (hr_mixing){0};
    for (int i = 0; i < line->count; i++) {
        const hr_setting *given = &line->settings[i];
        if (strcmp(given->option->name, "mixture") == 0)
            mixing->shares = given->value.text;
        if (strcmp(given->option->name, "with") != 0)
            continue;
        if (mixing->others == HR_MIXTURE_MODELS - 1)
            return hr_fail(err, HR_USAGE, "--with %s: up to %d models are mixed", given->value.text,
                           HR_MIXTURE_MODELS);
        mixing->other[mixing->others++] = given->value.text;
    }
    return HR_OK;
}
