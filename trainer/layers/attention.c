#include "trainer/layers/attention.h"

#include "io/base/memory.h"

#include <math.h>
#include <string.h>

void hr_attention_free(hr_attention *t)
{
    free(t->target);
    free(t->source);
    hr_row_sums_free(&t->out);
    free(t->bound);
    hr_row_sums_free(&t->share);
    free(t->range);
    hr_row_sums_free(&t->gradient_target);
    hr_row_sums_free(&t->gradient_source);
    free(t->gradient_out);
    *t = (hr_attention){0};
}

hr_status hr_attention_create(hr_attention *t, hr_graph_context *graph, bool second, int64_t heads,
                              hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t rows = graph->shard.owned + graph->shard.ghosts, dim = graph->grid.dim;
    t->graph = graph;
    t->second = second;
    t->dim = dim;
    t->heads = heads;
    HR_ALLOC(t->target, rows * dim);
    HR_ALLOC(t->source, rows * dim);
    HR_TRY(hr_row_sums_create(&t->out, rows * dim, graph->summation, err));
    HR_ALLOC(t->bound, rows * heads);
    HR_TRY(hr_row_sums_create(&t->share, rows * 2 * heads, graph->summation, err));
    HR_ALLOC(t->range, 4 * dim);
    HR_TRY(hr_row_sums_create(&t->gradient_target, rows * dim, graph->summation, err));
    HR_TRY(hr_row_sums_create(&t->gradient_source, rows * dim, graph->summation, err));
    HR_ALLOC(t->gradient_out, rows * dim);
done:
    return status;
}

/* One head: its columns, and the weights that a target of either kind uses. */
typedef struct head {
    const hr_attention *t;
    int64_t number, first, columns;
    const hr_attention_weights *weights;
} head;

static head head_of(const hr_attention *t, int64_t number, const hr_attention_weights *weights)
{
    const int64_t columns = t->dim / t->heads;
    return (head){t, number, number * columns, columns, weights};
}

/* The highest and minus the lowest of a column among the sources of a kind of targets. */
static float *range_of(const hr_attention *t, int kind, int64_t column)
{
    return t->range + (kind * t->dim + column) * 2;
}

/* The range of the sources that this rank owns: of each column, or of a . S, in the head's first column. */
static void find_range(const head *h, int kind)
{
    const hr_attention *t = h->t;
    const hr_shard *shard = &t->graph->shard;
    const int64_t first = kind == 0 ? shard->owned_users : 0,
                  end = kind == 0 ? shard->owned : shard->owned_users;
    const float *a = h->weights[kind].a + h->first;
    for (int64_t c = 0; c < h->columns; c++)
        range_of(t, kind, h->first + c)[0] = range_of(t, kind, h->first + c)[1] = -INFINITY;
    for (int64_t v = first; v < end; v++) {
        const float *y = t->source + v * t->dim + h->first;
        float along = 0.0F;
        for (int64_t c = 0; c < h->columns; c++) {
            float *range = range_of(t, kind, h->first + c);
            along += a[c] * y[c];
            range[0] = t->second ? fmaxf(range[0], y[c]) : range[0];
            range[1] = t->second ? fmaxf(range[1], -y[c]) : range[1];
        }
        if (!t->second)
            range_of(t, kind, h->first)[0] = fmaxf(range_of(t, kind, h->first)[0], along);
    }
}

/* The bound of a target's e over all sources. */
static float bound_of(const head *h, int kind, int64_t target)
{
    const float *a = h->weights[kind].a + h->first, *b = h->weights[kind].b + h->first;
    const float *x = h->t->target + target * h->t->dim + h->first;
    float sum = h->t->second ? 0.0F : range_of(h->t, kind, h->first)[0];
    for (int64_t c = 0; c < h->columns; c++) {
        const float *range = range_of(h->t, kind, h->first + c);
        sum += h->t->second ? a[c] * hr_leaky(x[c] + (a[c] > 0.0F ? range[0] : -range[1])) : b[c] * x[c];
    }
    return h->t->second ? sum : hr_leaky(sum);
}

/* The edges here, as kernels read them. */
static hr_attention_edges edges_of(const hr_attention *t, const hr_attention_weights *weights)
{
    const hr_shard *shard = &t->graph->shard;
    return (hr_attention_edges){.second = t->second,
                                .dim = t->dim,
                                .heads = t->heads,
                                .users = shard->user_slots,
                                .ptr = shard->edge_ptr,
                                .edge_movie = shard->edge_movie,
                                .user_row = shard->user_row,
                                .movie_row = shard->movie_row,
                                .weights = weights,
                                .target = t->target,
                                .source = t->source,
                                .bound = t->bound,
                                .out = t->out,
                                .share = t->share,
                                .gradient_out = t->gradient_out,
                                .gradient_target = t->gradient_target,
                                .gradient_source = t->gradient_source};
}

