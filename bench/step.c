/* bench-step: the time of a training step of LightGCN with its default options, against scipy's CSR product. */
#include "bench/bench.h"
#include "bench/bench_graph.h"
#include "bench/scipy.h"
#include "io/base/median.h"
#include "trainer/run/training.h"
#include "trainer/simd/isa.h"

#include <omp.h>
#include <string.h>

enum { STEPS = 9 };

/* Seconds of a step: until the slowest rank is done, the median; of activities on rank 0, means. */
typedef struct figures {
    int64_t samples;
    double step, scipy;
    double activity[HR_ACTIVITIES];
} figures;

static hr_status time_steps(hr_training *t, const hr_comm *comm, figures *f, hr_error *err)
{
    hr_status status = HR_OK;
    double steps[STEPS];
    HR_TRY(hr_stepper_step(&t->stepper, &t->state, err)); /* untimed: its memory is not in the caches */
    memset(&t->graph.timing, 0, sizeof t->graph.timing);
    for (int i = 0; i < STEPS; i++) {
        const double start = hr_seconds();
        HR_TRY(hr_stepper_step(&t->stepper, &t->state, err));
        MPI_Barrier(comm->mpi);
        steps[i] = hr_seconds() - start;
    }
    f->step = hr_median(steps, STEPS);
    for (int i = 0; i < HR_ACTIVITIES; i++)
        f->activity[i] = t->graph.timing.seconds[i] / STEPS;
done:
    return status;
}

/* Each rank cuts the graph itself, as all find the same cut. */
static hr_status train(const hr_comm *comm, const hr_graph *graph, int64_t dim, figures *f, hr_error *err)
{
    hr_status status = HR_OK;
    hr_train_options options = hr_train_defaults;
    hr_train_config config;
    hr_training t = {0};
    hr_h5 *file = NULL;
    options.dim = dim;
    status = hr_train_config_resolve(&options, (hr_graph_size){graph->users, graph->movies, graph->edges},
                                     &config, err);
    if (status == HR_OK)
        status = hr_bench_cut(graph, comm->size, &file, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_training_create(&t, comm, file, &config, err));
    f->samples = config.sampling.batch;
    HR_TRY(time_steps(&t, comm, f, err));
done:
    hr_training_free(&t);
    hr_h5_close(file);
    return status;
}

static hr_status measure(const hr_comm *comm, const hr_bench_call *call, json_t **result, hr_error *err)
{
    hr_graph graph = {0};
    figures f = {0};
    hr_status status = hr_bench_graph(call->dataset, call->preset, &graph, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(train(comm, &graph, call->dim, &f, err));
    if (comm->rank == 0)
        status = hr_scipy_seconds(&graph, call->dim, &f.scipy, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    *result = json_pack("{s:I, s:I, s:i, s:i, s:s, s:I, s:f, s:f, s:f, s:f, s:f, s:f}", "edges",
                        (json_int_t)graph.edges, "dim", (json_int_t)call->dim, "ranks", comm->size, "threads",
                        omp_get_max_threads(), "isa", hr_isa_name(hr_isa_chosen()), "samples",
                        (json_int_t)f.samples, "seconds_per_step", f.step, "compute_seconds",
                        f.activity[HR_TIME_COMPUTE], "halo_seconds", f.activity[HR_TIME_HALO], "loss_seconds",
                        f.activity[HR_TIME_LOSS], "optimiser_seconds", f.activity[HR_TIME_OPTIMISER],
                        "scipy_seconds", f.scipy);
    json_object_set_new(*result, "step_over_scipy",
                        f.scipy > 0.0 ? json_real(f.step / f.scipy) : json_null());
done:
    hr_graph_free(&graph);
    return status;
}

static void print(const json_t *f)
{
    printf("%.0f edges, %.0f columns, %.0f ranks, %.0f threads, %s\n", hr_bench_figure(f, "edges"),
           hr_bench_figure(f, "dim"), hr_bench_figure(f, "ranks"), hr_bench_figure(f, "threads"),
           json_string_value(json_object_get(f, "isa")));
    printf("a step of %.0f samples %.4f s: propagation %.4f, exchange %.4f, loss %.4f, optimiser %.4f\n",
           hr_bench_figure(f, "samples"), hr_bench_figure(f, "seconds_per_step"),
           hr_bench_figure(f, "compute_seconds"), hr_bench_figure(f, "halo_seconds"),
           hr_bench_figure(f, "loss_seconds"), hr_bench_figure(f, "optimiser_seconds"));
    if (hr_bench_figure(f, "scipy_seconds") > 0.0)
        printf("%.3f of scipy's CSR product\n", hr_bench_figure(f, "step_over_scipy"));
}

int main(int argc, char **argv)
{
    static const hr_bench bench = {
        "bench-step", "Times a training step of LightGCN against scipy's CSR product",
        "jobs/mpirun.sh 2 build/bench/bench-step --preset ml-1m --json", measure, print};
    return hr_bench_main(argc, argv, &bench);
}
