#include "trainer/layers/bias_columns.h"

/* The index of a column of whole rows among those of this rank, or -1. */
static int64_t column_here(const hr_grid *grid, int64_t column)
{
    const int64_t here = column - grid->first_column;
    return here >= 0 && here < grid->columns ? here : -1;
}

void hr_bias_columns_set(const hr_graph_context *graph, float *rows, float one, float mean)
{
    const int64_t users = graph->shard.owned_users, dim = graph->grid.columns;
    const int64_t at[2] = {column_here(&graph->grid, 0), column_here(&graph->grid, 1)};
    for (int64_t v = 0; v < graph->shard.owned; v++) {
        const bool is_user = v < users;
        const int64_t constant = at[is_user ? 0 : 1];
        if (constant >= 0)
            rows[v * dim + constant] = one;
        if (is_user && at[1] >= 0)
            rows[v * dim + at[1]] += mean;
    }
}
