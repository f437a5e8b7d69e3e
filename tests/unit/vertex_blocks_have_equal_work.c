/* Vertices in blocks: each in one, rows without gaps, blocks that differ by one row and by no more edges than
 * the vertex with most of them has. */
#include "io/base/philox.h"
#include "tests/support/cmocka_tests.h"
#include "trainer/layers/vertex_blocks.h"

#include <math.h>
#include <stdlib.h>

enum { MOST = 1000 };

/* Few vertices have many edges. */
static void draw_degrees(int32_t *degree, int64_t count)
{
    for (int64_t v = 0; v < count; v++)
        degree[v] = (int32_t)(3.0 / hr_uniform(hr_philox(2, HR_STREAM_SYNTH, 0, (uint64_t)v).word[0])) % 5000;
}

static void check(int32_t blocks, int64_t count)
{
    hr_error err = {""};
    static int32_t degree[MOST];
    hr_vertex_blocks b = {0};
    int64_t edges[64] = {0}, least = INT64_MAX, most = 0, largest = 0;
    draw_degrees(degree, count);
    assert_ok(hr_vertex_blocks_create(&b, blocks, count, degree, &err));
    char *seen = calloc((size_t)count + 1, 1);
    for (int64_t v = 0; v < count; v++) {
        const hr_block_row at = hr_vertex_block_row(&b, v);
        assert_in_range(at.block, 0, blocks - 1);
        assert_in_range(at.row, 0, b.first[at.block + 1] - b.first[at.block] - 1);
        assert_int_equal(seen[b.first[at.block] + at.row]++, 0);
        edges[at.block] += degree[v];
        largest = degree[v] > largest ? degree[v] : largest;
    }
    assert_int_equal(b.first[blocks], count);
    for (int32_t i = 0; i < blocks; i++) {
        assert_in_range(b.first[i + 1] - b.first[i], count / blocks, (count + blocks - 1) / blocks);
        least = edges[i] < least ? edges[i] : least;
        most = edges[i] > most ? edges[i] : most;
    }
    assert_true(most - least <= largest);
    free(seen);
    hr_vertex_blocks_free(&b);
}

static void each_vertex_has_a_row(void **state)
{
    (void)state;
    for (int32_t blocks = 1; blocks <= 64; blocks *= 2) {
        check(blocks, 0);
        check(blocks, 1);
        check(blocks, 37);
        check(blocks, MOST);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_vertex_has_a_row)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
