#include "trainer/run/grid_choice.h"

#include "io/base/memory.h"
#include "trainer/loss/loss.h"
#include "trainer/models/model.h"
#include "trainer/run/memory_need.h"
#include "trainer/simd/line.h"

#include <stdbool.h>

/* Bytes that all ranks together send for the samples of a step. */
static int64_t loss_bytes(hr_grid_shape shape, const hr_train_config *config)
{
    return hr_loss_ops_of(&config->loss)
        ->step_bytes(&config->loss, &config->sampling, config->model.dim, shape);
}

hr_status hr_grid_cost_of(const hr_plan *plan, int32_t groups, const hr_train_config *config,
                          hr_grid_cost *cost, hr_error *err)
{
    hr_status status = HR_OK;
    hr_part_size *sizes = NULL;
    const int64_t exchanges = 4 * config->model.layers + 2; /* out and back, forward and backward; the loss */
    const int64_t wire = config->model.halo == HR_WIRE_BF16 ? 2 : 4;
    HR_ALLOC(sizes, plan->parts);
    hr_plan_sizes(plan, sizes);
    *cost = (hr_grid_cost){.shape = {plan->parts, groups},
                           .halo_bytes = plan->ghost_ptr[plan->parts] * config->model.dim * exchanges * wire,
                           .loss_bytes = loss_bytes((hr_grid_shape){plan->parts, groups}, config)};
    for (int32_t p = 0; p < plan->parts; p++) {
        const int64_t need = hr_memory_need(&sizes[p], groups, config);
        cost->memory = need > cost->memory ? need : cost->memory;
    }
done:
    free(sizes);
    return status;
}

int64_t hr_grid_waits(const hr_grid_cost *cost, const hr_train_config *config)
{
    const bool overlaps = config->model.dim > (int64_t)HR_LANES * cost->shape.groups;
    return cost->loss_bytes + (overlaps ? cost->halo_bytes / 2 : cost->halo_bytes);
}

/* Whether a beats b. */
static bool is_better(const hr_grid_cost *a, const hr_grid_cost *b, const hr_train_config *config,
                      int64_t memory)
{
    const bool a_fits = memory == 0 || a->memory <= memory, b_fits = memory == 0 || b->memory <= memory;
    if (a_fits != b_fits)
        return a_fits;
    return a_fits ? hr_grid_waits(a, config) < hr_grid_waits(b, config) : a->memory < b->memory;
}

hr_status hr_grid_choose(const hr_graph *graph, const hr_partition_origin *origin,
                         const hr_train_config *config, int32_t ranks, int64_t memory, hr_plan *plan,
                         hr_grid_cost *cost, hr_error *err)
{
    hr_status status = HR_OK;
    hr_plan other = {0};
    const bool whole_rows = config->model.table->mixes_columns || config->run.reproducible;
    for (int32_t parts = ranks; parts >= 1; parts--) {
        const hr_grid_shape shape = {parts, ranks / parts};
        hr_grid_cost its;
        if (ranks % parts != 0 ||
            (shape.groups > 1 && (whole_rows || shape.groups * HR_LANES > config->model.dim)))
            continue;
        const int64_t least = loss_bytes(shape, config);
        if (parts < ranks && least >= hr_grid_waits(cost, config) && (memory == 0 || cost->memory <= memory))
            continue; /* not worth cutting for */
        HR_TRY(hr_partition_plan(&other, graph, origin, parts, err));
        status = hr_grid_cost_of(&other, shape.groups, config, &its, err);
        HR_TRY(hr_agree(&graph->comm, status, NULL, err));
        if (parts == ranks || is_better(&its, cost, config, memory)) {
            const hr_plan worse = *plan;
            *plan = other;
            *cost = its;
            other = worse;
        }
        hr_plan_free(&other);
    }
done:
    hr_plan_free(&other);
    return status;
}
