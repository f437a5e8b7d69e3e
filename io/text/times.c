#include "io/text/times.h"

#include "io/text/numbers.h"

#include <math.h>

/* A field that is read from the left. */
typedef struct scan {
    const char *at, *end;
} scan;

/* Reads `least` to `most` digits. */
static bool digits(scan *s, int least, int most, int64_t *value)
{
    int count = 0;
    *value = 0;
    for (; s->at < s->end && count < most && *s->at >= '0' && *s->at <= '9'; count++)
        *value = *value * 10 + (*s->at++ - '0');
    return count >= least;
}

static bool skip(scan *s, char byte)
{
    const bool is = s->at < s->end && *s->at == byte;
    s->at += is;
    return is;
}

static bool skip_word(scan *s, const char *word)
{
    const size_t length = strlen(word);
    const bool is = (size_t)(s->end - s->at) >= length && memcmp(s->at, word, length) == 0;
    s->at += is ? length : 0;
    return is;
}

/* Days from 1970-01-01, in the Gregorian calendar, by years that begin in March (Hinnant, "chrono-compatible low-level
 * date algorithms"). */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    const int64_t era = (year >= 0 ? year : year - 399) / 400;
    const int64_t year_of_era = year - era * 400;
    const int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

/* False where there is no such day. */
static bool seconds_of_day(int64_t year, int64_t month, int64_t day, int64_t *seconds)
{
    static const int length[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (month < 1 || month > 12 || day < 1 || day > length[month - 1] || (month == 2 && day == 29 && !leap))
        return false;
    *seconds = days_of(year, month, day) * 86400;
    return true;
}

static bool scan_date(scan *s, int64_t *seconds)
{
    int64_t year = 0, month = 0, day = 0;
    if (!digits(s, 4, 4, &year))
        return false;
    const char mark = s->at < s->end ? *s->at : '\0';
    if ((mark != '-' && mark != '/') || !skip(s, mark) || !digits(s, 1, 2, &month) || !skip(s, mark) ||
        !digits(s, 1, 2, &day))
        return false;
    return seconds_of_day(year, month, day, seconds);
}

static bool scan_clock(scan *s, int64_t *seconds)
{
    int64_t hour = 0, minute = 0, second = 0, ignored = 0;
    if (!digits(s, 1, 2, &hour) || !skip(s, ':') || !digits(s, 2, 2, &minute))
        return false;
    if (skip(s, ':') && !digits(s, 2, 2, &second))
        return false;
    if ((skip(s, '.') || skip(s, ',')) && !digits(s, 1, 18, &ignored))
        return false;
    *seconds += hour * 3600 + minute * 60 + second;
    return hour <= 24 && minute < 60 && second <= 60;
}

static bool scan_zone(scan *s, int64_t *seconds)
{
    int64_t hours = 0, minutes = 0;
    while (skip(s, ' '))
        ;
    if (skip_word(s, "Z") || skip_word(s, "UTC") || skip_word(s, "GMT") || s->at == s->end)
        return true;
    const bool east = *s->at == '+';
    if ((!east && *s->at != '-') || !skip(s, *s->at) || !digits(s, 2, 2, &hours))
        return false;
    skip(s, ':');
    if (s->at < s->end && !digits(s, 2, 2, &minutes))
        return false;
    *seconds += (hours * 3600 + minutes * 60) * (east ? -1 : 1);
    return hours <= 15 && minutes < 60;
}

static bool parse_date(hr_text_piece text, int64_t *seconds)
{
    scan s = {text.at, text.at + text.length};
    if (!scan_date(&s, seconds))
        return false;
    if (s.at == s.end)
        return true;
    if (!skip(&s, 'T') && !skip(&s, 't') && !skip(&s, ' '))
        return false;
    while (skip(&s, ' '))
        ;
    return scan_clock(&s, seconds) && scan_zone(&s, seconds) && s.at == s.end;
}

const char *hr_time_unit_name(hr_time_unit unit)
{
    static const char *const names[HR_TIME_UNITS] = {"by range",     "seconds",     "milliseconds",
                                                     "microseconds", "nanoseconds", "dates"};
    return names[unit];
}

hr_time_unit hr_time_unit_of(double number)
{
    const double size = fabs(number);
    return size < 1e11   ? HR_TIME_SECONDS
           : size < 1e14 ? HR_TIME_MILLISECONDS
           : size < 1e17 ? HR_TIME_MICROSECONDS
                         : HR_TIME_NANOSECONDS;
}

/* A date as YYYYMMDD. */
static bool seconds_of_date(int64_t number, int64_t *seconds)
{
    const int64_t year = number / 10000;
    return year >= 1900 && year < 2100 && seconds_of_day(year, number / 100 % 100, number % 100, seconds);
}

bool hr_time_is_date(double number)
{
    int64_t ignored = 0;
    return number >= 0 && number < 1e9 && floor(number) == number &&
           seconds_of_date((int64_t)number, &ignored);
}

static bool seconds_of(int64_t number, hr_time_unit unit, int64_t *seconds)
{
    static const int64_t in_a_second[HR_TIME_DATES] = {1, 1, 1000, 1000000, 1000000000};
    if (unit == HR_TIME_DATES)
        return seconds_of_date(number, seconds);
    *seconds = number / in_a_second[unit == HR_TIME_BY_RANGE ? hr_time_unit_of((double)number) : unit];
    return true;
}

bool hr_time_parse(hr_text_piece text, int64_t *seconds)
{
    return hr_time_parse_as(text, HR_TIME_BY_RANGE, seconds);
}

bool hr_time_parse_as(hr_text_piece text, hr_time_unit unit, int64_t *seconds)
{
    int64_t whole = 0;
    double real = 0;
    if (text.length == 0 || hr_piece_is(text, "NULL") || hr_piece_is(text, "\\N")) {
        *seconds = HR_NO_TIME;
        return true;
    }
    if (text.length > 4 && (text.at[4] == '-' || text.at[4] == '/'))
        return parse_date(text, seconds);
    if (hr_whole_parse(text, &whole))
        return whole != HR_NO_TIME && seconds_of(whole, unit, seconds);
    return hr_number_parse(text, false, &real) && fabs(real) < 9e18 &&
           seconds_of((int64_t)real, unit, seconds);
}
