#include "trainer/models/attention.h"

#include "io/memory.h"
#include "trainer/simd.h"

#include <math.h>
#include <string.h>

/* Slope of the leaky ReLU below 0, as published. */
static const float leak = 0.2F;

void hr_attention_free(hr_attention *t)
{
    free(t->target);
    free(t->source);
    free(t->out);
    free(t->bound);
    free(t->share);
    free(t->range);
    free(t->slope_target);
    free(t->slope_source);
    free(t->slope_out);
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
    HR_ALLOC(t->out, rows * dim);
    HR_ALLOC(t->bound, rows * heads);
    HR_ALLOC(t->share, rows * 2 * heads);
    HR_ALLOC(t->range, 4 * dim);
    HR_ALLOC(t->slope_target, rows * dim);
    HR_ALLOC(t->slope_source, rows * dim);
    HR_ALLOC(t->slope_out, rows * dim);
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

INLINE float leaky_slope(float x)
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

/* exp(e) over what the vertex's bound is. */
INLINE float weight_of(const head *h, bool second, float raw, int64_t target)
{
    const float e = second ? raw : leaky(raw);
    return expf(e - h->t->bound[target * h->t->heads + h->number]);
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

/* One edge: adds to the target what it pays to the source. */
INLINE void attend(const head *h, const hr_attention *t, const hr_attention_weights *gradients, bool second,
                   int64_t columns, int kind, int64_t target, int64_t source)
{
    (void)gradients;
    const float weight = weight_of(h, second, raw_score(h, second, columns, kind, target, source), target);
    float *out = t->out + target * t->dim + h->first;
    const float *y = t->source + source * t->dim + h->first;
    t->share[target * t->heads + h->number] += weight;
#pragma omp simd
    for (int64_t c = 0; c < columns; c++)
        out[c] += weight * y[c];
}

/* A head's way over all edges, in both directions. */
typedef void walk(const head *h, const hr_attention *t, const hr_attention_weights *gradients);

/* One of them, compiled for either model and a number of columns. */
#define WALK(name, visit, second, columns)                                                                   \
    HR_SIMD static void name(const head *h, const hr_attention *t, const hr_attention_weights *gradients)    \
    {                                                                                                        \
        const hr_shard *shard = &t->graph->shard;                                                            \
        for (int64_t s = 0; s < shard->user_slots; s++)                                                      \
            for (int64_t e = shard->edge_ptr[s]; e < shard->edge_ptr[s + 1]; e++) {                          \
                const int64_t user = shard->user_row[s], movie = shard->movie_row[shard->edge_movie[e]];     \
                visit(h, t, gradients, (second), (columns), 0, user, movie);                                 \
                visit(h, t, gradients, (second), (columns), 1, movie, user);                                 \
            }                                                                                                \
    }

/* By model, then for a line of columns and for any. */
#define WALKS(visit)                                                                                         \
    WALK(visit##_gat_line, visit, false, HR_LANES)                                                           \
    WALK(visit##_gat_any, visit, false, h->columns)                                                          \
    WALK(visit##_gatv2_line, visit, true, HR_LANES)                                                          \
    WALK(visit##_gatv2_any, visit, true, h->columns)                                                         \
    static walk *const visit##_walks[2][2] = {{visit##_gat_line, visit##_gat_any},                           \
                                              {visit##_gatv2_line, visit##_gatv2_any}};

WALKS(attend)

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

/* Sums over the edges here, for all rows here. */
static void attend_all(hr_attention *t, const hr_attention_weights *weights)
{
    const hr_shard *shard = &t->graph->shard;
    const int64_t rows = shard->owned + shard->ghosts;
    const double start = MPI_Wtime();
    memset(t->out, 0, (size_t)(rows * t->dim) * sizeof *t->out);
    memset(t->share, 0, (size_t)(rows * t->heads) * sizeof *t->share);
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < t->heads; i++) {
        const head h = head_of(t, i, weights);
        for (int64_t v = 0; v < rows; v++)
            t->bound[v * t->heads + i] = bound_of(&h, is_user(shard, v) ? 0 : 1, v);
        attend_walks[t->second][h.columns != HR_LANES](&h, t, NULL);
    }
    hr_timing_add(&t->graph->timing, HR_TIME_COMPUTE, start);
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
    HR_TRY(agree_on_ranges(t, weights, err));
    HR_TRY(hr_graph_scatter(t->graph, t->target, t->dim, err));
    HR_TRY(hr_graph_scatter(t->graph, t->source, t->dim, err));
    attend_all(t, weights);
    HR_TRY(hr_graph_reduce(t->graph, t->out, t->dim, err));
    HR_TRY(hr_graph_reduce(t->graph, t->share, t->heads, err));
    for (int64_t v = 0; v < t->graph->shard.owned; v++)
        scale_row(t, t->out, v, t->share + v * t->heads);
done:
    return status;
}

/* One edge backward. With p = exp(e) / sum and g = slope of out . S:  dS = p slope,  de = p (g - slope .
 * out). */
INLINE void attend_back(const head *h, const hr_attention *t, const hr_attention_weights *gradients,
                        bool second, int64_t columns, int kind, int64_t target, int64_t source)
{
    const int64_t x_at = target * t->dim + h->first, y_at = source * t->dim + h->first;
    const float *a = h->weights[kind].a + h->first, *b = h->weights[kind].b + h->first;
    float *da = gradients[kind].a + h->first, *db = gradients[kind].b + h->first;
    const float *sums = t->share + target * 2 * t->heads;
    const float raw = raw_score(h, second, columns, kind, target, source);
    const float p = weight_of(h, second, raw, target) / sums[h->number];
    float g = 0.0F;
#pragma omp simd reduction(+ : g)
    for (int64_t c = 0; c < columns; c++)
        g += t->slope_out[x_at + c] * t->source[y_at + c];
    const float de = p * (g - sums[t->heads + h->number]), dq = de * leaky_slope(raw);
#pragma omp simd
    for (int64_t c = 0; c < columns; c++) {
        const float x = t->target[x_at + c], y = t->source[y_at + c];
        const float along = second ? de * a[c] * leaky_slope(x + y) : 0.0F;
        t->slope_target[x_at + c] += second ? along : dq * b[c];
        t->slope_source[y_at + c] += p * t->slope_out[x_at + c] + (second ? along : dq * a[c]);
        da[c] += second ? de * leaky(x + y) : dq * y;
        db[c] += second ? 0.0F : dq * x;
    }
}

WALKS(attend_back)

/* Beside each owned row's sums of exp, its slope . out, head by head. */
static void add_sums(hr_attention *t)
{
    const int64_t columns = t->dim / t->heads;
    for (int64_t v = t->graph->shard.owned - 1; v >= 0; v--) { /* from the end, as rows get wider */
        float along[64];
        for (int64_t i = 0; i < t->heads; i++) {
            const int64_t at = v * t->dim + i * columns;
            along[i] = 0.0F;
            for (int64_t c = 0; c < columns; c++)
                along[i] += t->slope_out[at + c] * t->out[at + c];
        }
        memmove(t->share + v * 2 * t->heads, t->share + v * t->heads, (size_t)t->heads * sizeof *t->share);
        memcpy(t->share + (v * 2 + 1) * t->heads, along, (size_t)t->heads * sizeof *t->share);
    }
}

hr_status hr_attention_backward(hr_attention *t, const hr_attention_weights weights[2],
                                const hr_attention_weights gradients[2], hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t values = (t->graph->shard.owned + t->graph->shard.ghosts) * t->dim;
    add_sums(t);
    HR_TRY(hr_graph_scatter(t->graph, t->share, 2 * t->heads, err));
    HR_TRY(hr_graph_scatter(t->graph, t->slope_out, t->dim, err));
    const double start = MPI_Wtime();
    memset(t->slope_target, 0, (size_t)values * sizeof *t->slope_target);
    memset(t->slope_source, 0, (size_t)values * sizeof *t->slope_source);
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < t->heads; i++) {
        const head h = head_of(t, i, weights);
        attend_back_walks[t->second][h.columns != HR_LANES](&h, t, gradients);
    }
    hr_timing_add(&t->graph->timing, HR_TIME_COMPUTE, start);
    HR_TRY(hr_graph_reduce(t->graph, t->slope_target, t->dim, err));
    HR_TRY(hr_graph_reduce(t->graph, t->slope_source, t->dim, err));
done:
    return status;
}
