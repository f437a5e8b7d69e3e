/* Numbers as text, as fast as lists need them. */
#include "trainer/lists/text_buffer.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The digits of a number from 0 on, right-aligned in `digits`; returns where they begin. */
static char *print_digits(char digits[HR_ID_BUFFER], uint64_t number)
{
    char *at = digits + HR_ID_BUFFER;
    do {
        *--at = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    return at;
}

hr_status hr_text_add_integer(hr_text_buffer *text, int64_t number, hr_error *err)
{
    char digits[HR_ID_BUFFER];
    char *at = print_digits(digits, number < 0 ? 0 - (uint64_t)number : (uint64_t)number);
    if (number < 0)
        *--at = '-';
    return hr_text_add_bytes(text, at, digits + HR_ID_BUFFER - at, err);
}

/* Digits behind the point of a number from 1e-5 up to 1e7, so that there are seven in all, with the power of ten that
 * they take. */
static int decimals_of(double size, double *power)
{
    int decimals = 6;
    *power = 1e6;
    for (; size >= 10.0 && decimals > 0; size /= 10.0, decimals--)
        *power /= 10.0;
    for (; size < 1.0 && decimals < 11; size *= 10.0, decimals++)
        *power *= 10.0;
    return decimals;
}

/* Numbers of other sizes, and none. */
static hr_status add_rare_number(hr_text_buffer *text, double number, hr_error *err)
{
    char printed[32];
    snprintf(printed, sizeof printed, number == 0.0 ? "0" : "%.7g", number);
    return hr_text_add(text, printed, err);
}

hr_status hr_text_add_number(hr_text_buffer *text, double number, hr_error *err)
{
    char digits[HR_ID_BUFFER], printed[2 * HR_ID_BUFFER];
    const double size = fabs(number);
    double power;
    int used = 0;
    if (!(size >= 1e-5 && size < 1e7))
        return add_rare_number(text, number, err);
    int decimals = decimals_of(size, &power);
    uint64_t scaled = (uint64_t)llround(size * power);
    for (; decimals > 0 && scaled % 10 == 0; decimals--)
        scaled /= 10;
    char *at = print_digits(digits, scaled);
    while (digits + HR_ID_BUFFER - at <= decimals)
        *--at = '0';
    const int whole = (int)(digits + HR_ID_BUFFER - at) - decimals;
    if (number < 0.0)
        printed[used++] = '-';
    memcpy(printed + used, at, (size_t)whole);
    used += whole;
    if (decimals > 0)
        printed[used++] = '.';
    memcpy(printed + used, at + whole, (size_t)decimals);
    return hr_text_add_bytes(text, printed, used + decimals, err);
}
