/* Short numbers by words of eight bytes: no loop over digits, no branch by their count. HR_TEXT_PADDING bytes behind a field
 * and 8 before its end may be read. */
#ifndef HR_IO_TEXT_DIGITS_H
#define HR_IO_TEXT_DIGITS_H

#include "io/text/text_piece.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Eight bytes at `at`, the first one lowest, each less '0': a digit becomes its value. */
static inline uint64_t hr_digits_load(const char *at)
{
    uint64_t word = 0;
    memcpy(&word, at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word ^ UINT64_C(0x3030303030303030);
}

/* The first `length` bytes of a word, 1 to 8, moved behind zeros. */
static inline uint64_t hr_digits_first(uint64_t word, int64_t length)
{
    return word << ((64 - 8 * (uint64_t)length) & 63);
}

/* The high bit of each byte that is no digit; bytes behind such a one may have it too. */
static inline uint64_t hr_digits_others(uint64_t word)
{
    return ((word + UINT64_C(0x7676767676767676)) | word) & UINT64_C(0x8080808080808080);
}

/* The number that eight digits are, by pairs, fours, eight. */
static inline uint64_t hr_digits_value(uint64_t word)
{
    const uint64_t mask = UINT64_C(0x000000FF000000FF);
    word = word * 10 + (word >> 8);
    return ((word & mask) * UINT64_C(0x000F424000000064) +
            ((word >> 16) & mask) * UINT64_C(0x0000271000000001)) >>
           32;
}

/* Whether `text` is 1 to 16 digits and nothing else; *value is then their number. */
static inline bool hr_digits_parse(hr_text_piece text, uint64_t *value)
{
    const uint64_t first = hr_digits_load(text.at);
    if (text.length <= 8) {
        *value = hr_digits_value(hr_digits_first(first, text.length));
        return text.length > 0 && hr_digits_first(hr_digits_others(first), text.length) == 0;
    }
    if (text.length > 16)
        return false;
    const uint64_t last = hr_digits_load(text.at + text.length - 8);
    *value = hr_digits_value(hr_digits_first(first, text.length - 8)) * 100000000 + hr_digits_value(last);
    return (hr_digits_others(first) | hr_digits_others(last)) == 0;
}

/* Whether `text` is 1 to 16 digits and nothing else. */
static inline bool hr_is_digits(hr_text_piece text)
{
    uint64_t ignored = 0;
    return hr_digits_parse(text, &ignored);
}

#endif
