/* A distributed graph of toy data, ready to train on. */
#ifndef HR_TESTS_SUPPORT_TOY_RUN_H
#define HR_TESTS_SUPPORT_TOY_RUN_H

#include "partition/cut/cut.h"
#include "tests/support/mpi_tests.h"
#include "trainer/config/train_config.h"
#include "trainer/graph/graph_context.h"

/* Writes toy data (toy.h) to shared_path(name) from rank 0 of comm. Collective. */
void toy_write(const hr_comm *comm, const char *name, int64_t users, int64_t movies, double density,
               int valid);

/* Cuts the dataset at shared_path(data) into parts, at shared_path(partition). Collective. */
void toy_cut(const hr_comm *comm, const char *data, const char *partition, hr_cut_method method,
             int32_t parts);

/* Reads each rank's part, and columns where there are fewer parts than ranks, into *graph, which must stay
 * where it is; free with hr_graph_context_free. Collective. */
void toy_open(hr_graph_context *graph, const hr_comm *comm, const char *partition, int64_t dim);

/* The same, with sums of a kind. */
void toy_open_for(hr_graph_context *graph, const hr_comm *comm, const char *partition, int64_t dim,
                  hr_summation summation);

/* The options resolved for a run on this graph. */
hr_train_config toy_config(const hr_train_options *options, const hr_graph_context *graph);

/* Trains on shared_path(data) by these options. Collective; fails where that does. */
void toy_train(const hr_comm *comm, const char *data, const hr_train_options *options);

/* The first `size` ranks of the world; MPI_COMM_NULL's comm (size 0) on the others. Collective over the
 * world; free with free_first. */
hr_comm first_ranks(int size);
void free_first(hr_comm *comm);

#endif
