/* Scatter copies owners to ghosts; reduce is its adjoint; the bytes counted are the bytes planned. */
#include "io/base/philox.h"
#include "partition/halo/halo.h"
#include "tests/support/mpi_tests.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { OWNED = 40, COLS = 7 };

/* Each rank has as ghosts a random third of every rank's rows, its own included. */
static bool is_ghost_on(int rank, int owner, int32_t row)
{
    return hr_philox(7, HR_STREAM_SYNTH, (uint32_t)rank, (uint64_t)(owner * OWNED + row)).word[0] % 3 == 0;
}

static int64_t draw_ghosts(int32_t *owner, int32_t *row)
{
    int64_t ghosts = 0;
    for (int r = 0; r < world.size; r++)
        for (int32_t v = 0; v < OWNED; v++)
            if (is_ghost_on(world.rank, r, v)) {
                owner[ghosts] = r;
                row[ghosts++] = v;
            }
    return ghosts;
}

/* The value that row `row` of rank `rank` has in column `col`. */
static float value(int rank, int64_t row, int64_t col)
{
    return (float)hr_uniform(
               hr_philox(3, HR_STREAM_SYNTH, (uint32_t)rank, (uint64_t)(row * COLS + col)).word[1]) -
           0.5F;
}

static hr_halo *make_halo(int64_t channel_cols, int32_t **owner, int32_t **row, int64_t *ghosts)
{
    hr_error err;
    hr_halo *halo = NULL;
    *owner = calloc((size_t)(world.size * OWNED), sizeof **owner);
    *row = calloc((size_t)(world.size * OWNED), sizeof **row);
    *ghosts = draw_ghosts(*owner, *row);
    assert_ok(hr_halo_create(&halo, &world, OWNED, *ghosts, *owner, *row, COLS, channel_cols, &err));
    return halo;
}

static void scatter_copies_owners(int64_t channel_cols)
{
    hr_error err;
    int32_t *owner, *row;
    int64_t ghosts;
    hr_halo *halo = make_halo(channel_cols, &owner, &row, &ghosts);
    float *x = calloc((size_t)((OWNED + ghosts) * COLS), sizeof *x);
    for (int64_t i = 0; i < OWNED * COLS; i++)
        x[i] = value(world.rank, i / COLS, i % COLS);
    assert_ok(hr_halo_scatter(halo, x, COLS, &err));
    for (int64_t g = 0; g < ghosts; g++)
        for (int64_t c = 0; c < COLS; c++)
            assert_true(x[(OWNED + g) * COLS + c] == value(owner[g], row[g], c));
    assert_int_equal(hr_halo_bytes(halo), hr_halo_rows_sent(halo) * COLS * (int64_t)sizeof(float));
    free(x);
    free(row);
    free(owner);
    hr_halo_destroy(halo);
}

static void reduce_is_the_adjoint_of_scatter(int64_t channel_cols)
{
    hr_error err;
    int32_t *owner, *row;
    int64_t ghosts;
    hr_halo *halo = make_halo(channel_cols, &owner, &row, &ghosts);
    const int64_t all = (OWNED + ghosts) * COLS;
    float *x = calloc((size_t)all, sizeof *x), *y = calloc((size_t)all, sizeof *y);
    float *before = calloc((size_t)all, sizeof *before);
    for (int64_t i = 0; i < all; i++)
        y[i] = value(world.rank + 100, i / COLS, i % COLS);
    for (int64_t i = 0; i < OWNED * COLS; i++)
        x[i] = before[i] = value(world.rank, i / COLS, i % COLS);
    assert_ok(hr_halo_scatter(halo, x, COLS, &err));
    const double scattered = sum_of_products(x, y, all);
    assert_ok(hr_halo_reduce(halo, y, COLS, &err));
    const double reduced = sum_of_products(before, y, OWNED * COLS);
    assert_true(fabs(scattered - reduced) <= 1e-6 * fabs(scattered) + 1e-6);
    free(before);
    free(y);
    free(x);
    free(row);
    free(owner);
    hr_halo_destroy(halo);
}

/* With messages alone, and with memory that the ranks of a host share. */
static void largest_is_of_all_copies(int64_t channel_cols)
{
    hr_error err;
    int32_t *owner, *row;
    int64_t ghosts;
    hr_halo *halo = make_halo(channel_cols, &owner, &row, &ghosts);
    float *x = calloc((size_t)((OWNED + ghosts) * COLS), sizeof *x);
    for (int64_t i = 0; i < (OWNED + ghosts) * COLS; i++) {
        const int64_t v = i / COLS;
        x[i] = value(v < OWNED ? world.rank : 100 + world.rank, v < OWNED ? v : row[v - OWNED], i % COLS);
    }
    assert_ok(hr_halo_reduce_largest(halo, x, COLS, &err));
    for (int32_t v = 0; v < OWNED; v++)
        for (int64_t c = 0; c < COLS; c++) {
            float expected = value(world.rank, v, c);
            for (int r = 0; r < world.size; r++)
                if (is_ghost_on(r, world.rank, v))
                    expected = fmaxf(expected, value(100 + r, v, c));
            assert_true(x[v * COLS + c] == expected);
        }
    free(x);
    free(row);
    free(owner);
    hr_halo_destroy(halo);
}

static void by_messages(void **state)
{
    (void)state;
    scatter_copies_owners(0);
    reduce_is_the_adjoint_of_scatter(0);
    largest_is_of_all_copies(0);
}

