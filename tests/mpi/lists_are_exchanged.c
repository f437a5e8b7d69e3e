/* Every rank receives what each other has for it: lists of any length, in the order of ranks. */
#include "io/comm/exchange.h"
#include "tests/support/mpi_tests.h"

/* Elements that rank `from` has for rank `to`; none between some. */
static int64_t length(int from, int to)
{
    return (from + 2 * to) % 3 * 5;
}

static int64_t element(int from, int to, int64_t i)
{
    return 10000 * from + 100 * to + i;
}

static void each_list_arrives(void **state)
{
    (void)state;
    hr_error err = {""};
    enum { MOST_RANKS = 8, MOST = 10 * MOST_RANKS };
    int64_t sent[MOST_RANKS + 1] = {0}, received[MOST_RANKS + 1] = {0}, from[MOST] = {0}, to[MOST] = {0};
    for (int r = 0; r < world.size; r++) {
        sent[r + 1] = sent[r] + length(world.rank, r);
        for (int64_t i = 0; i < length(world.rank, r); i++)
            from[sent[r] + i] = element(world.rank, r, i);
    }
    assert_ok(hr_exchange_offsets(&world, sent, received, &err));
    assert_ok(hr_exchange(&world, from, sent, to, received, sizeof *from, &err));
    for (int r = 0; r < world.size; r++) {
        assert_int_equal(received[r + 1] - received[r], length(r, world.rank));
        for (int64_t i = 0; i < length(r, world.rank); i++)
            assert_int_equal(to[received[r] + i], element(r, world.rank, i));
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_list_arrives)};
    return run_mpi_tests(argc, argv, tests);
}
