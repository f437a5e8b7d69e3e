#include "trainer/scaling/part_load.h"

#include "io/base/memory.h"

/* Counts each pair of neighbours once: a part's ghosts are ordered by owner. */
static void count_neighbours(const hr_plan *plan, hr_part_load *loads)
{
    for (int32_t p = 0; p < plan->parts; p++)
        for (int64_t g = plan->ghost_ptr[p]; g < plan->ghost_ptr[p + 1]; g++)
            if (g == plan->ghost_ptr[p] || plan->ghost_owner[g] != plan->ghost_owner[g - 1]) {
                loads[p].sources++;
                loads[plan->ghost_owner[g]].targets++;
            }
}

/* Expected share of the samples: a user is drawn uniformly, then one of the user's train edges. */
static double share_of_samples(const hr_plan *plan, int32_t part)
{
    double users = 0.0;
    for (int64_t s = plan->user_slot_ptr[part]; s < plan->user_slot_ptr[part + 1]; s++)
        if (plan->slot_rated[s] > 0)
            users += (double)plan->slot_edges[s] / (double)plan->slot_rated[s];
    return users / (double)plan->users;
}

hr_status hr_part_loads(const hr_plan *plan, hr_part_load *loads, hr_error *err)
{
    hr_status status = HR_OK;
    hr_part_size *sizes = NULL;
    HR_ALLOC(sizes, plan->parts);
    hr_plan_sizes(plan, sizes);
    for (int32_t p = 0; p < plan->parts; p++)
        loads[p] = (hr_part_load){.size = sizes[p], .samples = share_of_samples(plan, p)};
    for (int64_t m = 0; m < plan->movies; m++)
        loads[plan->owner[plan->users + m]].pool += 1.0 / (double)plan->movies;
    count_neighbours(plan, loads);
done:
    free(sizes);
    return status;
}