/* A kernel over all edges, for all heads. */
static void sweep_heads(hr_attention *t, void (*kernel)(const hr_attention_edges *, int64_t),
                        const hr_attention_edges *edges)
{
    const double start = hr_seconds();
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < t->heads; i++)
        kernel(edges, i);
    hr_timing_add(&t->graph->timing, HR_TIME_COMPUTE, start);
}

static bool is_user(const hr_shard *shard, int64_t row)
{
    return shard->vertex[row] < shard->users;
}

static hr_status agree_on_ranges(hr_attention *t, const hr_attention_weights *weights, hr_error *err)
{
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < t->heads; i++) {
        const head h = head_of(t, i, weights);
        find_range(&h, 0);
        find_range(&h, 1);
    }
    return hr_max_f32(&t->graph->grid.parts, t->range, 4 * t->dim, err);
}

static void set_bounds(hr_attention *t, const hr_attention_weights *weights)
{
    const hr_shard *shard = &t->graph->shard;
    const int64_t rows = shard->owned + shard->ghosts;
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < t->heads; i++) {
        const head h = head_of(t, i, weights);
        for (int64_t v = 0; v < rows; v++)
            t->bound[v * t->heads + i] = bound_of(&h, is_user(shard, v) ? 0 : 1, v);
    }
}

/* The largest e of each vertex, wherever its edges lie. */
static hr_status find_largest(hr_attention *t, const hr_attention_weights *weights, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t values = (t->graph->shard.owned + t->graph->shard.ghosts) * t->heads;
    const hr_attention_edges edges = edges_of(t, weights);
    for (int64_t i = 0; i < values; i++)
        t->bound[i] = -INFINITY;
    sweep_heads(t, hr_attention_raise_bounds, &edges);
    HR_TRY(hr_graph_reduce_largest(t->graph, t->bound, t->heads, err));
    HR_TRY(hr_graph_scatter(t->graph, t->bound, t->heads, err));
done:
    return status;
}

/* Most neighbours that a vertex may have. */
static double most_neighbours(const hr_attention *t)
{
    return fmax((double)t->graph->shard.users, (double)t->graph->shard.movies);
}

/* Sets the bounds of e, which are subtracted from all e of a vertex. Reproducible sums have few bits for
 * terms that are much smaller than the sums could be, so their bound is the largest e itself; otherwise it is
 * one that takes no exchange of rows. */
static hr_status set_shifts(hr_attention *t, const hr_attention_weights *weights, hr_error *err)
{
    if (t->graph->summation == HR_SUM_REPRODUCIBLE)
        return find_largest(t, weights, err);
    const hr_status status = agree_on_ranges(t, weights, err);
    set_bounds(t, weights);
    return status;
}

/* Bounds the sums over a vertex's neighbours: no weight is above 1. */
static hr_status bound_sums(hr_attention *t, hr_error *err)
{
    double source;
    const hr_status status =
        hr_graph_largest_entry(t->graph, t->source, t->graph->shard.owned * t->dim, &source, err);
    hr_row_sums_bound(&t->share, most_neighbours(t));
    hr_row_sums_bound(&t->out, most_neighbours(t) * source);
    return status;
}

/* Divides the columns of each head by the head's sum of weights. */
static void scale_row(const hr_attention *t, float *rows, int64_t v, const float *sums)
{
    for (int64_t i = 0; i < t->heads; i++)
        for (int64_t c = 0; c < t->dim / t->heads; c++)
            rows[v * t->dim + i * (t->dim / t->heads) + c] *= sums[i] > 0.0F ? 1.0F / sums[i] : 0.0F;
}

hr_status hr_attention_forward(hr_attention *t, const hr_attention_weights weights[2], hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t owned = t->graph->shard.owned, rows = owned + t->graph->shard.ghosts;
    HR_TRY(hr_graph_scatter(t->graph, t->target, t->dim, err));
    HR_TRY(hr_graph_scatter(t->graph, t->source, t->dim, err));
    HR_TRY(set_shifts(t, weights, err));
    HR_TRY(bound_sums(t, err));
    hr_row_sums_clear(&t->out, rows * t->dim);
    hr_row_sums_clear(&t->share, rows * t->heads);
    const hr_attention_edges edges = edges_of(t, weights);
    sweep_heads(t, hr_attention_sum_forward, &edges);
    HR_TRY(hr_graph_reduce_sums(t->graph, &t->out, t->dim, err));
    HR_TRY(hr_graph_reduce_sums(t->graph, &t->share, t->heads, err));
    hr_row_sums_round(&t->out, owned * t->dim);
    hr_row_sums_round(&t->share, owned * t->heads);
    for (int64_t v = 0; v < owned; v++)
        scale_row(t, t->out.floats, v, t->share.floats + v * t->heads);
done:
    return status;
}

