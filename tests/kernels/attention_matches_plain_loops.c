/* Attention over edges: bounds, sums and gradients of both models, in floats and in doubles, for heads of a line of
 * columns and of another number. */
#include "tests/kernels/support/checks.h"
#include "trainer/kernels/attention.h"

#include <math.h>
#include <stdlib.h>

enum { USERS = 3, MOVIES = 4, ROWS = USERS + MOVIES, EDGES = 8, HEADS = 2 };
static const int64_t ptr[USERS + 1] = {0, 3, 4, EDGES};
static const int32_t edge_movie[EDGES] = {0, 2, 3, 1, 0, 1, 2, 3}, user_row[USERS] = {0, 1, 2},
                     movie_row[MOVIES] = {3, 4, 5, 6};

/* One direction of an edge in a head: rows and weights of its columns, which begin at `first`. */
typedef struct arc {
    const hr_attention_edges *t;
    int kind; /* of the target */
    int64_t target, source, head, first, columns;
} arc;

static double leaky(double x)
{
    return x > 0.0 ? x : (double)hr_leak * x;
}

static double leaky_derivative(double x)
{
    return x > 0.0 ? 1.0 : (double)hr_leak;
}

static double target_at(const arc *a, int64_t c)
{
    return (double)a->t->target[a->target * a->t->dim + a->first + c];
}

static double source_at(const arc *a, int64_t c)
{
    return (double)a->t->source[a->source * a->t->dim + a->first + c];
}

static double weight_at(const float *weights, const arc *a, int64_t c)
{
    return (double)weights[a->first + c];
}

/* e, before the leaky ReLU of gat. */
static double raw_of(const arc *a)
{
    const hr_attention_weights *w = &a->t->weights[a->kind];
    double sum = 0.0;
    for (int64_t c = 0; c < a->columns; c++)
        sum += a->t->second
                   ? weight_at(w->a, a, c) * leaky(target_at(a, c) + source_at(a, c))
                   : weight_at(w->b, a, c) * target_at(a, c) + weight_at(w->a, a, c) * source_at(a, c);
    return sum;
}

static double score_of(const arc *a)
{
    return a->t->second ? raw_of(a) : leaky(raw_of(a));
}

static double exp_of(const arc *a)
{
    return exp(score_of(a) - (double)a->t->bound[a->target * HEADS + a->head]);
}

/* All arcs of a head, each handed to `visit` with the sums that it adds to. */
typedef void visitor(const arc *a, double *const *sums);
static void for_each_arc(const hr_attention_edges *t, int64_t head, visitor *visit, double *const *sums)
{
    const int64_t columns = t->dim / HEADS;
    for (int64_t u = 0; u < USERS; u++)
        for (int64_t e = ptr[u]; e < ptr[u + 1]; e++)
            for (int kind = 0; kind < 2; kind++) {
                const int64_t user = user_row[u], movie = movie_row[edge_movie[e]];
                const arc a = {t,      kind, kind ? movie : user, kind ? user : movie, head, head * columns,
                               columns};
                visit(&a, sums);
            }
}

static void raise(const arc *a, double *const *sums)
{
    double *bound = &sums[0][a->target * HEADS + a->head];
    *bound = fmax(*bound, score_of(a));
}

static void forward(const arc *a, double *const *sums)
{
    const double weight = exp_of(a);
    sums[0][a->target * HEADS + a->head] += weight;
    for (int64_t c = 0; c < a->columns; c++)
        sums[1][a->target * a->t->dim + a->first + c] += weight * source_at(a, c);
}

/* sums: gradients of targets, of sources, of each kind's a and b. */
static void backward(const arc *a, double *const *sums)
{
    const int64_t dim = a->t->dim, x = a->target * dim + a->first, y = a->source * dim + a->first;
    const hr_attention_weights *w = &a->t->weights[a->kind];
    const float *share = a->t->share.floats + a->target * 2 * HEADS + a->head;
    const double p = exp_of(a) / (double)share[0], raw = raw_of(a);
    double g = 0.0;
    for (int64_t c = 0; c < a->columns; c++)
        g += (double)a->t->gradient_out[x + c] * source_at(a, c);
    const double de = p * (g - (double)share[HEADS]), dq = de * leaky_derivative(raw);
    for (int64_t c = 0; c < a->columns; c++) {
        const double both = target_at(a, c) + source_at(a, c),
                     along = de * weight_at(w->a, a, c) * leaky_derivative(both);
        sums[0][x + c] += a->t->second ? along : dq * weight_at(w->b, a, c);
        sums[1][y + c] +=
            p * (double)a->t->gradient_out[x + c] + (a->t->second ? along : dq * weight_at(w->a, a, c));
        sums[2 + 2 * a->kind][a->first + c] += a->t->second ? de * leaky(both) : dq * source_at(a, c);
        sums[3 + 2 * a->kind][a->first + c] += a->t->second ? 0.0 : dq * target_at(a, c);
    }
}

