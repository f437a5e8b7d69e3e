#include "trainer/layers/attention.h"

#include "io/base/memory.h"
#include "trainer/kernels/simd.h"

#include <math.h>
#include <string.h>

/* Slope of the leaky ReLU below 0, as published. */
static const float leak = 0.2F;

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

#define INLINE static inline __attribute__((always_inline))

INLINE float leaky(float x)
{
    return x > 0.0F ? x : leak * x;
}

INLINE float leaky_derivative(float x)
{
    return x > 0.0F ? 1.0F : leak;
}

/* e of gatv2; of gat, before the leaky ReLU. */
INLINE float raw_score(const head *h, bool second, int64_t columns, int kind, int64_t target, int64_t source)
{
    const float *a = h->weights[kind].a + h->first, *b = h->weights[kind].b + h->first;
    const float *x = h->t->target + target * h->t->dim + h->first;
    const float *y = h->t->source + source * h->t->dim + h->first;
    float sum = 0.0F;
#pragma omp simd reduction(+ : sum)
    for (int64_t c = 0; c < columns; c++)
        sum += second ? a[c] * leaky(x[c] + y[c]) : b[c] * x[c] + a[c] * y[c];
    return sum;
}

/* e, of raw scores. */
INLINE float score_of(bool second, float raw)
{
    return second ? raw : leaky(raw);
}

/* exp(e) over what the vertex's bound is. */
INLINE float weight_of(const head *h, bool second, float raw, int64_t target)
{
    return expf(score_of(second, raw) - h->t->bound[target * h->t->heads + h->number]);
}

/* Where the highest and the lowest of a source kind's column stand in range; kind is that of the target. */
static float *range_of(const hr_attention *t, int kind, int64_t column)
{
    return t->range + (kind * t->dim + column) * 2;
}

/* What the sources that this rank owns reach: of each column, or of a . S, which goes to a head's first. */
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

/* The bound of a target's e over all sources there are. */
static float bound_of(const head *h, int kind, int64_t target)
{
    const float *a = h->weights[kind].a + h->first, *b = h->weights[kind].b + h->first;
    const float *x = h->t->target + target * h->t->dim + h->first;
    float sum = h->t->second ? 0.0F : range_of(h->t, kind, h->first)[0];
    for (int64_t c = 0; c < h->columns; c++) {
        const float *range = range_of(h->t, kind, h->first + c);
        sum += h->t->second ? a[c] * leaky(x[c] + (a[c] > 0.0F ? range[0] : -range[1])) : b[c] * x[c];
    }
    return h->t->second ? sum : leaky(sum);
}

/* One edge: raises the target's bound to its e. */
INLINE void raise(const head *h, const hr_attention *t, const hr_attention_gradients *gradients, bool exact,
                  bool second, int64_t columns, int kind, int64_t target, int64_t source)
{
    (void)gradients;
    (void)exact;
    float *bound = &t->bound[target * t->heads + h->number];
    *bound = fmaxf(*bound, score_of(second, raw_score(h, second, columns, kind, target, source)));
}

/* One edge: adds to the target what it pays to the source. */
INLINE void attend(const head *h, const hr_attention *t, const hr_attention_gradients *gradients, bool exact,
                   bool second, int64_t columns, int kind, int64_t target, int64_t source)
{
    (void)gradients;
    const float weight = weight_of(h, second, raw_score(h, second, columns, kind, target, source), target);
    hr_row_sums_add(&t->share, exact, target * t->heads + h->number, 1.0F, &weight, 0, 1);
    hr_row_sums_add(&t->out, exact, target * t->dim + h->first, weight,
                    t->source + source * t->dim + h->first, 0, columns);
}

/* A head's way over all edges, in both directions. */
typedef void walk(const head *h, const hr_attention *t, const hr_attention_gradients *gradients);

