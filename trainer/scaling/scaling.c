#include "trainer/scaling/scaling.h"

#include "io/base/memory.h"
#include "io/base/sort.h"
#include "io/comm/log.h"
#include "io/options/list.h"
#include "trainer/run/memory_need.h"

#include <stdbool.h>

hr_status hr_scaling_parse(const char *text, hr_scaling *scaling, hr_error *err)
{
    static const hr_list list = {.option = "parts",
                                 .what = "whole numbers",
                                 .example = "1,2,4,8",
                                 .fewest = 1,
                                 .most = HR_MAX_SCALING_POINTS - 1,
                                 .minimum = 1,
                                 .maximum = INT32_MAX};
    int64_t parts[HR_MAX_SCALING_POINTS];
    int count = 0;
    const hr_status status = hr_list_ints(&list, text, parts, &count, err);
    if (status != HR_OK)
        return status;
    parts[count++] = 1;
    hr_sort_i64(parts, count);
    scaling->points = 0;
    for (int i = 0; i < count; i++)
        if (i == 0 || parts[i] != parts[i - 1])
            scaling->point[scaling->points++] = (hr_scaling_point){.parts = (int32_t)parts[i]};
    return HR_OK;
}

static int32_t largest_part(const hr_scaling_point *point)
{
    int32_t largest = 0;
    for (int32_t p = 1; p < point->parts; p++)
        if (point->loads[p].size.edges > point->loads[largest].size.edges)
            largest = p;
    return largest;
}

static hr_status fill_point(hr_scaling_point *point, int32_t groups, const hr_plan *plan,
                            const hr_train_config *config, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(point->loads, point->parts);
    HR_TRY(hr_part_loads(plan, point->loads, err));
    point->ghosts = plan->ghost_ptr[plan->parts];
    point->most_edges = point->loads[largest_part(point)].size.edges;
    for (int32_t p = 0; p < point->parts; p++) {
        const int64_t need = hr_memory_need(&point->loads[p].size, groups, config);
        point->memory = need > point->memory ? need : point->memory;
    }
done:
    return status;
}

/* Whether a point is one of those whose largest part is timed: the first, the middle and the last. */
static bool is_timed(const hr_scaling *scaling, int point)
{
    return point == 0 || point == scaling->points / 2 || point == scaling->points - 1;
}

hr_status hr_scaling_cut(hr_scaling *scaling, const hr_comm *comm, const hr_graph *graph,
                         const hr_partition_origin *origin, const hr_train_config *config, hr_error *err)
{
    hr_status status = HR_OK;
    hr_plan plan = {0};
    for (int i = 0; i < scaling->points; i++) {
        hr_scaling_point *point = &scaling->point[i];
        hr_log(comm, "%d part%s", point->parts, point->parts == 1 ? "" : "s");
        HR_TRY(hr_partition_plan(&plan, graph, origin, point->parts, err));
        HR_TRY(fill_point(point, scaling->groups, &plan, config, err));
        if (is_timed(scaling, i))
            HR_TRY(hr_part_time(&plan, graph, largest_part(point), config,
                                &scaling->timing[scaling->timings++], err));
        hr_plan_free(&plan);
    }
done:
    hr_plan_free(&plan);
    return status;
}

void hr_scaling_free(hr_scaling *scaling)
{
    for (int i = 0; i < scaling->points; i++)
        free(scaling->point[i].loads);
    *scaling = (hr_scaling){.points = 0};
}

void hr_scaling_predict(hr_scaling *scaling, const hr_train_config *config, const hr_machine *machine)
{
    scaling->one = hr_postal_step(scaling->point[0].loads, (hr_grid_shape){1, 1}, config, machine);
    for (int i = 0; i < scaling->points; i++) {
        hr_scaling_point *p = &scaling->point[i];
        const hr_grid_shape shape = {p->parts, scaling->groups};
        p->time = hr_postal_step(p->loads, shape, config, machine);
        p->bytes = hr_postal_bytes(p->loads, shape, config);
        p->speedup = scaling->one.total / p->time.total;
        p->efficiency = p->speedup / shape.parts / shape.groups;
    }
}

const hr_scaling_point *hr_scaling_fastest(const hr_scaling *scaling)
{
    const hr_scaling_point *best = &scaling->point[0];
    for (int i = 1; i < scaling->points; i++)
        if (scaling->point[i].time.total < best->time.total)
            best = &scaling->point[i];
    return best;
}

const hr_scaling_point *hr_scaling_half_efficient(const hr_scaling *scaling)
{
    int last = 0;
    while (last + 1 < scaling->points && scaling->point[last + 1].efficiency >= 0.5)
        last++;
    return &scaling->point[last];
}

void hr_scaling_excess(const hr_scaling *scaling, const hr_scaling_point *point, double excess[HR_TERMS])
{
    for (int t = 0; t < HR_TERMS; t++)
        excess[t] = point->time.term[t] - scaling->one.term[t] / point->parts / scaling->groups;
}
