/* The bytes that a layer's scatter and reduce pass to MPI, counted at its profiling interface, are those of
 * the plan. */
#include "partition/plan/partition_file.h"
#include "tests/support/toy_run.h"

#include <stdlib.h>

enum { DIM = 24, MOST_SENDS = 64 };

/* Persistent sends with their bytes, and the bytes of all those started. */
static struct {
    MPI_Request request;
    int64_t bytes;
} made[MOST_SENDS];
static int sends_made;
static int64_t sent_bytes;

/* These replace MPI's functions of the same names, which its profiling interface provides as PMPI_…. */
int MPI_Send_init(const void *data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm,
                  MPI_Request *request)
{
    int size = 0;
    MPI_Type_size(type, &size);
    const int code = PMPI_Send_init(data, count, type, to, tag, comm, request);
    assert_in_range(sends_made, 0, MOST_SENDS - 1);
    made[sends_made].request = *request;
    made[sends_made++].bytes = (int64_t)count * size;
    return code;
}

int MPI_Startall(int count, MPI_Request *requests)
{
    for (int i = 0; i < count; i++)
        for (int s = 0; s < sends_made; s++)
            if (made[s].request == requests[i])
                sent_bytes += made[s].bytes;
    return PMPI_Startall(count, requests);
}

static void check(hr_cut_method method)
{
    hr_error err = {""};
    hr_graph_context graph;
    hr_h5 *file = NULL;
    hr_partition_origin origin;
    hr_plan_summary summary;
    sends_made = 0; /* the graph of the call before has freed its requests */
    toy_cut(&world, "d.h5", "k.h5", method, world.size);
    toy_open(&graph, &world, "k.h5", DIM);
    assert_ok(hr_partition_open(&file, &origin, &summary, shared_path("k.h5"), &err));
    hr_h5_close(file);
    float *x = calloc((size_t)((graph.shard.owned + graph.shard.ghosts) * DIM) + 1, sizeof *x);
    sent_bytes = 0;
    assert_ok(hr_graph_scatter(&graph, x, DIM, &err));
    assert_ok(hr_graph_reduce(&graph, x, DIM, &err));
    int64_t sent = sent_bytes, counted = hr_halo_bytes(graph.halo);
    assert_ok(hr_sum_i64(&world, &sent, 1, &err));
    assert_ok(hr_sum_i64(&world, &counted, 1, &err));
    assert_int_equal(sent, hr_plan_layer_bytes(&summary, DIM));
    assert_int_equal(counted, sent);
    assert_true(world.size == 1 || sent > 0);
    free(x);
    hr_graph_context_free(&graph);
}

static void for_every_cut(void **state)
{
    (void)state;
    toy_write(&world, "d.h5", 60, 50, 0.2, 0);
    for (hr_cut_method method = HR_CUT_METIS; method <= HR_CUT_RANDOM; method++)
        check(method);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(for_every_cut)};
    setenv("OMPI_MCA_osc", "^sm", 1); /* ranks share no memory: messages carry all rows */
    return run_mpi_tests(argc, argv, tests);
}
