/* libFuzzer: any bytes as a number, an id, a time, a year, UTF-8: compared with what the C library or a plain loop says. */
#include "io/text/numbers.h"

#include "io/base/utf8.h"
#include "io/dataset/ids.h"
#include "io/side/side_table.h"
#include "io/text/digits.h"
#include "io/text/text_file.h"
#include "io/text/times.h"
#include "tests/fuzz/input.h"

#include <inttypes.h>
#include <math.h>

enum { LONGEST = 4096 };

static void check_real(hr_text_piece text, const char *copy)
{
    double value = 0;
    char *end = NULL;
    if (!hr_number_parse(text, false, &value))
        return;
    need(value == strtod(copy, &end) && end == copy + text.length, "a number is what strtod says");
    need(isfinite((float)value), "a number is finite");
}

static void check_whole(hr_text_piece text, const char *copy)
{
    int64_t value = 0;
    uint64_t digits = 0;
    char *end = NULL;
    if (hr_whole_parse(text, &value))
        need(value == strtoll(copy, &end, 10) && end == copy + text.length,
             "a whole number is what strtoll says");
    const bool are =
        text.length >= 1 && text.length <= 16 && (int64_t)strspn(copy, "0123456789") == text.length;
    need(hr_digits_parse(text, &digits) == are, "digits are digits");
    need(!are || digits == strtoull(copy, NULL, 10), "digits are what strtoull says");
}

static void check_id(hr_text_piece text, const char *copy)
{
    int64_t number = 0;
    char written[32];
    const hr_text_piece trimmed = hr_id_trimmed(text);
    need(trimmed.at == text.at && trimmed.length <= text.length, "a trimmed id is a piece of it");
    if (trimmed.length < text.length)
        need(copy[trimmed.length] == '.' &&
                 (int64_t)strspn(copy + trimmed.length + 1, "0") == text.length - trimmed.length - 1,
             "what is trimmed is a point and zeros");
    if (hr_id_number(text.at, text.length, &number)) {
        snprintf(written, sizeof written, "%" PRId64, number);
        need((int64_t)strlen(written) == text.length && memcmp(written, copy, strlen(written)) == 0,
             "an id that is a number is written as it was");
    }
}

static void check_time(hr_text_piece text)
{
    int64_t seconds = 0, again = 0;
    char written[32];
    if (!hr_time_parse(text, &seconds) || seconds == HR_NO_TIME)
        return;
    if (seconds > -100000000000 && seconds < 100000000000) {
        snprintf(written, sizeof written, "%" PRId64, seconds);
        need(hr_time_parse(hr_piece_of(written), &again) && again == seconds,
             "a time is read as it is written");
    }
}

static void check_side(hr_text_piece text)
{
    int64_t number = 0;
    char name[8], shown[HR_ESCAPED_LENGTH];
    if (hr_side_number(text, &number))
        need(number >= 0, "a number of a side file is not negative");
    const int32_t year = hr_side_year(text);
    need(year == 0 || (year >= 1000 && year <= 2999), "a year is one");
    hr_side_name(text, name, sizeof name);
    need(strlen(name) < sizeof name, "a name is cut");
    hr_escape(shown, sizeof shown, text.at, text.length);
    need(strlen(shown) < sizeof shown && hr_utf8_is_valid(shown, (int64_t)strlen(shown)),
         "what is shown is UTF-8");
    for (const char *at = shown; *at; at++)
        need((unsigned char)*at >= ' ', "nothing that is shown controls a terminal");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > LONGEST)
        return 0;
    /* What lies around a field is not zeros. */
    char *memory = malloc(size + 2 * HR_TEXT_PADDING), *copy = malloc(size + 1);
    memset(memory, '5', size + 2 * HR_TEXT_PADDING);
    memcpy(memory + HR_TEXT_PADDING, data, size);
    memcpy(copy, data, size);
    copy[size] = '\0';
    const hr_text_piece text = {memory + HR_TEXT_PADDING, (int64_t)size};
    check_real(text, copy);
    check_whole(text, copy);
    check_id(text, copy);
    check_time(text);
    check_side(text);
    free(copy);
    free(memory);
    return 0;
}
