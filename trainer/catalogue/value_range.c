#include "trainer/catalogue/value_range.h"

#include "io/base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Reads a number that `end` follows; an empty one is `missing`. NULL where it is none. */
static const char *read_number(const char *text, double missing, double *value, bool *percent)
{
    char *end = NULL;
    *value = missing;
    if (*text == ':' || *text == '\0')
        return text;
    *value = strtod(text, &end);
    if (end == text || !isfinite(*value) || *text == ' ')
        return NULL;
    *percent = *percent || *end == '%';
    return end + (*end == '%');
}

hr_status hr_value_range_parse(hr_value_range *range, const char *option, const char *text, bool percent,
                               hr_error *err)
{
    char shown[HR_ESCAPED_LENGTH];
    *range = (hr_value_range){0};
    const char *at = read_number(text, -INFINITY, &range->from, &range->percent);
    range->to = range->from;
    if (at && *at == ':')
        at = read_number(at + 1, INFINITY, &range->to, &range->percent);
    if (*text && at && *at == '\0' && strcmp(text, ":") != 0 && range->from <= range->to &&
        (percent || !range->percent))
        return HR_OK;
    return hr_fail(err, HR_USAGE, "--%s %s: expected A:B, A: or :B, numbers%s in ascending order", option,
                   hr_escape(shown, sizeof shown, text, (int64_t)strlen(text)),
                   percent ? " or quantiles such as 50%" : "");
}
