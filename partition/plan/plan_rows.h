/* The rows of each part: owned vertices, then ghosts (plan.h). Steps of hr_plan_build. */
#ifndef HR_PARTITION_PLAN_PLAN_ROWS_H
#define HR_PARTITION_PLAN_PLAN_ROWS_H

#include "io/base/error.h"
#include "partition/cut/graph.h"
#include "partition/plan/placement.h"
#include "partition/plan/plan.h"

#include <stdint.h>

/* Fills the plan's arrays by vertex.
 *   owner  [users + movies] part of each vertex
 *   row    [users + movies] receives each vertex's row on its part
 * Local. HR_MEMORY. */
hr_status hr_plan_own_vertices(hr_plan *plan, const hr_graph *graph, const int32_t *owner, int32_t *row,
                               hr_error *err);

/* Brings ghosts to the ranks of their parts and fills the plan's arrays by ghost, sorted by part, owner and row
 * there, ghost_ptr and sent. Collective; all ranks return the same status. HR_MEMORY, HR_COMM. */
hr_status hr_plan_list_ghosts(hr_plan *plan, const hr_placement *placement, const int32_t *row,
                              hr_error *err);

#endif