static void by_shared_memory(void **state)
{
    (void)state;
    scatter_copies_owners(1);
    reduce_is_the_adjoint_of_scatter(1);
    largest_is_of_all_copies(1);
}

/* Owners' sides are filled with a number for each round and channel; every ghost must receive its owner's. */
static void check_channel(hr_halo_channel *channel, const hr_halo *halo, const int32_t *owner,
                          const int32_t *row, int64_t ghosts, int64_t cols, int salt, bool start)
{
    hr_error err;
    const int32_t *sent_row = NULL;
    const int64_t sent = hr_halo_sent(halo, &sent_row);
    if (start) {
        float *side = hr_halo_channel_sent(channel);
        for (int64_t i = 0; i < sent * cols; i++)
            side[i] = value(world.rank + salt, sent_row[i / cols], i % cols);
        hr_halo_start_scatter(channel, cols);
        return;
    }
    assert_ok(hr_halo_finish(channel, &err));
    int64_t seen = 0;
    for (int p = 0; p < hr_halo_pieces(channel); p++) {
        const hr_halo_piece piece = hr_halo_arrived(channel, p);
        assert_int_equal(piece.first, seen);
        for (int64_t i = 0; i < piece.rows * cols; i++) {
            const int64_t g = piece.first + i / cols;
            const float expected = value(owner[g] + salt, row[g], i % cols);
            assert_true(fabsf(piece.row[i] - expected) <= fabsf(expected) / 256.0F);
        }
        seen += piece.rows;
    }
    assert_int_equal(seen, ghosts);
    hr_halo_release(channel);
}

/* Exchanges of two channels of different widths overlap, in many rounds. */
static void channels_run_beside_one_another(void **state)
{
    (void)state;
    hr_error err;
    int32_t *owner, *row;
    int64_t ghosts;
    hr_halo *halo = make_halo(8, &owner, &row, &ghosts);
    hr_halo_channel *a = NULL, *b = NULL;
    assert_ok(hr_halo_channel_make(halo, HR_WIRE_BF16, 5, &a, &err));
    assert_ok(hr_halo_channel_make(halo, HR_WIRE_F32, 3, &b, &err));
    for (int round = 0; round < 20; round++) {
        check_channel(a, halo, owner, row, ghosts, 5, 100 + round, true);
        check_channel(b, halo, owner, row, ghosts, 3, 200 + round, true);
        check_channel(a, halo, owner, row, ghosts, 5, 100 + round, false);
        check_channel(b, halo, owner, row, ghosts, 3, 200 + round, false);
    }
    hr_halo_destroy(halo);
    free(row);
    free(owner);
}

/* The example of halo.h, as it is written there: on a ring, each rank has an edge from its row to the next
 * rank's. */
static hr_status example(hr_comm comm, float *x, float *y, const int32_t *ghost_owner, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t owned = 1, ghosts = 1, cols = 1, edges = 1;
    const int32_t ghost_row[] = {0}, head[] = {1}, tail[] = {0};
    hr_halo *halo = NULL;
    HR_TRY(hr_halo_create(&halo, &comm, owned, ghosts, ghost_owner, ghost_row, cols, 0, err));
    HR_TRY(hr_halo_scatter(halo, x, cols, err));
    for (int64_t e = 0; e < edges; e++)
        y[head[e]] += x[tail[e]];
    HR_TRY(hr_halo_reduce(halo, y, cols, err));
done:
    hr_halo_destroy(halo);
    return status;
}

static void the_example_of_the_header_works(void **state)
{
    (void)state;
    hr_error err = {""};
    const int before = (world.rank + world.size - 1) % world.size;
    const int32_t next[] = {(world.rank + 1) % world.size};
    float x[] = {(float)world.rank, -1.0F}, y[] = {0.0F, 0.0F};
    assert_ok(example(world, x, y, next, &err));
    assert_true(x[1] == (float)next[0]);
    assert_true(y[0] == (float)before);
}

static void a_ghost_of_nobody_is_refused_by_all(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_halo *halo = NULL;
    const int32_t owner[1] = {world.rank == world.size - 1 ? world.size : 0}, row[1] = {0};
    assert_fails(hr_halo_create(&halo, &world, OWNED, 1, owner, row, COLS, 0, &err), HR_INPUT, "owner");
    const int32_t first[1] = {0}, beyond[1] = {world.rank == 0 ? OWNED : 0};
    assert_fails(hr_halo_create(&halo, &world, OWNED, 1, first, beyond, COLS, 0, &err), HR_INPUT, "owns");
    assert_null(halo);
}

static void more_columns_than_agreed_are_refused(void **state)
{
    (void)state;
    hr_error err = {""};
    int32_t *owner, *row;
    int64_t ghosts;
    hr_halo *halo = make_halo(0, &owner, &row, &ghosts);
    float x[1] = {0};
    assert_fails(hr_halo_scatter(halo, x, COLS + 1, &err), HR_USAGE, "columns");
    free(row);
    free(owner);
    hr_halo_destroy(halo);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_messages),
        cmocka_unit_test(by_shared_memory),
        cmocka_unit_test(channels_run_beside_one_another),
        cmocka_unit_test(the_example_of_the_header_works),
        cmocka_unit_test(a_ghost_of_nobody_is_refused_by_all),
        cmocka_unit_test(more_columns_than_agreed_are_refused),
    };
    return run_mpi_tests(argc, argv, tests);
}
