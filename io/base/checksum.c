#include "io/base/checksum.h"

#include <string.h>
#include <xxhash.h>

enum { BLOCK_BYTES = 1 << 20 };

int64_t hr_checksum_block_rows(int64_t row_bytes)
{
    return row_bytes < BLOCK_BYTES ? BLOCK_BYTES / row_bytes : 1;
}

int64_t hr_checksum_blocks(int64_t rows, int64_t row_bytes)
{
    const int64_t block = hr_checksum_block_rows(row_bytes);
    return (rows + block - 1) / block;
}

uint64_t hr_checksum_rows(const void *rows, int64_t first, int64_t count, int64_t row_bytes)
{
    const char *row = rows;
    uint64_t sum = 0;
    for (int64_t r = first; r < first + count; r++, row += row_bytes)
        sum += XXH3_64bits_withSeed(row, (size_t)row_bytes, (XXH64_hash_t)r);
    return sum;
}

void hr_checksum_add(uint64_t *sums, const void *rows, int64_t first, int64_t count, int64_t row_bytes)
{
    const int64_t block = hr_checksum_block_rows(row_bytes), end = first + count;
    const char *row = rows;
    while (first < end) {
        const int64_t next = (first / block + 1) * block < end ? (first / block + 1) * block : end;
        sums[first / block] += hr_checksum_rows(row, first, next - first, row_bytes);
        row += (next - first) * row_bytes;
        first = next;
    }
}

uint64_t hr_checksum_text(uint64_t before, const char *text)
{
    return XXH3_64bits_withSeed(text, strlen(text), before);
}
