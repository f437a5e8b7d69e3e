/* Checksums of arrays of rows, by blocks, that any number of ranks can work out together.
 *
 * An array is cut into blocks of hr_checksum_block_rows rows, about 1 MiB. The checksum of a block is
 *
 *     sum over its rows r of XXH3_64(bytes of row r, seed r)   mod 2^64
 *
 * so ranks that hold different rows of a block each add what they have, and their sums are added; the seed
 * detects swapped rows. A wrong block passes with a probability of 2^-64. */
#ifndef HR_IO_BASE_CHECKSUM_H
#define HR_IO_BASE_CHECKSUM_H

#include <stdint.h>

/* Number of rows in a block, where a row has row_bytes bytes; at least 1. */
int64_t hr_checksum_block_rows(int64_t row_bytes);

/* Number of blocks of an array of `rows` rows. */
int64_t hr_checksum_blocks(int64_t rows, int64_t row_bytes);

/* Sum over rows first … first + count - 1 of an array, count x row_bytes bytes. */
uint64_t hr_checksum_rows(const void *rows, int64_t first, int64_t count, int64_t row_bytes);

/* Adds rows first … first + count - 1 of an array to the checksums of their blocks.
 *   sums  [hr_checksum_blocks] of the whole array
 *   rows  count x row_bytes bytes */
void hr_checksum_add(uint64_t *sums, const void *rows, int64_t first, int64_t count, int64_t row_bytes);

/* Checksum of a text that continues the checksum `before` of earlier texts: XXH3_64(text, seed before). */
uint64_t hr_checksum_text(uint64_t before, const char *text);

#endif
