#include "trainer/kernels/attention.h"

#include "trainer/simd/vectors.h"

#include <math.h>

/* One head: its number, and its columns of a row. */
typedef struct head_columns {
    int64_t number, first, columns;
} head_columns;

/* The leaky ReLU and its derivative (attention.h). */
HR_BODY hr_regs leaky(hr_regs x)
{
    return hr_regs_by_sign(x, x, hr_regs_scale(hr_leak, x));
}

HR_BODY hr_regs leaky_derivative(hr_regs x)
{
    return hr_regs_by_sign(x, hr_regs_all(1.0F), hr_regs_all(hr_leak));
}

/* A line of columns of what an edge reads, from column `at` of the head on; zero beyond the head. */
typedef struct edge_line {
    hr_regs target, source, a, b;
} edge_line;

HR_BODY edge_line read_line(const hr_attention_edges *t, head_columns h, int kind, int64_t target,
                            int64_t source, int64_t at)
{
    const size_t bytes = hr_lanes_bytes(h.columns, at);
    const int64_t column = h.first + at;
    return (edge_line){hr_regs_load_part(t->target + target * t->dim + column, bytes),
                       hr_regs_load_part(t->source + source * t->dim + column, bytes),
                       hr_regs_load_part(t->weights[kind].a + column, bytes),
                       hr_regs_load_part(t->weights[kind].b + column, bytes)};
}

/* e of gatv2; of gat, before the leaky ReLU. kind is that of the target: 0 a user, 1 a movie. */
HR_BODY float raw_score(const hr_attention_edges *t, head_columns h, bool fused, bool second, int kind,
                        int64_t target, int64_t source)
{
    hr_regs sum = hr_regs_zero();
    for (int64_t c = 0; c < h.columns; c += HR_LANES) {
        const edge_line l = read_line(t, h, kind, target, source, c);
        if (second) {
            sum = hr_regs_add_product(fused, sum, l.a, leaky(hr_regs_add(l.target, l.source)));
        } else {
            sum = hr_regs_add_product(fused, sum, l.b, l.target);
            sum = hr_regs_add_product(fused, sum, l.a, l.source);
        }
    }
    return hr_regs_sum(sum);
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

/* Not fused, as bounds are for plain and reproducible sums. */
HR_BODY void raise(const hr_attention_edges *t, head_columns h, bool second, int kind, int64_t target,
                   int64_t source)
{
    float *bound = &t->bound[target * t->heads + h.number];
    *bound = fmaxf(*bound, score_of(second, raw_score(t, h, false, second, kind, target, source)));
}

HR_BODY void forward(const hr_attention_edges *t, head_columns h, bool doubles, bool second, int kind,
                     int64_t target, int64_t source)
{
    const float raw = raw_score(t, h, !doubles, second, kind, target, source);
    const float weight = weight_of(t, h, second, raw, target);
    hr_row_sums_add(&t->share, doubles, target * t->heads + h.number, 1.0F, &weight, 0, 1);
    hr_row_sums_add(&t->out, doubles, target * t->dim + h.first, weight,
                    t->source + source * t->dim + h.first, 0, h.columns);
}

/* Adds a line, of which `bytes` bytes are there, to the sums at `at`. */
HR_BODY void add(const hr_row_sums *sums, bool doubles, int64_t at, hr_regs line, size_t bytes)
{
    const double shift = hr_unit_shift(sums->unit);
    float lane[HR_LANES];
    if (!doubles) {
        float *to = sums->floats + at;
        hr_regs_store_part(to, hr_regs_add(hr_regs_load_part(to, bytes), line), bytes);
        return;
    }
    hr_regs_store(lane, line);
    for (int64_t c = 0; c < (int64_t)(bytes / sizeof *lane); c++)
        sums->doubles[at + c] += (double)lane[c] + shift - shift;
}

/* The derivatives of an edge's weight by e and by the raw score. */
typedef struct edge_gradient {
    float p, de, dq;
} edge_gradient;

HR_BODY edge_gradient gradient_of(const hr_attention_edges *t, head_columns h, bool fused, bool second,
                                  int kind, int64_t target, int64_t source)
{
    const int64_t x_at = target * t->dim + h.first, y_at = source * t->dim + h.first;
    const float *sums = t->share.floats + target * 2 * t->heads;
    const float raw = raw_score(t, h, fused, second, kind, target, source);
    const float p = weight_of(t, h, second, raw, target) / sums[h.number];
    const float g = hr_dot_rows(fused, t->gradient_out + x_at, t->source + y_at, h.columns);
    const float de = p * (g - sums[t->heads + h.number]);
    return (edge_gradient){p, de, de * hr_leaky_derivative(raw)};
}

HR_BODY void backward(const hr_attention_edges *t, head_columns h, bool doubles, bool second, int kind,
                      int64_t target, int64_t source)
{
    const hr_attention_gradients *weights = &t->gradients[kind];
    const edge_gradient g = gradient_of(t, h, !doubles, second, kind, target, source);
    for (int64_t c = 0; c < h.columns; c += HR_LANES) {
        const size_t bytes = hr_lanes_bytes(h.columns, c);
        const int64_t column = h.first + c, x_at = target * t->dim + column, y_at = source * t->dim + column;
        const edge_line l = read_line(t, h, kind, target, source, c);
        const hr_regs both = hr_regs_add(l.target, l.source);
        const hr_regs along = hr_regs_multiply(hr_regs_scale(g.de, l.a), leaky_derivative(both));
        const hr_regs by_target = second ? along : hr_regs_scale(g.dq, l.b);
        const hr_regs by_source = second ? along : hr_regs_scale(g.dq, l.a);
        const hr_regs out = hr_regs_scale(g.p, hr_regs_load_part(t->gradient_out + x_at, bytes));
        add(&t->gradient_target, doubles, x_at, by_target, bytes);
        add(&t->gradient_source, doubles, y_at, hr_regs_add(out, by_source), bytes);
        add(&weights->a, doubles, column,
            second ? hr_regs_scale(g.de, leaky(both)) : hr_regs_scale(g.dq, l.source), bytes);
        if (!second)
            add(&weights->b, doubles, column, hr_regs_scale(g.dq, l.target), bytes);
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

void HR_OF_ISA(hr_attention_raise_bounds)(const hr_attention_edges *edges, int64_t head)
{
    raise_bounds[edges->second][is_any(edges)](edges, head);
}

void HR_OF_ISA(hr_attention_sum_forward)(const hr_attention_edges *edges, int64_t head)
{
    (edges->out.doubles ? forward_doubles : forward_floats)[edges->second][is_any(edges)](edges, head);
}

void HR_OF_ISA(hr_attention_sum_backward)(const hr_attention_edges *edges, int64_t head)
{
    (edges->gradient_target.doubles ? backward_doubles : backward_floats)[edges->second][is_any(edges)](edges,
                                                                                                        head);
}