/* One of them, compiled for either kind of sums and model, and a number of columns. */
#define WALK(name, visit, exact, second, columns)                                                            \
    HR_SIMD static void name(const head *h, const hr_attention *t, const hr_attention_gradients *gradients)  \
    {                                                                                                        \
        const hr_shard *shard = &t->graph->shard;                                                            \
        for (int64_t s = 0; s < shard->user_slots; s++)                                                      \
            for (int64_t e = shard->edge_ptr[s]; e < shard->edge_ptr[s + 1]; e++) {                          \
                const int64_t user = shard->user_row[s], movie = shard->movie_row[shard->edge_movie[e]];     \
                visit(h, t, gradients, (exact), (second), (columns), 0, user, movie);                        \
                visit(h, t, gradients, (exact), (second), (columns), 1, movie, user);                        \
            }                                                                                                \
    }

/* By model, then for a line of columns and for any. */
#define WALKS(name, visit, exact)                                                                            \
    WALK(name##_gat_line, visit, exact, false, HR_LANES)                                                     \
    WALK(name##_gat_any, visit, exact, false, h->columns)                                                    \
    WALK(name##_gatv2_line, visit, exact, true, HR_LANES)                                                    \
    WALK(name##_gatv2_any, visit, exact, true, h->columns)                                                   \
    static walk *const name[2][2] = {{name##_gat_line, name##_gat_any},                                      \
                                     {name##_gatv2_line, name##_gatv2_any}};

WALKS(raise_bounds, raise, true)
WALKS(attend_floats, attend, false)
WALKS(attend_doubles, attend, true)

/* All heads' ways. */
static void walk_heads(hr_attention *t, walk *const walks[2][2], const hr_attention_weights *weights,
                       const hr_attention_gradients *gradients)
{
    const double start = hr_seconds();
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < t->heads; i++) {
        const head h = head_of(t, i, weights);
        walks[t->second][h.columns != HR_LANES](&h, t, gradients);
    }
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
    for (int64_t i = 0; i < values; i++)
        t->bound[i] = -INFINITY;
    walk_heads(t, raise_bounds, weights, NULL);
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

/* What is taken off all e of a vertex: their maximum where sums are reproducible, for terms much smaller than the
 * sums' bounds would lose digits; otherwise a bound of them that takes no exchange of rows. */
static hr_status shift_scores(hr_attention *t, const hr_attention_weights *weights, hr_error *err)
{
    if (t->graph->summation == HR_SUM_REPRODUCIBLE)
        return find_largest(t, weights, err);
    const hr_status status = agree_on_ranges(t, weights, err);
    set_bounds(t, weights);
    return status;
}

/* Bounds of the sums over a vertex's neighbours: no weight is above 1. */
static hr_status bound_sums(hr_attention *t, hr_error *err)
{
    double source;
    const hr_status status =
        hr_graph_largest_entry(t->graph, t->source, t->graph->shard.owned * t->dim, &source, err);
    hr_row_sums_bound(&t->share, most_neighbours(t));
    hr_row_sums_bound(&t->out, most_neighbours(t) * source);
    return status;
}

/* A head's columns of a row times or over a number. */
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
    HR_TRY(shift_scores(t, weights, err));
    HR_TRY(bound_sums(t, err));
    hr_row_sums_clear(&t->out, rows * t->dim);
    hr_row_sums_clear(&t->share, rows * t->heads);
    walk_heads(t, t->out.doubles ? attend_doubles : attend_floats, weights, NULL);
    HR_TRY(hr_graph_reduce_sums(t->graph, &t->out, t->dim, err));
    HR_TRY(hr_graph_reduce_sums(t->graph, &t->share, t->heads, err));
    hr_row_sums_round(&t->out, owned * t->dim);
    hr_row_sums_round(&t->share, owned * t->heads);
    for (int64_t v = 0; v < owned; v++)
        scale_row(t, t->out.floats, v, t->share.floats + v * t->heads);
done:
    return status;
}

/* Adds to one sum. */
INLINE void add(const hr_row_sums *sums, bool exact, int64_t at, float value)
{
    if (exact)
        sums->exact[at] += hr_exact_round((double)value, sums->unit);
    else
        sums->floats[at] += value;
}

/* One edge backward. With p = exp(e) / sum and g = slope of out . S:  dS = p slope,  de = p (g - slope .
 * out). */
INLINE void attend_back(const head *h, const hr_attention *t, const hr_attention_gradients *gradients,
                        bool exact, bool second, int64_t columns, int kind, int64_t target, int64_t source)
{
    const int64_t x_at = target * t->dim + h->first, y_at = source * t->dim + h->first;
    const float *a = h->weights[kind].a + h->first, *b = h->weights[kind].b + h->first;
    const hr_row_sums da = hr_row_sums_from(&gradients[kind].a, h->first, gradients[kind].a.unit),
                      db = hr_row_sums_from(&gradients[kind].b, h->first, gradients[kind].b.unit);
    const hr_row_sums gradient_target = t->gradient_target, gradient_source = t->gradient_source;
    const float *sums = t->share.floats + target * 2 * t->heads;
    const float raw = raw_score(h, second, columns, kind, target, source);
    const float p = weight_of(h, second, raw, target) / sums[h->number];
    float g = 0.0F;
#pragma omp simd reduction(+ : g)
    for (int64_t c = 0; c < columns; c++)
        g += t->gradient_out[x_at + c] * t->source[y_at + c];
    const float de = p * (g - sums[t->heads + h->number]), dq = de * leaky_derivative(raw);
#pragma omp simd
    for (int64_t c = 0; c < columns; c++) {
        const float x = t->target[x_at + c], y = t->source[y_at + c];
        const float along = second ? de * a[c] * leaky_derivative(x + y) : 0.0F;
        add(&gradient_target, exact, x_at + c, second ? along : dq * b[c]);
        add(&gradient_source, exact, y_at + c, p * t->gradient_out[x_at + c] + (second ? along : dq * a[c]));
        add(&da, exact, c, second ? de * leaky(x + y) : dq * y);
        add(&db, exact, c, second ? 0.0F : dq * x);
    }
}

WALKS(back_floats, attend_back, false)
WALKS(back_doubles, attend_back, true)

/* Beside each owned row's sums of exp, its slope . out, head by head. */
static void add_sums(hr_attention *t)
{
    const int64_t columns = t->dim / t->heads;
    float *share = t->share.floats;
    for (int64_t v = t->graph->shard.owned - 1; v >= 0; v--) { /* from the end, as rows get wider */
        float along[64];
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

/* Bounds of the sums backward: a target's p add up to 1, and of a pair's de = p (g - slope . out) neither g
 * nor the other passes a head's columns times the largest slope times the largest source. */
static hr_status bound_back_sums(hr_attention *t, const hr_attention_weights weights[2],
                                 hr_attention_gradients gradients[2], hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t values = t->graph->shard.owned * t->dim;
    const double vertices = (double)(t->graph->shard.users + t->graph->shard.movies);
    double target, source, slope;
    HR_TRY(hr_graph_largest_entry(t->graph, t->target, values, &target, err));
    HR_TRY(hr_graph_largest_entry(t->graph, t->source, values, &source, err));
    HR_TRY(hr_graph_largest_entry(t->graph, t->gradient_out, values, &slope, err));
    const double pair = 2.0 * (double)(t->dim / t->heads) * slope * source;
    const double along = pair * largest_weight(t, weights);
    hr_row_sums_bound(&t->gradient_target, along);
    hr_row_sums_bound(&t->gradient_source, most_neighbours(t) * (slope + along));
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
    HR_TRY(bound_back_sums(t, weights, to, err));
    HR_TRY(hr_graph_scatter(t->graph, t->share.floats, 2 * t->heads, err));
    HR_TRY(hr_graph_scatter(t->graph, t->gradient_out, t->dim, err));
    hr_row_sums_clear(&t->gradient_target, rows * t->dim);
    hr_row_sums_clear(&t->gradient_source, rows * t->dim);
    walk_heads(t, t->out.doubles ? back_doubles : back_floats, weights, to);
    HR_TRY(hr_graph_reduce_sums(t->graph, &t->gradient_target, t->dim, err));
    HR_TRY(hr_graph_reduce_sums(t->graph, &t->gradient_source, t->dim, err));
    hr_row_sums_round(&t->gradient_target, owned * t->dim);
    hr_row_sums_round(&t->gradient_source, owned * t->dim);
done:
    return status;
}
