#include "trainer/models/parameter_rows.h"

#include <string.h>

void hr_parameter_rows_copy(const hr_graph_context *graph, const float *from, float *to)
{
    if (from != to)
        memcpy(to, from, (size_t)(graph->shard.owned * graph->grid.columns) * sizeof *to);
}
