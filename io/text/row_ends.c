#include "io/text/row_ends.h"

#include <string.h>

/* Whether a field has no quotes, or one at each end and none between. */
static bool is_enclosed(const char *begin, const char *end)
{
    const char *quote = begin < end ? memchr(begin, '"', (size_t)(end - begin)) : NULL;
    if (!quote)
        return true;
    end -= end[-1] == '\r' && *end == '\n';
    return quote == begin && begin + 1 < end && memchr(begin + 1, '"', (size_t)(end - begin - 1)) == end - 1;
}

bool hr_row_ends_long(const char *row, char separator, bool doubled, bool quoted, int fields, uint32_t *ends)
{
    int found = 0;
    const char *begin = row;
    for (const char *at = row; found < fields; at++) {
        const bool separates = *at == separator && (!doubled || at[1] == separator);
        if (*at != '\n' && !separates)
            continue;
        if (quoted && !is_enclosed(begin, at))
            return false;
        ends[found++] = (uint32_t)(at - row);
        if (*at == '\n')
            return found == fields;
        at += doubled;
        begin = at + 1;
    }
    return false;
}
