#include "trainer/graph/dense_gradient.h"

#include "trainer/numerics/dense.h"

/* The sums from number `at` on, each of a product or less for every vertex of the graph, where
 * the product of the factors is at most `largest` in size. */
static hr_row_sums sums_from(const hr_graph_context *graph, const hr_row_sums *sums, int64_t at,
                             double largest)
{
    const double vertices = (double)(graph->shard.users + graph->shard.movies);
    return hr_row_sums_from(sums, at, hr_sum_unit(graph->summation, vertices * largest));
}

hr_status hr_dense_gradient_outer(const hr_graph_context *graph, int64_t rows, hr_columns x, hr_columns y,
                                  float *pieces, const hr_row_sums *sums, int64_t at, hr_error *err)
{
    hr_status status = HR_OK;
    double most[2];
    HR_TRY(hr_graph_largest_entry(graph, x.at, rows * x.count, &most[0], err));
    HR_TRY(hr_graph_largest_entry(graph, y.at, rows * y.count, &most[1], err));
    const hr_row_sums to = sums_from(graph, sums, at, most[0] * most[1]);
    hr_dense_add_outer(rows, x, y, pieces, &to);
done:
    return status;
}

hr_status hr_dense_gradient_rows(const hr_graph_context *graph, int64_t rows, int64_t columns,
                                 const float *from, const hr_row_sums *sums, int64_t at, hr_error *err)
{
    hr_status status = HR_OK;
    double most;
    HR_TRY(hr_graph_largest_entry(graph, from, rows * columns, &most, err));
    const hr_row_sums to = sums_from(graph, sums, at, most);
    hr_dense_add_rows(rows, columns, from, &to);
done:
    return status;
}
