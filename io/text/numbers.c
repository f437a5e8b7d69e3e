#include "io/text/numbers.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

enum { LONGEST = 64 };

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

bool hr_number_parse(hr_text_piece text, bool comma, double *value)
{
    char copy[LONGEST + 1], *end = NULL;
    bool digits = false;
    if (text.length > LONGEST)
        return false;
    for (int64_t i = 0; i < text.length; i++) {
        const char byte = comma && text.at[i] == ',' ? '.' : text.at[i];
        if (!is_digit(byte) && (byte == '\0' || !strchr("+-.eE", byte)))
            return false;
        digits = digits || is_digit(byte);
        copy[i] = byte;
    }
    copy[text.length] = '\0';
    *value = strtod(copy, &end);
    return digits && *end == '\0' && fabs(*value) <= (double)FLT_MAX;
}

bool hr_whole_parse(hr_text_piece text, int64_t *value)
{
    char copy[LONGEST + 1], *end = NULL;
    if (text.length == 0 || text.length > LONGEST ||
        (!is_digit(*text.at) && *text.at != '-' && *text.at != '+'))
        return false;
    memcpy(copy, text.at, (size_t)text.length);
    copy[text.length] = '\0';
    errno = 0;
    *value = strtoll(copy, &end, 10);
    return end == copy + text.length && errno == 0;
}

hr_text_piece hr_id_trimmed(hr_text_piece text)
{
    int64_t whole = text.length;
    while (whole > 0 && text.at[whole - 1] == '0')
        whole--;
    if (whole == text.length || whole < 2 || text.at[whole - 1] != '.')
        return text;
    whole--;
    const int64_t sign = text.at[0] == '-';
    for (int64_t i = sign; i < whole; i++)
        if (!is_digit(text.at[i]))
            return text;
    if (whole == sign || (text.at[sign] == '0' && whole > sign + 1))
        return text;
    return (hr_text_piece){text.at, whole};
}