/* Appends gradient of out . out, head by head, to the sums of weights of each owned row. */
static void add_sums(hr_attention *t)
{
    const int64_t columns = t->dim / t->heads;
    float *share = t->share.floats;
    for (int64_t v = t->graph->shard.owned - 1; v >= 0; v--) { /* from the end, as rows get wider */
        float along[HR_ATTENTION_HEADS];
        for (int64_t i = 0; i < t->heads; i++) {
            const int64_t at = v * t->dim + i * columns;
            along[i] = 0.0F;
            for (int64_t c = 0; c < columns; c++)
                along[i] += t->gradient_out[at + c] * t->out.floats[at + c];
        }
        memmove(share + v * 2 * t->heads, share + v * t->heads, (size_t)t->heads * sizeof *share);
        memcpy(share + (v * 2 + 1) * t->heads, along, (size_t)t->heads * sizeof *share);
    }
}

static double largest_weight(const hr_attention *t, const hr_attention_weights weights[2])
{
    double most = 0.0;
    for (int kind = 0; kind < 2; kind++)
        for (int64_t c = 0; c < t->dim; c++)
            most = fmax(most, fmax(fabs((double)weights[kind].a[c]), fabs((double)weights[kind].b[c])));
    return most;
}

/* Bounds of the sums backward. The p of a target add up to 1, and of de = p (g - gradient of out . out)
 * both terms in parentheses are at most a head's columns times the largest gradient times the largest
 * source. */
static hr_status bound_gradients(hr_attention *t, const hr_attention_weights weights[2],
                                 hr_attention_gradients gradients[2], hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t values = t->graph->shard.owned * t->dim;
    const double vertices = (double)(t->graph->shard.users + t->graph->shard.movies);
    double target = 0.0, source = 0.0, out = 0.0;
    HR_TRY(hr_graph_largest_entry(t->graph, t->target, values, &target, err));
    HR_TRY(hr_graph_largest_entry(t->graph, t->source, values, &source, err));
    HR_TRY(hr_graph_largest_entry(t->graph, t->gradient_out, values, &out, err));
    const double pair = 2.0 * (double)(t->dim / t->heads) * out * source;
    const double along = pair * largest_weight(t, weights);
    hr_row_sums_bound(&t->gradient_target, along);
    hr_row_sums_bound(&t->gradient_source, most_neighbours(t) * (out + along));
    for (int kind = 0; kind < 2; kind++) {
        hr_row_sums_bound(&gradients[kind].a, vertices * pair * (target + source));
        hr_row_sums_bound(&gradients[kind].b, vertices * pair * (target + source));
    }
done:
    return status;
}

hr_status hr_attention_backward(hr_attention *t, const hr_attention_weights weights[2],
                                const hr_attention_gradients gradients[2], hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t owned = t->graph->shard.owned, rows = owned + t->graph->shard.ghosts;
    hr_attention_gradients to[2] = {gradients[0], gradients[1]};
    add_sums(t);
    HR_TRY(bound_gradients(t, weights, to, err));
    HR_TRY(hr_graph_scatter(t->graph, t->share.floats, 2 * t->heads, err));
    HR_TRY(hr_graph_scatter(t->graph, t->gradient_out, t->dim, err));
    hr_row_sums_clear(&t->gradient_target, rows * t->dim);
    hr_row_sums_clear(&t->gradient_source, rows * t->dim);
    hr_attention_edges edges = edges_of(t, weights);
    memcpy(edges.gradients, to, sizeof to);
    sweep_heads(t, hr_attention_sum_backward, &edges);
    HR_TRY(hr_graph_reduce_sums(t->graph, &t->gradient_target, t->dim, err));
    HR_TRY(hr_graph_reduce_sums(t->graph, &t->gradient_source, t->dim, err));
    hr_row_sums_round(&t->gradient_target, owned * t->dim);
    hr_row_sums_round(&t->gradient_source, owned * t->dim);
done:
    return status;
}
