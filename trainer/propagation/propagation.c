#include "trainer/propagation/propagation.h"

#include "io/base/memory.h"
#include "trainer/propagation/batch_schedule.h"

#include <math.h>

/* A bound of the norm of S for the power p. For p = 1/2 the norm is at most 1. S for another p is that one
 * with users' rows times u^(1/2 - p) and movies' rows times m^(p - 1/2): one of these factors is at most 1,
 * the other at most this. */
static double longest_step(const hr_shard *shard, double user_power)
{
    return pow(fmax((double)shard->users, (double)shard->movies), fabs(user_power - 0.5));
}

/* With s the bound of the norm of S, a column of Horner's iterates is at most 1 + s + … + s^layers times as
 * long as that of x, and a sum over d of its entries is at most sqrt(d) times that length. Doubled, as
 * entries are rounded in between. */
static double bound_of_sums(const hr_shard *shard, int64_t layers, double user_power)
{
    const double vertices = (double)(shard->users + shard->movies),
                 longest = fmax((double)shard->users, (double)shard->movies);
    double length = 1.0;
    for (int64_t layer = 0; layer < layers; layer++)
        length = 1.0 + longest_step(shard, user_power) * length;
    return 2.0 * length * sqrt(vertices) * sqrt(longest);
}

static void fill_scale(hr_propagation *p, double user_power)
{
    const hr_shard *shard = &p->graph->shard;
    for (int64_t v = 0; v < shard->owned; v++) {
        const double power = v < shard->owned_users ? user_power : 1.0 - user_power;
        p->scale[v] = shard->degree[v] > 0 ? (float)pow((double)shard->degree[v], -power) : 0.0F;
    }
}

hr_status hr_propagation_create(hr_propagation **out, hr_graph_context *graph, int64_t dim, int64_t layers,
                                double user_power, hr_wire wire, hr_error *err)
{
    hr_status status = HR_OK;
    hr_propagation *p = NULL;
    const hr_shard *shard = &graph->shard;
    *out = NULL;
    HR_ALLOC(p, 1);
    p->graph = graph;
    p->dim = dim;
    p->layers = layers;
    HR_ALLOC_SHARED(p->scale, shard->owned);
    fill_scale(p, user_power);
    p->bound = bound_of_sums(shard, layers, user_power);
    HR_TRY(hr_panels_create(&p->panels, shard, dim, graph->summation, err));
    HR_TRY(hr_panel_batches_create(p, wire, err));
    *out = p;
done:
    if (status != HR_OK)
        hr_propagation_destroy(p);
    return status;
}

void hr_propagation_destroy(hr_propagation *p)
{
    if (!p)
        return;
    free(p->batch);
    hr_panels_free(&p->panels);
    free(p->scale);
    free(p);
}

/* All panels through all layers on a single rank: each thread takes one panel at a time and waits for no
 * other. */
static void run_alone(const hr_propagation_pass *pass)
{
    hr_propagation *p = pass->propagation;
    const double start = hr_seconds();
#pragma omp parallel for schedule(dynamic, 1)
    for (int panel = 0; panel < p->panels.count; panel++) {
        for (int64_t layer = 0; layer < p->layers; layer++) {
            hr_panel_next_layer(pass, panel, layer);
            hr_panels_sweep(&p->panels, panel, 1, NULL);
        }
        hr_panel_last_layer(pass, panel);
    }
    hr_timing_add(&p->graph->timing, HR_TIME_COMPUTE, start);
}

static void copy_rows(const hr_propagation_pass *pass)
{
    const int64_t values = pass->propagation->graph->shard.owned * pass->propagation->dim;
    for (int64_t i = 0; i < values; i++)
        pass->out[i] = pass->x[i];
}

/* The unit of this run's sums, the same on all ranks. */
static hr_status find_unit(hr_propagation_pass *pass, hr_error *err)
{
    const hr_propagation *p = pass->propagation;
    double largest = 0.0;
    const hr_status status =
        hr_graph_largest_entry(p->graph, pass->x, p->graph->shard.owned * p->dim, &largest, err);
    pass->unit = hr_sum_unit(p->graph->summation, p->bound * largest);
    return status;
}

hr_status hr_propagation_run(hr_propagation *p, const float *x, float *out, hr_error *err)
{
    hr_status status = HR_OK;
    hr_propagation_pass pass = {p, x, out, 0.0};
    const bool alone = p->graph->grid.parts.size == 1;
    const int together = alone ? 1 : 2; /* a third would push the others out of the cache */
    HR_TRY(find_unit(&pass, err));
    if (p->layers == 0)
        copy_rows(&pass);
    else if (alone && p->panels.groups == 1)
        run_alone(&pass);
    else
        HR_TRY(hr_batch_schedule_run(&pass, together, err));
done:
    return status;
}

hr_status hr_propagation_run_fewer(hr_propagation *p, int64_t layers, const float *x, float *out,
                                   hr_error *err)
{
    const int64_t all = p->layers;
    p->layers = layers;
    const hr_status status = hr_propagation_run(p, x, out, err);
    p->layers = all;
    return status;
}
