#include "trainer/layers/normal_equations.h"

#include <math.h>

hr_status hr_normal_equations_create(hr_normal_equations *n, hr_graph_context *graph, int64_t columns,
                                     int64_t dim, const float *value, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t rows = graph->shard.owned + graph->shard.ghosts;
    n->graph = graph;
    n->dim = dim;
    HR_TRY(hr_pair_pass_create(&n->pass, &graph->shard, dim, value, graph->summation, err));
    HR_TRY(hr_row_sums_create(&n->rows, rows * dim, graph->summation, err));
    HR_TRY(hr_row_sums_create(&n->squares, rows, graph->summation, err));
    HR_TRY(hr_row_sums_create(&n->moment, dim, graph->summation, err));
    HR_TRY(hr_gram_basis_create(&n->basis, graph->summation, columns, dim, err));
    n->product = n->rows.floats;
    n->curvature = n->squares.floats;
done:
    return status;
}

void hr_normal_equations_free(hr_normal_equations *n)
{
    hr_pair_pass_free(&n->pass);
    hr_row_sums_free(&n->rows);
    hr_row_sums_free(&n->squares);
    hr_row_sums_free(&n->moment);
    hr_gram_basis_free(&n->basis);
    *n = (hr_normal_equations){0};
}

/* Bounds the sums of the next pass: a score is at most columns x the largest entries of both sides, and a
 * vertex has at most as many neighbours as there are vertices. */
static hr_status bound_sums(hr_normal_equations *n, hr_pair_terms terms, const float *x, const float *rows,
                            hr_error *err)
{
    hr_status status = HR_OK;
    const hr_graph_context *graph = n->graph;
    const int64_t values = graph->shard.owned * n->dim;
    const double neighbours = (double)(graph->shard.users + graph->shard.movies), columns = (double)n->dim;
    const double value = n->pass.value ? fabs(graph->lowest_rating) + fabs(graph->highest_rating) : 1.0;
    double own, row;
    HR_TRY(hr_graph_largest_entry(graph, x, values, &own, err));
    HR_TRY(hr_graph_largest_entry(graph, rows, values, &row, err));
    const double weight = columns * own * row + (terms == HR_PAIR_RESIDUALS ? value : 0.0);
    hr_row_sums_bound(&n->rows, weight * row * neighbours);
    hr_row_sums_bound(&n->squares, weight * weight * neighbours);
    n->pass.error_unit = hr_sum_unit(graph->summation, weight * weight * (double)graph->shard.edges_total);
done:
    return status;
}

hr_status hr_normal_equations_pass(hr_normal_equations *n, hr_side_pass *pass, hr_pair_terms terms,
                                   const float *x, const float *rows, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_shard *shard = &n->graph->shard;
    const hr_row_sums *to = terms == HR_PAIR_SQUARES ? &n->squares : &n->rows;
    const int64_t width = terms == HR_PAIR_SQUARES ? 1 : n->dim, owned = shard->owned * width;
    hr_row_sums ghosts = hr_row_sums_from(to, owned, 0.0); /* the pass writes those of one side */
    const double start = hr_seconds();
    HR_TRY(bound_sums(n, terms, x, rows, err));
    hr_row_sums_clear(&ghosts, shard->ghosts * width);
    pass(&n->pass, terms, x, rows, to);
    hr_timing_add(&n->graph->timing, HR_TIME_COMPUTE, start);
    HR_TRY(hr_graph_reduce_sums(n->graph, to, width, err));
    hr_row_sums_round(to, owned);
done:
    return status;
}

hr_status hr_normal_equations_rotate(hr_normal_equations *n, int64_t first, int64_t count, float factor,
                                     float **rows, float **other, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_shard *shard = &n->graph->shard;
    const hr_gram_rows side = {*rows + first * n->dim, count, n->dim, shard->users + shard->movies,
                               n->graph->summation};
    float *was = *rows;
    const double start = hr_seconds();
    HR_TRY(hr_gram_basis_find(&n->basis, &n->graph->grid.parts, &side, factor, err));
    hr_gram_basis_rotate(&n->basis, was, shard->owned, *other);
    *rows = *other;
    *other = was;
    hr_timing_add(&n->graph->timing, HR_TIME_DENSE, start);
done:
    return status;
}

/* Adds degree * factor * the squares of the entries of each row to the sums: a thread takes some columns. */
static void add_squares(const hr_row_sums *sums, const int32_t *degree, float factor, int64_t count,
                        int64_t dim, const float *row)
{
    const int64_t share = hr_columns_a_thread(dim);
#pragma omp parallel for schedule(static)
    for (int64_t first = 0; first < dim; first += share) {
        const int64_t end = first + share < dim ? first + share : dim;
        for (int64_t v = 0; v < count; v++)
            hr_row_sums_add_row_product(sums, 0, (float)degree[v] * factor, row + v * dim, row + v * dim,
                                        first, end);
    }
}

hr_status hr_normal_equations_moment(hr_normal_equations *n, int64_t first, int64_t count, const float *rows,
                                     hr_error *err)
{
    hr_status status = HR_OK;
    const hr_shard *shard = &n->graph->shard;
    const double edges = (double)(shard->edges_total > 0 ? shard->edges_total : 1), start = hr_seconds();
    const float factor = (float)(1.0 / edges);
    double largest;
    HR_TRY(hr_graph_largest_entry(n->graph, rows + first * n->dim, count * n->dim, &largest, err));
    hr_row_sums_clear(&n->moment, n->dim);
    hr_row_sums_bound(&n->moment, edges * largest * largest);
    add_squares(&n->moment, shard->degree + first, hr_row_sums_term_factor(&n->moment, factor), count, n->dim,
                rows + first * n->dim);
    HR_TRY(hr_row_sums_all(&n->moment, &n->graph->grid.parts, n->dim, err));
    hr_row_sums_round_scaled(&n->moment, factor, n->dim);
    hr_timing_add(&n->graph->timing, HR_TIME_OPTIMISER, start);
done:
    return status;
}
