#include "io/text/numbers.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

enum { LONGEST = 64 };

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Digits with a sign and a point, fewer than 16: their number divided by a power of ten is rounded once, as strtod does. */
static bool short_number(hr_text_piece text, bool comma, double *value)
{
    static const double power[] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    const bool sign = text.length > 0 && (*text.at == '-' || *text.at == '+');
    int64_t digits = 0, whole = 0, behind = -1;
    for (int64_t i = sign; i < text.length && digits < 16; i++) {
        const char byte = text.at[i];
        if (behind < 0 && (byte == '.' || (comma && byte == ','))) {
            behind = 0;
            continue;
        }
        if (!is_digit(byte))
            return false;
        whole = whole * 10 + (byte - '0');
        behind += behind >= 0;
        digits++;
    }
    if (digits == 0 || digits > 15)
        return false;
    *value = (double)whole / power[behind > 0 ? behind : 0];
    *value = *text.at == '-' ? -*value : *value;
    return true;
}

bool hr_number_parse(hr_text_piece text, bool comma, double *value)
{
    char copy[LONGEST + 1], *end = NULL;
    bool digits = false;
    if (short_number(text, comma, value))
        return true;
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
    const bool sign = text.length > 0 && (*text.at == '-' || *text.at == '+');
    int64_t number = 0;
    if (text.length == sign)
        return false;
    for (int64_t i = sign; i < text.length; i++) {
        const int digit = text.at[i] - '0';
        if (!is_digit(text.at[i]) || __builtin_mul_overflow(number, 10, &number) ||
            __builtin_sub_overflow(number, digit, &number)) /* below zero there is room for one more */
            return false;
    }
    if (*text.at != '-' && number == INT64_MIN)
        return false;
    *value = *text.at == '-' ? number : -number;
    return true;
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
