#include "tests/support/mpi_tests.h"

#include "tests/support/folder.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

hr_comm world;
static char folder[] = "/tmp/halorec-test-XXXXXX";

void start_mpi(int *argc, char ***argv)
{
    int provided = 0;
    setenv("CMOCKA_TEST_ABORT", "1", 1);
    MPI_Init_thread(argc, argv, MPI_THREAD_FUNNELED, &provided);
    world = hr_comm_of(MPI_COMM_WORLD);
    if (world.rank == 0 && !mkdtemp(folder))
        MPI_Abort(MPI_COMM_WORLD, 1);
    MPI_Bcast(folder, (int)sizeof folder, MPI_CHAR, 0, MPI_COMM_WORLD);
}

int finish_mpi(int failed)
{
    MPI_Allreduce(MPI_IN_PLACE, &failed, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
    if (world.rank == 0)
        remove_tree(folder);
    MPI_Finalize();
    return failed;
}

const char *shared_folder(void)
{
    return folder;
}

const char *shared_path(const char *name)
{
    static char buffer[4][256];
    static int next = 0;
    next = (next + 1) % 4;
    snprintf(buffer[next], sizeof buffer[next], "%s/%s", folder, name);
    return buffer[next];
}

bool is_same_bytes(const char *a, const char *b)
{
    FILE *x = fopen(shared_path(a), "rb"), *y = fopen(shared_path(b), "rb");
    assert_non_null(x);
    assert_non_null(y);
    int c = 0, d = 0;
    while (c == d && c != EOF) {
        c = fgetc(x);
        d = fgetc(y);
    }
    fclose(y);
    fclose(x);
    return c == d;
}

void assert_same_bytes(const char *a, const char *b)
{
    assert_true(is_same_bytes(a, b));
}

double sum_of_products(const float *x, const float *y, int64_t count)
{
    hr_error err;
    double sum = 0.0;
    for (int64_t i = 0; i < count; i++)
        sum += (double)x[i] * (double)y[i];
    assert_ok(hr_sum_f64(&world, &sum, 1, &err));
    return sum;
}
