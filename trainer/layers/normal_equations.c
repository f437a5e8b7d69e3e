#include "trainer/layers/normal_equations.h"

#include <math.h>

hr_status hr_normal_equations_create(hr_normal_equations *n, hr_graph_context *graph, int64_t dim,
                                     const float *value, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t rows = graph->shard.owned + graph->shard.ghosts;
    n->graph = graph;
    n->dim = dim;
    HR_TRY(hr_pair_pass_create(&n->pass, &graph->shard, (int)(dim / HR_LANES), value, graph->summation, err));
    HR_TRY(hr_row_sums_create(&n->sums, rows * dim, graph->summation, err));
    n->product = n->sums.floats;
    HR_TRY(hr_gram_create(&n->gram, graph->summation, dim, err));
done:
    return status;
}

void hr_normal_equations_free(hr_normal_equations *n)
{
    hr_pair_pass_free(&n->pass);
    hr_row_sums_free(&n->sums);
    hr_gram_free(&n->gram);
    *n = (hr_normal_equations){0};
}

/* Bounds the sums of the next pass: a score is at most columns x the largest entries of both sides, and a
 * vertex has at most as many neighbours as there are vertices. */
static hr_status bound_sums(hr_normal_equations *n, bool by_value, const float *x, const float *rows,
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
    const double weight = columns * own * row + (by_value ? value : 0.0);
    n->pass.unit = hr_sum_unit(graph->summation, weight * row * neighbours);
    n->pass.error_unit = hr_sum_unit(graph->summation, weight * weight * (double)graph->shard.edges_total);
done:
    return status;
}

hr_status hr_normal_equations_pass(hr_normal_equations *n, hr_side_pass *pass, bool by_value, const float *x,
                                   const float *rows, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_shard *shard = &n->graph->shard;
    const int64_t owned = shard->owned * n->dim;
    hr_row_sums ghosts = hr_row_sums_from(&n->sums, owned, 0.0); /* the pass writes those of one side */
    const double start = hr_seconds();
    HR_TRY(bound_sums(n, by_value, x, rows, err));
    hr_row_sums_clear(&ghosts, shard->ghosts * n->dim);
    pass(&n->pass, by_value, (const hr_line *)x, (const hr_line *)rows, hr_row_sums_lines(&n->sums));
    hr_timing_add(&n->graph->timing, HR_TIME_COMPUTE, start);
    HR_TRY(hr_graph_reduce_sums(n->graph, &n->sums, n->dim, err));
    hr_row_sums_round(&n->sums, owned);
done:
    return status;
}

hr_status hr_normal_equations_gram(hr_normal_equations *n, const float *row, int64_t count, float factor,
                                   hr_error *err)
{
    const int64_t vertices = n->graph->shard.users + n->graph->shard.movies;
    const double start = hr_seconds();
    const hr_status status = hr_gram_make(&n->gram, &n->graph->grid.parts, row, count, vertices, factor, err);
    hr_timing_add(&n->graph->timing, HR_TIME_DENSE, start);
    return status;
}

void hr_normal_equations_add_gram(const hr_normal_equations *n, const float *x, float sign, int64_t count,
                                  float *to)
{
    hr_gram_add_product(&n->gram, x, sign, count, to);
}
