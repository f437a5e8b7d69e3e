/* The grid of ranks on which a dataset trains best: the parts and column groups that cost the fewest bytes,
 * among those that fit the memory. */
#ifndef HR_TRAINER_RUN_GRID_CHOICE_H
#define HR_TRAINER_RUN_GRID_CHOICE_H

#include "io/base/error.h"
#include "partition/plan/grid.h"
#include "partition/plan/plan_dataset.h"
#include "trainer/config/train_config.h"

#include <stdint.h>

/* A grid and what it costs. */
typedef struct hr_grid_cost {
    hr_grid_shape shape;
    int64_t halo_bytes; /* rows between parts in a step, all ranks together */
    int64_t loss_bytes; /* pool and scores, likewise */
    int64_t memory;     /* bytes of the largest rank */
} hr_grid_cost;

/* The cost of a plan in a grid of `groups` column groups. HR_MEMORY. */
hr_status hr_grid_cost_of(const hr_plan *plan, int32_t groups, const hr_train_config *config,
                          hr_grid_cost *cost, hr_error *err);

/* Bytes that a step on the grid waits for. Where a rank has more than one panel of columns, communication of
 * one panel overlaps the sweep of the next, and halo rows count half. */
int64_t hr_grid_waits(const hr_grid_cost *cost, const hr_train_config *config);

/* Cuts the graph for the grid of `ranks` ranks that waits for the fewest bytes, with at least a panel of
 * columns a rank, in at most `memory` bytes a rank (0: any); the one of least memory where none fits.
 * Where the model needs whole rows, or sums are reproducible, every rank has a part of its own.
 *   plan  receives the cut, to be freed with hr_plan_free
 * Collective over the graph's ranks. Errors as hr_partition_plan. */
hr_status hr_grid_choose(const hr_graph *graph, const hr_partition_origin *origin,
                         const hr_train_config *config, int32_t ranks, int64_t memory, hr_plan *plan,
                         hr_grid_cost *cost, hr_error *err);

#endif
