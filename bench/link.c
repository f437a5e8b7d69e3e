/* bench-link: the cost of messages between two ranks: alpha, gap and beta of halorec scaling. */
#include "io/comm/link.h"

#include "bench/bench.h"

#include <string.h>

/* The host of rank `rank`. Collective. */
static hr_status host_of(const hr_comm *comm, int rank, char name[MPI_MAX_PROCESSOR_NAME], hr_error *err)
{
    int length = 0;
    memset(name, 0, MPI_MAX_PROCESSOR_NAME);
    MPI_Get_processor_name(name, &length);
    return hr_broadcast(comm, name, MPI_MAX_PROCESSOR_NAME, rank, err);
}

static hr_status measure(const hr_comm *comm, const hr_bench_call *call, json_t **figures, hr_error *err)
{
    (void)call;
    hr_status status = HR_OK;
    hr_link link;
    char first[MPI_MAX_PROCESSOR_NAME], second[MPI_MAX_PROCESSOR_NAME];
    HR_TRY(hr_link_measure(comm, &link, err));
    HR_TRY(host_of(comm, 0, first, err));
    HR_TRY(host_of(comm, 1, second, err));
    *figures = json_pack("{s:[s, s], s:f, s:f, s:f}", "hosts", first, second, "alpha", link.latency, "gap",
                         link.gap, "beta", link.byte);
done:
    return status;
}

static void print(const json_t *f)
{
    const json_t *hosts = json_object_get(f, "hosts");
    printf(
        "between %s and %s: a message %.3g us, each further one at the same time %.3g us, %.3g GB/s both "
        "ways\n",
        json_string_value(json_array_get(hosts, 0)), json_string_value(json_array_get(hosts, 1)),
        1e6 * hr_bench_figure(f, "alpha"), 1e6 * hr_bench_figure(f, "gap"),
        1e-9 / hr_bench_figure(f, "beta"));
    printf("halorec scaling --alpha %.3g --gap %.3g --beta %.3g\n", hr_bench_figure(f, "alpha"),
           hr_bench_figure(f, "gap"), hr_bench_figure(f, "beta"));
}

int main(int argc, char **argv)
{
    static const hr_bench bench = {"bench-link", "Measures the cost of messages between the first two ranks",
                                   "mpirun -n 2 --host a,b build/bench/bench-link --json", measure, print};
    return hr_bench_main(argc, argv, &bench);
}
