#include "io/text/row_ends.h"

bool hr_row_ends_long(const char *row, char separator, bool doubled, int fields, uint32_t *ends)
{
    int found = 0;
    for (const char *at = row; found < fields; at++) {
        const bool separates = *at == separator && (!doubled || at[1] == separator);
        if (*at != '\n' && !separates)
            continue;
        ends[found++] = (uint32_t)(at - row);
        if (*at == '\n')
            return found == fields;
        at += doubled;
    }
    return false;
}
