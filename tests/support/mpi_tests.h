/* Tests that all ranks run together: a check that fails on one rank ends the job, so that no other waits. */
#ifndef HR_TESTS_SUPPORT_MPI_TESTS_H
#define HR_TESTS_SUPPORT_MPI_TESTS_H

#include "io/comm/comm.h"
#include "tests/support/cmocka_tests.h"

#include <stdbool.h>
#include <stdlib.h>

/* All ranks; set before the first test. */
extern hr_comm world;

/* Runs the tests between MPI_Init and MPI_Finalize and returns main's value. */
#define run_mpi_tests(argc, argv, tests)                                                                     \
    (start_mpi(&(argc), &(argv)), finish_mpi(cmocka_run_group_tests((tests), NULL, NULL)))

void start_mpi(int *argc, char ***argv);
int finish_mpi(int failed);

/* A folder of this run's own, the same on all ranks, removed by finish_mpi. */
const char *shared_folder(void);

/* "shared_folder/name" in a buffer that lasts until the fourth next call. */
const char *shared_path(const char *name);

/* The inner product of two vectors spread over all ranks. Collective. */
double sum_of_products(const float *x, const float *y, int64_t count);

/* Whether two files of the shared folder hold the same bytes; the second fails unless they do. */
bool is_same_bytes(const char *a, const char *b);
void assert_same_bytes(const char *a, const char *b);

#endif
