/* Owned rows of any partition and any grid are collected into blocks in global order and distributed again.
 * */
#include "io/base/even.h"
#include "partition/halo/blocks.h"
#include "tests/support/toy_run.h"

enum { COLS = 5, USERS = 23, MOVIES = 17 };

static float value(int64_t vertex, int64_t col)
{
    return (float)(vertex * COLS + col + 1);
}

static void there_and_back(void **state)
{
    (void)state;
    hr_error err = {""};
    toy_write(&world, "d.h5", USERS, MOVIES, 0.3, 0);
    for (int32_t round = 0; round < 3 * world.size; round++) {
        const hr_cut_method method = (hr_cut_method)(round % 3);
        const int32_t parts = round / 3 + 1;
        if (world.size % parts != 0)
            continue;
        toy_cut(&world, "d.h5", "k.h5", method, parts);
        hr_graph_context graph;
        toy_open(&graph, &world, "k.h5", COLS);
        const int64_t rows = hr_blocks_rows(graph.blocks);
        const int64_t columns = graph.grid.columns, values = graph.shard.owned * columns;
        float *x = calloc((size_t)values + 1, sizeof *x), *back = calloc((size_t)values + 1, sizeof *x);
        float *block = calloc((size_t)(rows * COLS) + 1, sizeof *block);
        for (int64_t i = 0; i < values; i++)
            x[i] = value(graph.shard.vertex[i / columns], graph.grid.first_column + i % columns);
        assert_ok(hr_blocks_collect(graph.blocks, x, block, &err));
        const int64_t first_user = hr_block_first(USERS, world.rank, world.size);
        const int64_t first_movie = hr_block_first(MOVIES, world.rank, world.size);
        for (int64_t row = 0; row < rows; row++) {
            const int64_t users = hr_block_first(USERS, world.rank + 1, world.size) - first_user;
            const int64_t vertex = row < users ? first_user + row : USERS + first_movie + row - users;
            for (int64_t c = 0; c < COLS; c++)
                assert_true(block[row * COLS + c] == value(vertex, c));
        }
        assert_ok(hr_blocks_distribute(graph.blocks, block, back, &err));
        assert_memory_equal(x, back, (size_t)values * sizeof *x);
        free(block);
        free(back);
        free(x);
        hr_graph_context_free(&graph);
    }
}

static void blocks_cover_everything_once(void **state)
{
    (void)state;
    for (int64_t count = 1; count < 50; count++)
        for (int size = 1; size < 9; size++) {
            assert_int_equal(hr_block_first(count, 0, size), 0);
            assert_int_equal(hr_block_first(count, size, size), count);
            for (int rank = 0; rank < size; rank++)
                assert_true(hr_block_first(count, rank, size) <= hr_block_first(count, rank + 1, size));
        }
    const int64_t large = INT64_MAX / 4;
    assert_true(hr_block_first(large, 999, 1000) < large &&
                hr_block_first(large, 999, 1000) > large / 1000 * 998);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_and_back),
        cmocka_unit_test(blocks_cover_everything_once),
    };
    return run_mpi_tests(argc, argv, tests);
}
