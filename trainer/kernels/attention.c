#include "trainer/kernels/attention.h"

#include "trainer/kernels/simd.h"

#include <math.h>

/* One head: its number, and its columns of a row. */
typedef struct head_columns {
    int64_t number, first, columns;
} head_columns;

/* e of gatv2; of gat, before the leaky ReLU. kind is that of the target: 0 a user, 1 a movie. */
HR_BODY float raw_score(const hr_attention_edges *t, head_columns h, bool second, int kind, int64_t target,
                        int64_t source)
{
    const float *a = t->weights[kind].a + h.first, *b = t->weights[kind].b + h.first;
    const float *x = t->target + target * t->dim + h.first;
    const float *y = t->source + source * t->dim + h.first;
    float sum = 0.0F;
#pragma omp simd reduction(+ : sum)
    for (int64_t c = 0; c < h.columns; c++)
        sum += second ? a[c] * hr_leaky(x[c] + y[c]) : b[c] * x[c] + a[c] * y[c];
    return sum;
}

/* e, from raw scores. */
HR_BODY float score_of(bool second, float raw)
{
    return second ? raw : hr_leaky(raw);
}

/* exp(e - bound). */
HR_BODY float weight_of(const hr_attention_edges *t, head_columns h, bool second, float raw, int64_t target)
{
    return expf(score_of(second, raw) - t->bound[target * t->heads + h.number]);
}

HR_BODY void raise(const hr_attention_edges *t, head_columns h, bool second, int kind, int64_t target,
                   int64_t source)
{
    float *bound = &t->bound[target * t->heads + h.number];
    *bound = fmaxf(*bound, score_of(second, raw_score(t, h, second, kind, target, source)));
}

HR_BODY void forward(const hr_attention_edges *t, head_columns h, bool doubles, bool second, int kind,
                     int64_t target, int64_t source)
{
    const float weight = weight_of(t, h, second, raw_score(t, h, second, kind, target, source), target);
    hr_row_sums_add(&t->share, doubles, target * t->heads + h.number, 1.0F, &weight, 0, 1);
    hr_row_sums_add(&t->out, doubles, target * t->dim + h.first, weight,
                    t->source + source * t->dim + h.first, 0, h.columns);
}

/* Adds to one sum. */
HR_BODY void add(const hr_row_sums *sums, bool doubles, int64_t at, float value)
{
    if (doubles)
        sums->doubles[at] += hr_round_to_unit((double)value, sums->unit);
    else
        sums->floats[at] += value;
}

HR_BODY void backward(const hr_attention_edges *t, head_columns h, bool doubles, bool second, int kind,
                      int64_t target, int64_t source)
{
    const int64_t x_at = target * t->dim + h.first, y_at = source * t->dim + h.first;
    const float *a = t->weights[kind].a + h.first, *b = t->weights[kind].b + h.first;
    const hr_row_sums da = t->gradients[kind].a, db = t->gradients[kind].b;
    const hr_row_sums gradient_target = t->gradient_target, gradient_source = t->gradient_source;
    const float *sums = t->share.floats + target * 2 * t->heads;
    const float raw = raw_score(t, h, second, kind, target, source);
    const float p = weight_of(t, h, second, raw, target) / sums[h.number];
    float g = 0.0F;
#pragma omp simd reduction(+ : g)
    for (int64_t c = 0; c < h.columns; c++)
        g += t->gradient_out[x_at + c] * t->source[y_at + c];
    const float de = p * (g - sums[t->heads + h.number]), dq = de * hr_leaky_derivative(raw);
#pragma omp simd
    for (int64_t c = 0; c < h.columns; c++) {
        const float x = t->target[x_at + c], y = t->source[y_at + c];
        const float along = second ? de * a[c] * hr_leaky_derivative(x + y) : 0.0F;
        add(&gradient_target, doubles, x_at + c, second ? along : dq * b[c]);
        add(&gradient_source, doubles, y_at + c,
            p * t->gradient_out[x_at + c] + (second ? along : dq * a[c]));
        add(&da, doubles, h.first + c, second ? de * hr_leaky(x + y) : dq * y);
        add(&db, doubles, h.first + c, second ? 0.0F : dq * x);
    }
}

/* What is done to an edge in each of its directions. */
typedef enum action { RAISE, FORWARD, BACKWARD } action;

HR_BODY void visit(const hr_attention_edges *t, head_columns h, action what, bool doubles, bool second,
                   int kind, int64_t target, int64_t source)
{
    if (what == RAISE)
        raise(t, h, second, kind, target, source);
    else if (what == FORWARD)
        forward(t, h, doubles, second, kind, target, source);
    else
        backward(t, h, doubles, second, kind, target, source);
}

HR_BODY void sweep(const hr_attention_edges *t, action what, bool doubles, bool second, int64_t number,
                   int64_t columns)
{
    const head_columns h = {number, number * columns, columns};
    for (int64_t s = 0; s < t->users; s++)
        for (int64_t e = t->ptr[s]; e < t->ptr[s + 1]; e++) {
            const int64_t user = t->user_row[s], movie = t->movie_row[t->edge_movie[e]];
            visit(t, h, what, doubles, second, 0, user, movie);
            visit(t, h, what, doubles, second, 1, movie, user);
        }
}

typedef void variant(const hr_attention_edges *t, int64_t head);

/* Variants by model, each for a line of columns and for any number; and a table of the four. */
#define HR_ATTENTION_VARIANTS(name, what, doubles)                                                           \
    HR_VARIANT(void name##_gat_line(const hr_attention_edges *t, int64_t head),                              \
               sweep(t, what, doubles, false, head, HR_LANES))                                               \
    HR_VARIANT(void name##_gat_any(const hr_attention_edges *t, int64_t head),                               \
               sweep(t, what, doubles, false, head, t->dim / t->heads))                                      \
    HR_VARIANT(void name##_gatv2_line(const hr_attention_edges *t, int64_t head),                            \
               sweep(t, what, doubles, true, head, HR_LANES))                                                \
    HR_VARIANT(void name##_gatv2_any(const hr_attention_edges *t, int64_t head),                             \
               sweep(t, what, doubles, true, head, t->dim / t->heads))                                       \
    static variant *const name[2][2] = {{name##_gat_line, name##_gat_any},                                   \
                                        {name##_gatv2_line, name##_gatv2_any}};

HR_ATTENTION_VARIANTS(raise_bounds, RAISE, false)
HR_ATTENTION_VARIANTS(forward_floats, FORWARD, false)
HR_ATTENTION_VARIANTS(forward_doubles, FORWARD, true)
HR_ATTENTION_VARIANTS(backward_floats, BACKWARD, false)
HR_ATTENTION_VARIANTS(backward_doubles, BACKWARD, true)

static bool is_any(const hr_attention_edges *t)
{
    return t->dim / t->heads != HR_LANES;
}

void hr_attention_raise_bounds(const hr_attention_edges *edges, int64_t head)
{
    raise_bounds[edges->second][is_any(edges)](edges, head);
}

void hr_attention_sum_forward(const hr_attention_edges *edges, int64_t head)
{
    (edges->out.doubles ? forward_doubles : forward_floats)[edges->second][is_any(edges)](edges, head);
}

void hr_attention_sum_backward(const hr_attention_edges *edges, int64_t head)
{
    (edges->gradient_target.doubles ? backward_doubles : backward_floats)[edges->second][is_any(edges)](edges,
                                                                                                        head);
}
