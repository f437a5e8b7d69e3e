/* How many processes a launcher started is read from its variables: ranks have them, shells in a job do not. */
#include "io/comm/launch.h"
#include "tests/support/cmocka_tests.h"

#include <stdlib.h>

static const char *const variables[] = {
    "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK", "PMI_SIZE",     "PMI_RANK",
    "SLURM_STEP_NUM_TASKS", "SLURM_PROCID",         "SLURM_NTASKS", "SLURM_PTY_PORT"};

/* Of an environment that is "NAME=VALUE", ended by NULL. */
static hr_launch launch_of(const char *const *environment)
{
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
        unsetenv(variables[i]);
    for (; *environment; environment++) {
        char name[64] = "";
        const char *equals = strchr(*environment, '=');
        memcpy(name, *environment, (size_t)(equals - *environment));
        setenv(name, equals + 1, 1);
    }
    return hr_launch_of_environment();
}

static void check(const char *const *environment, int size, int rank)
{
    const hr_launch launch = launch_of(environment);
    assert_int_equal(launch.size, size);
    assert_int_equal(launch.rank, rank);
}

static void ranks_are_counted(void **state)
{
    (void)state;
    check((const char *[]){"OMPI_COMM_WORLD_SIZE=4", "OMPI_COMM_WORLD_RANK=3", NULL}, 4, 3);
    check((const char *[]){"PMI_SIZE=2", "PMI_RANK=1", NULL}, 2, 1);
    check((const char *[]){"SLURM_STEP_NUM_TASKS=3", "SLURM_PROCID=2", "SLURM_NTASKS=8", NULL}, 3, 2);
}

static void shells_of_a_job_are_alone(void **state)
{
    (void)state;
    check((const char *[]){NULL}, 1, 0);
    check((const char *[]){"SLURM_NTASKS=8", "SLURM_PROCID=0", NULL}, 1, 0); /* a batch script */
    check((const char *[]){"SLURM_NTASKS=8", "SLURM_STEP_NUM_TASKS=1", "SLURM_PROCID=0", NULL}, 1, 0);
    check((const char *[]){"SLURM_STEP_NUM_TASKS=8", "SLURM_PROCID=0", "SLURM_PTY_PORT=40001", NULL}, 1, 0);
}

/* mpirun starts its daemons by a step of SLURM, one a host; ranks have both sets of variables. */
static void mpirun_goes_before_slurm(void **state)
{
    (void)state;
    const char *const ranks[] = {"SLURM_STEP_NUM_TASKS=2",  "SLURM_PROCID=1",         "SLURM_PTY_PORT=40001",
                                 "OMPI_COMM_WORLD_SIZE=16", "OMPI_COMM_WORLD_RANK=9", NULL};
    const char *const one[] = {"SLURM_STEP_NUM_TASKS=2", "SLURM_PROCID=1", "OMPI_COMM_WORLD_SIZE=1",
                               "OMPI_COMM_WORLD_RANK=0", NULL};
    check(ranks, 16, 9);
    check(one, 1, 0);
}

static void nonsense_is_no_launcher(void **state)
{
    (void)state;
    check((const char *[]){"PMI_SIZE=", "OMPI_COMM_WORLD_SIZE=four", "SLURM_STEP_NUM_TASKS=-2", NULL}, 1, 0);
    check((const char *[]){"PMI_SIZE=2", "PMI_RANK=7", NULL}, 2, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_are_counted), cmocka_unit_test(shells_of_a_job_are_alone),
        cmocka_unit_test(mpirun_goes_before_slurm), cmocka_unit_test(nonsense_is_no_launcher)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
