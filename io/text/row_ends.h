/* Where the fields of a row end, if it is one line and its quotes enclose whole fields: the fast way into tables of millions
 * of rows. 32 or 64 bytes are compared at once, sixteen by an instruction; most rows are shorter. */
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

/* A row of at most 64 bytes: bit i is byte i. */
typedef struct hr_row_bits {
    uint64_t lf;    /* its LF; 0 where it is longer */
    uint64_t marks; /* its separators; of :: the first byte */
} hr_row_bits;

static inline __attribute__((always_inline)) hr_row_bits hr_row_bits_of(const char *row, char separator,
                                                                        bool doubled)
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
    return (hr_row_bits){lf & (0 - lf), marks & (lf ^ (lf - 1))};
}

/* Bit i is whether an odd number of the bits 0 … i is set. */
static inline uint64_t hr_bits_parity(uint64_t bits)
{
    for (int shift = 1; shift < 64; shift *= 2)
        bits ^= bits << shift;
    return bits;
}

/* Whether each quote of a row of at most 64 bytes is the first byte of a field or its last, where another is the first;
 * separators are single bytes. */
static inline __attribute__((always_inline)) bool hr_quotes_enclose(const char *row, hr_row_bits bits)
{
    uint64_t quotes = hr_bytes_equal(row, '"');
    if (bits.lf >> 32)
        quotes |= hr_bytes_equal(row + 32, '"') << 32;
    quotes &= bits.lf - 1;
    const int line = __builtin_ctzll(bits.lf);
    const uint64_t returned =
        line > 0 && row[line - 1] == '\r' ? bits.lf >> 1 : 0; /* the field ends before it */
    const uint64_t behind = bits.marks | bits.lf | returned, inside = hr_bits_parity(quotes);
    const uint64_t opening = quotes & inside, closing = quotes & ~inside;
    return ((opening & ~(bits.marks << 1 | 1)) | (closing & ~(behind >> 1)) | (behind & inside)) == 0;
}

/* Behind the LF of such a row, where it is shorter than 64 bytes and ends before `end`; NULL for any other. */
static inline const char *hr_enclosed_row_end(const char *row, const char *end, char separator)
{
    const hr_row_bits bits = hr_row_bits_of(row, separator, false);
    if (bits.lf == 0 || !hr_quotes_enclose(row, bits))
        return NULL;
    const char *lf = row + __builtin_ctzll(bits.lf);
    return lf < end ? lf + 1 : NULL;
}

/* The same as hr_row_ends for a row of any length, byte by byte. */
bool hr_row_ends_long(const char *row, char separator, bool doubled, bool quoted, int fields, uint32_t *ends);

/* Finds the ends of the fields of the row that begins at `row`: the offsets of its separators and of its LF. False where
 * it has not `fields` fields, or a quote does not enclose a field.
 *   row        an LF is in it; HR_TEXT_PADDING bytes behind that may be read
 *   separator  one byte; `doubled` where two of them are one separator, as in ::
 *   quoted     quotes enclose fields, and none is doubled; else they are bytes like others
 *   ends       [fields], fields >= 1; quotes are within the fields */
static inline __attribute__((always_inline)) bool hr_row_ends(const char *row, char separator, bool doubled,
                                                              bool quoted, int fields, uint32_t *ends)
{
    const hr_row_bits bits = hr_row_bits_of(row, separator, doubled);
    uint64_t marks = bits.marks;
    if (bits.lf == 0)
        return hr_row_ends_long(row, separator, doubled, quoted, fields, ends);
    ends[fields - 1] = (uint32_t)__builtin_ctzll(bits.lf);
    for (int f = 0; f < fields - 1; f++) {
        if (marks == 0)
            return false;
        ends[f] = (uint32_t)__builtin_ctzll(marks);
        marks &= marks - 1;
    }
    return marks == 0 && (!quoted || hr_quotes_enclose(row, bits));
}

#endif
