#include "trainer/graph/dense_gradient.h"

#include "trainer/numerics/dense.h"

/* Where sums of no more than a product for each vertex go, whose factors never pass `largest` together. */
static hr_row_sums place_of(const hr_graph_context *graph, const hr_row_sums *sums, int64_t at,
                            double largest)
{
    const double vertices = (double)(graph->shard.users + graph->shard.movies);
    return hr_row_sums_from(sums, at, hr_exact_unit(vertices * largest));
}

hr_status hr_dense_gradient_outer(const hr_graph_context *graph, int64_t rows, hr_columns x, hr_columns y,
                                  float *pieces, const hr_row_sums *sums, int64_t at, hr_error *err)
{
    hr_status status = HR_OK;
    double most[2] = {0.0, 0.0};
    if (graph->exact) {
        HR_TRY(hr_exact_largest(&graph->grid.parts, x.at, rows * x.count, &most[0], err));
        HR_TRY(hr_exact_largest(&graph->grid.parts, y.at, rows * y.count, &most[1], err));
    }
    const hr_row_sums to = place_of(graph, sums, at, most[0] * most[1]);
    hr_dense_add_outer(rows, x, y, pieces, &to);
done:
    return status;
}

hr_status hr_dense_gradient_rows(const hr_graph_context *graph, int64_t rows, int64_t columns,
                                 const float *from, const hr_row_sums *sums, int64_t at, hr_error *err)
{
    hr_status status = HR_OK;
    double most = 0.0;
    if (graph->exact)
        HR_TRY(hr_exact_largest(&graph->grid.parts, from, rows * columns, &most, err));
    const hr_row_sums to = place_of(graph, sums, at, most);
    hr_dense_add_rows(rows, columns, from, &to);
done:
    return status;
}
