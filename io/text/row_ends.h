/* Where the fields of a row end, in text without quotes: the fast way into tables of millions of rows. 32 or 64
 * bytes are compared at once, sixteen by an instruction; most rows are shorter. */
#ifndef HR_IO_TEXT_ROW_ENDS_H
#define HR_IO_TEXT_ROW_ENDS_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Bit i is whether byte i of the 32 at `at` is `byte`. */
static inline uint64_t hr_bytes_equal(const char *at, char byte)
{
    uint64_t bits = 0;
#ifdef __SSE2__
    const __m128i wanted = _mm_set1_epi8(byte);
    const __m128i low = _mm_loadu_si128((const __m128i *)(const void *)at);
    const __m128i high = _mm_loadu_si128((const __m128i *)(const void *)(at + 16));
    bits = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(low, wanted)) |
           (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(high, wanted)) << 16;
#else
    for (int i = 0; i < 32; i++)
        bits |= (uint64_t)(at[i] == byte) << i;
#endif
    return bits;
}

/* The same as hr_row_ends for a row of any length, byte by byte. */
bool hr_row_ends_long(const char *row, char separator, bool doubled, int fields, uint32_t *ends);

/* Finds the ends of the fields of the row that begins at `row`: the offsets of its separators and of its LF. False where
 * it has not `fields` fields.
 *   row        an LF is in it; HR_TEXT_PADDING bytes behind that may be read
 *   separator  one byte; `doubled` where two of them are one separator, as in ::
 *   ends       [fields], fields >= 1 */
static inline __attribute__((always_inline)) bool hr_row_ends(const char *row, char separator, bool doubled,
                                                              int fields, uint32_t *ends)
{
    uint64_t lf = hr_bytes_equal(row, '\n'), marks = hr_bytes_equal(row, separator);
    if (lf == 0) {
        lf = hr_bytes_equal(row + 32, '\n') << 32;
        marks |= hr_bytes_equal(row + 32, separator) << 32;
    }
    if (doubled) {
        marks &= marks >> 1;
        marks &= ~(marks << 1);
    }
    if (lf == 0)
        return hr_row_ends_long(row, separator, doubled, fields, ends);
    ends[fields - 1] = (uint32_t)__builtin_ctzll(lf);
    marks &= lf ^ (lf - 1); /* what is in the row */
    for (int f = 0; f < fields - 1; f++) {
        if (marks == 0)
            return false;
        ends[f] = (uint32_t)__builtin_ctzll(marks);
        marks &= marks - 1;
    }
    return marks == 0;
}

#endif
