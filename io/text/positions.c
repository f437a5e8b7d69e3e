#include "io/text/positions.h"

#include "io/text/fields.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

int64_t hr_positions_plain(const char *at, int64_t length, hr_separator separator, uint32_t *position)
{
    int64_t count = 0;
    for (int64_t i = 0; i < length; i++)
        if (at[i] == '\n' || hr_separates(separator, at + i))
            position[count++] = (uint32_t)i;
    return count;
}

#ifdef __SSE2__
/* Bit i is whether byte i of 16 is a separator or LF. */
static inline uint64_t marks_of_16(const char *at, __m128i first, __m128i lf, bool colons)
{
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i marks = _mm_cmpeq_epi8(bytes, first);
    if (colons)
        marks = _mm_and_si128(
            marks, _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)(at + 1)), first));
    return (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_or_si128(marks, _mm_cmpeq_epi8(bytes, lf)));
}

/* Writes the offsets of the bits of a word, in twelves without a branch: most words have fewer. */
static inline uint32_t *list_bits(uint64_t bits, uint32_t offset, uint32_t *to)
{
    const int count = __builtin_popcountll(bits);
    uint32_t *end = to + count;
    do {
        for (int i = 0; i < 12; i++) {
            to[i] = offset + (uint32_t)__builtin_ctzll(bits | (uint64_t)1 << 63);
            bits &= bits - 1;
        }
        to += 12;
    } while (to < end);
    return end;
}

static inline __attribute__((always_inline)) int64_t
positions_by_16(const char *at, int64_t length, char first, bool colons, uint32_t *position)
{
    const __m128i a = _mm_set1_epi8(first), lf = _mm_set1_epi8('\n');
    uint32_t *to = position;
    for (int64_t i = 0; i < length; i += 64) {
        uint64_t bits = marks_of_16(at + i, a, lf, colons);
        bits |= marks_of_16(at + i + 16, a, lf, colons) << 16;
        bits |= marks_of_16(at + i + 32, a, lf, colons) << 32;
        bits |= marks_of_16(at + i + 48, a, lf, colons) << 48;
        if (length - i < 64)
            bits &= ((uint64_t)1 << (length - i)) - 1;
        to = list_bits(bits, (uint32_t)i, to);
    }
    return to - position;
}
#endif

int64_t hr_positions(const char *at, int64_t length, hr_separator separator, uint32_t *position)
{
#ifdef __SSE2__
    const char first = hr_separator_byte(separator);
    return separator == HR_SEPARATOR_COLONS ? positions_by_16(at, length, first, true, position)
                                            : positions_by_16(at, length, first, false, position);
#else
    return hr_positions_plain(at, length, separator, position);
#endif
}
