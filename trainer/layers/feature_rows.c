#include "trainer/layers/feature_rows.h"

#include "io/base/philox.h"
#include "trainer/graph/dense_gradient.h"
#include "trainer/numerics/dense.h"

void hr_feature_rows_add(const hr_graph_context *graph, const float *weights, float *rows)
{
    const int64_t first = graph->shard.owned_users, dim = graph->grid.dim;
    if (graph->feature_count > 0)
        hr_dense_multiply(graph->summation, graph->shard.owned - first,
                          hr_all_columns(graph->features, graph->feature_count), false, weights, 1.0F,
                          rows + first * dim, dim);
}

hr_status hr_feature_rows_gradient(const hr_graph_context *graph, const float *row_gradient, float *pieces,
                                   const hr_row_sums *gradient, hr_error *err)
{
    const int64_t first = graph->shard.owned_users, dim = graph->grid.dim;
    if (graph->feature_count == 0)
        return HR_OK;
    return hr_dense_gradient_outer(graph, graph->shard.owned - first,
                                   hr_all_columns(graph->features, graph->feature_count),
                                   hr_all_columns(row_gradient + first * dim, dim), pieces, gradient, 0, err);
}

void hr_feature_rows_start(const hr_graph_context *graph, uint64_t seed, float *weights)
{
    for (int64_t i = 0; i < graph->feature_count * graph->grid.dim; i++)
        weights[i] =
            0.02F * ((float)hr_uniform(hr_philox(seed, HR_STREAM_DENSE, 0, (uint64_t)i).word[0]) - 0.5F);
}