/* Numbers that are added to, as doubles. */
static double *as_doubles(const hr_row_sums *sums, int64_t count)
{
    double *copy = some_doubles(count, 0);
    for (int64_t i = 0; i < count; i++)
        copy[i] = sum_number(sums, i);
    return copy;
}

static void compare(const char *what, const hr_row_sums *found, double *expected, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        check_number(what, false, sum_number(found, i), expected[i]);
    free(expected);
}

static void check_bounds(const hr_attention_edges *t)
{
    const hr_row_sums bounds = {.floats = t->bound};
    double *const expected[] = {as_doubles(&bounds, ROWS * HEADS)};
    for (int64_t head = 0; head < HEADS; head++) {
        hr_attention_raise_bounds(t, head);
        for_each_arc(t, head, raise, expected);
    }
    keep_bits(t->bound, ROWS * HEADS * sizeof *t->bound);
    compare("bound", &bounds, expected[0], ROWS * HEADS);
}

static void check_forward(const hr_attention_edges *t)
{
    double *const expected[] = {as_doubles(&t->share, ROWS * HEADS), as_doubles(&t->out, ROWS * t->dim)};
    for (int64_t head = 0; head < HEADS; head++) {
        hr_attention_sum_forward(t, head);
        for_each_arc(t, head, forward, expected);
    }
    compare("share", &t->share, expected[0], ROWS * HEADS);
    compare("out", &t->out, expected[1], ROWS * t->dim);
}

static void check_backward(const hr_attention_edges *t)
{
    const hr_row_sums *sums[] = {&t->gradient_target, &t->gradient_source, &t->gradients[0].a,
                                 &t->gradients[0].b,  &t->gradients[1].a,  &t->gradients[1].b};
    double *expected[6];
    for (int i = 0; i < 6; i++)
        expected[i] = as_doubles(sums[i], (i < 2 ? ROWS : 1) * t->dim);
    for (int64_t i = 0; i < ROWS * 2 * HEADS; i++) /* sums of weights are above 0 */
        t->share.floats[i] += 2.0F;
    for (int64_t head = 0; head < HEADS; head++) {
        hr_attention_sum_backward(t, head);
        for_each_arc(t, head, backward, expected);
    }
    for (int i = 0; i < 6; i++)
        compare("gradient", sums[i], expected[i], (i < 2 ? ROWS : 1) * t->dim);
}

static void attend(bool second, bool doubles, int64_t dim)
{
    float *a[] = {some_floats(dim, 1), some_floats(dim, 2)},
          *b[] = {some_floats(dim, 3), some_floats(dim, 4)};
    const hr_attention_weights weights[] = {{a[0], b[0]}, {a[1], b[1]}};
    float *target = some_floats(ROWS * dim, 5), *source = some_floats(ROWS * dim, 6);
    float *gradient_out = some_floats(ROWS * dim, 7), *bound = some_floats(ROWS * HEADS, 8);
    hr_attention_edges t = {.second = second,
                            .dim = dim,
                            .heads = HEADS,
                            .users = USERS,
                            .ptr = ptr,
                            .edge_movie = edge_movie,
                            .user_row = user_row,
                            .movie_row = movie_row,
                            .weights = weights,
                            .target = target,
                            .source = source,
                            .bound = bound,
                            .gradient_out = gradient_out};
    hr_row_sums *sums[] = {&t.out,
                           &t.share,
                           &t.gradient_target,
                           &t.gradient_source,
                           &t.gradients[0].a,
                           &t.gradients[0].b,
                           &t.gradients[1].a,
                           &t.gradients[1].b};
    for (uint32_t i = 0; i < 8; i++)
        *sums[i] = some_sums(doubles, ROWS * dim, 9 + i);
    check_bounds(&t);
    check_forward(&t);
    check_backward(&t);
    for (int i = 0; i < 8; i++) {
        free(sums[i]->floats);
        free(sums[i]->doubles);
    }
    float *const all[] = {a[0], a[1], b[0], b[1], target, source, gradient_out, bound};
    for (int i = 0; i < 8; i++)
        free(all[i]);
}

static void both_models(void)
{
    for (int way = 0; way < 8; way++)
        attend(way & 1, way & 2, HEADS * (way & 4 ? HR_LANES : 21));
}

RUN_CHECKS(both_models)
