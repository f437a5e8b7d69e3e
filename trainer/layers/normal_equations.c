#include "trainer/layers/normal_equations.h"

#include "io/base/memory.h"
#include "trainer/numerics/dense.h"
#include "trainer/numerics/exact.h"
#include "trainer/numerics/gram.h"

#include <cblas.h>
#include <string.h>

/* What exact sums need besides. */
static hr_status exact_new(hr_normal_equations *n, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(n->exact_product, (n->graph->shard.owned + n->graph->shard.ghosts) * n->dim);
    HR_ALLOC(n->exact_gram, n->dim * n->dim);
    HR_ALLOC(n->chunk, HR_GRAM_CHUNK * n->dim);
    HR_TRY(hr_row_blocks_create(&n->blocks, n->dim, n->dim, err));
done:
    return status;
}

hr_status hr_normal_equations_create(hr_normal_equations *n, hr_graph_context *graph, int64_t dim,
                                     const float *value, hr_error *err)
{
    hr_status status = HR_OK;
    n->graph = graph;
    n->dim = dim;
    HR_TRY(hr_pair_pass_create(&n->pass, &graph->shard, (int)(dim / HR_LANES), value, graph->exact, err));
    HR_ALLOC(n->product, (graph->shard.owned + graph->shard.ghosts) * dim);
    HR_ALLOC(n->gram, dim * dim);
    HR_ALLOC(n->pieces, HR_DENSE_PIECES * dim * dim);
    if (graph->exact)
        HR_TRY(exact_new(n, err));
done:
    return status;
}

void hr_normal_equations_free(hr_normal_equations *n)
{
    hr_pair_pass_free(&n->pass);
    free(n->product);
    free(n->gram);
    free(n->pieces);
    free(n->exact_product);
    free(n->exact_gram);
    free(n->chunk);
    hr_row_blocks_free(&n->blocks);
    *n = (hr_normal_equations){0};
}

/* The units of the next pass's sums: no score is more than its two rows allow, no vertex has more neighbours
 * than there are. */
static hr_status find_units(hr_normal_equations *n, bool by_value, const float *x, const float *rows,
                            hr_error *err)
{
    hr_status status = HR_OK;
    const hr_graph_context *graph = n->graph;
    const int64_t values = graph->shard.owned * n->dim;
    const double neighbours = (double)(graph->shard.users + graph->shard.movies), columns = (double)n->dim;
    const double value = n->pass.value ? fabs(graph->lowest_rating) + fabs(graph->highest_rating) : 1.0;
    double own = 0.0, row = 0.0;
    HR_TRY(hr_exact_largest(&graph->grid.parts, x, values, &own, err));
    HR_TRY(hr_exact_largest(&graph->grid.parts, rows, values, &row, err));
    const double weight = columns * own * row + (by_value ? value : 0.0);
    n->pass.unit = hr_exact_unit(weight * row * neighbours);
    n->pass.error_unit = hr_exact_unit(weight * weight * (double)graph->shard.edges_total);
done:
    return status;
}

/* In doubles, which become floats when all is summed. */
static hr_status pass_exactly(hr_normal_equations *n, hr_side_pass *pass, bool by_value, const float *x,
                              const float *rows, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t owned = n->graph->shard.owned * n->dim, all = owned + n->graph->shard.ghosts * n->dim;
    double *sum = n->exact_product, start = hr_seconds();
    HR_TRY(find_units(n, by_value, x, rows, err));
    memset(sum + owned, 0,
           (size_t)(all - owned) * sizeof *sum); /* ghosts of the other side count for nothing */
    pass(&n->pass, by_value, (const hr_f32x16 *)x, (const hr_f32x16 *)rows, (hr_f32x16 *)sum);
    start = hr_timing_add(&n->graph->timing, HR_TIME_COMPUTE, start);
    HR_TRY(hr_halo_reduce_f64(n->graph->halo, sum, n->dim, err));
    hr_timing_add(&n->graph->timing, HR_TIME_HALO, start);
    for (int64_t i = 0; i < owned; i++)
        n->product[i] = (float)sum[i];
done:
    return status;
}

hr_status hr_normal_equations_pass(hr_normal_equations *n, hr_side_pass *pass, bool by_value, const float *x,
                                   const float *rows, hr_error *err)
{
    const double start = hr_seconds();
    const hr_shard *shard = &n->graph->shard;
    if (n->graph->exact)
        return pass_exactly(n, pass, by_value, x, rows, err);
    memset(n->product + shard->owned * n->dim, 0, (size_t)(shard->ghosts * n->dim) * sizeof *n->product);
    pass(&n->pass, by_value, (const hr_f32x16 *)x, (const hr_f32x16 *)rows, (hr_f32x16 *)n->product);
    hr_timing_add(&n->graph->timing, HR_TIME_COMPUTE, start);
    return hr_graph_reduce(n->graph, n->product, n->dim, err);
}

static hr_status sum_gram_exactly(hr_normal_equations *n, const float *row, int64_t count, float factor,
                                  hr_error *err)
{
    hr_status status = HR_OK;
    const hr_shard *shard = &n->graph->shard;
    const hr_gram_rows rows = {row, count, n->dim, shard->users + shard->movies, true};
    HR_TRY(hr_gram_sum(&n->graph->grid.parts, &rows, n->chunk, n->exact_gram, err));
    for (int64_t i = 0; i < n->dim * n->dim; i++)
        n->gram[i] = (float)((double)factor * n->exact_gram[i]);
    hr_row_blocks_fill(&n->blocks, n->gram, n->dim);
done:
    return status;
}

hr_status hr_normal_equations_gram(hr_normal_equations *n, const float *row, int64_t count, float factor,
                                   hr_error *err)
{
    const hr_columns rows = hr_all_columns(row, n->dim);
    const double start = hr_seconds();
    if (n->graph->exact)
        return sum_gram_exactly(n, row, count, factor, err);
    hr_dense_outer(count, factor, rows, rows, 0.0F, n->pieces, n->gram);
    hr_timing_add(&n->graph->timing, HR_TIME_DENSE, start);
    return hr_sum_f32(&n->graph->grid.parts, n->gram, n->dim * n->dim, err);
}

/* Each row the same whatever others are multiplied with it. */
static void add_exactly(const hr_normal_equations *n, const float *x, float sign, int64_t count, float *to)
{
    const hr_row_blocks *gram = &n->blocks;
    for (int64_t v = 0; v < count; v++)
        for (int64_t block = 0; block < gram->count; block++)
            hr_block_scores_add(gram->line + block * gram->dim, gram->dim, x + v * n->dim, sign,
                                to + v * n->dim + block * HR_LANES);
}

void hr_normal_equations_add_gram(const hr_normal_equations *n, const float *x, float sign, int64_t count,
                                  float *to)
{
    const int dim = (int)n->dim;
    if (n->graph->exact)
        add_exactly(n, x, sign, count, to);
    else
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)count, dim, dim, sign, x, dim, n->gram,
                    dim, 1.0F, to, dim);
}
