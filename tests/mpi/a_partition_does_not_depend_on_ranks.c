/* ranks: 2 3 4, sanitized: 3 */
/* A partition that all ranks make is the file that one rank makes, by every method, into more parts than ranks and
 * into fewer. */
#include "tests/support/mpi_tests.h"
#include "tests/support/toy_run.h"

static void files_are_the_same(void **state)
{
    (void)state;
    const hr_comm alone = hr_comm_alone();
    toy_write(&world, "toy.h5", 90, 40, 0.3, 1);
    for (hr_cut_method method = HR_CUT_METIS; method <= HR_CUT_STREAM; method++)
        for (int32_t parts = 1; parts <= 6; parts += parts < 3 ? 1 : 3) {
            toy_cut(&world, "toy.h5", "all.h5", method, parts);
            if (world.rank == 0) {
                toy_cut(&alone, "toy.h5", "one.h5", method, parts);
                assert_same_bytes("all.h5", "one.h5");
            }
            MPI_Barrier(world.mpi);
        }
}

/* Three users are fewer than four ranks. */
static void ranks_may_have_no_users(void **state)
{
    (void)state;
    const hr_comm alone = hr_comm_alone();
    toy_write(&world, "few.h5", 3, 5, 0.6, 0);
    for (hr_cut_method method = HR_CUT_METIS; method <= HR_CUT_STREAM; method++) {
        toy_cut(&world, "few.h5", "all.h5", method, 2);
        if (world.rank == 0) {
            toy_cut(&alone, "few.h5", "one.h5", method, 2);
            assert_same_bytes("all.h5", "one.h5");
        }
        MPI_Barrier(world.mpi);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_the_same),
        cmocka_unit_test(ranks_may_have_no_users),
    };
    return run_mpi_tests(argc, argv, tests);
}
