#include "trainer/models/als.h"

#include "io/base/memory.h"
#include "trainer/kernels/conjugate_gradients.h"
#include "trainer/layers/normal_equations.h"
#include "trainer/models/ials_weights.h"

#include <math.h>
#include <string.h>

/* Rows that are worked on together. */
enum { CHUNK = 512 };

/* Users or movies. */
typedef struct side {
    int64_t first, end; /* owned rows */
    int64_t others;     /* vertices of the other side, on all ranks */
    int64_t constant;   /* column that is 1 in all rows, -1 without biases */
    int64_t bias;       /* column of the bias, which is regularised towards `mean` */
    float mean;
    hr_side_pass *pass;
} side;

/* Rows are kept in whole lines of 16 floats, zeros behind the columns. */
typedef struct als {
    hr_graph_context *graph;
    const hr_model_config *config;
    bool implicit;
    int64_t columns, dim; /* of the parameters; of rows here */
    side user, movie;
    float *value; /* [edges] ratings */
    hr_normal_equations normal;
    float *rows, *direction; /* [(owned + ghosts) x dim] */
    float *residual;         /* [owned x dim] */
    double error;            /* sum of squares of the last pass by values */
    float *square;           /* [owned] of conjugate_gradients.h */
    float *weight;           /* [owned] of each row's regularisation */
} als;

static void destroy(void *state)
{
    als *a = state;
    if (!a)
        return;
    hr_normal_equations_free(&a->normal);
    free(a->value);
    free(a->rows);
    free(a->direction);
    free(a->residual);
    free(a->square);
    free(a->weight);
    free(a);
}

static hr_status list_values(als *a, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_shard *shard = &a->graph->shard;
    HR_ALLOC(a->value, shard->edges);
    for (int64_t s = 0; s < shard->user_slots; s++)
        for (int64_t e = shard->edge_ptr[s]; e < shard->edge_ptr[s + 1]; e++)
            a->value[e] = hr_locate_rating(shard, (int32_t)s, e);
done:
    return status;
}

static void describe_sides(als *a)
{
    const hr_shard *shard = &a->graph->shard;
    const bool biased = !a->implicit && a->config->has_biases;
    a->user = (side){.first = 0,
                     .end = shard->owned_users,
                     .others = shard->movies,
                     .constant = biased ? 0 : -1,
                     .bias = 1,
                     .mean = biased ? (float)a->graph->mean_rating : 0.0F,
                     .pass = hr_pair_pass_users};
    a->movie = (side){.first = shard->owned_users,
                      .end = shard->owned,
                      .others = shard->users,
                      .constant = biased ? 1 : -1,
                      .bias = 0,
                      .mean = 0.0F,
                      .pass = hr_pair_pass_movies};
}

static hr_status als_create(void **state, hr_graph_context *graph, const hr_model_config *config,
                            bool implicit, hr_error *err)
{
    hr_status status = HR_OK;
    als *a = NULL;
    const int64_t owned = graph->shard.owned, rows = owned + graph->shard.ghosts;
    HR_ALLOC(a, 1);
    a->graph = graph;
    a->config = config;
    a->implicit = implicit;
    a->columns = graph->grid.dim;
    a->dim = (a->columns + HR_LANES - 1) / HR_LANES * HR_LANES;
    if (!implicit)
        HR_TRY(list_values(a, err));
    HR_TRY(hr_normal_equations_create(&a->normal, graph, a->columns, a->dim, a->value, err));
    HR_ALLOC(a->rows, rows * a->dim);
    HR_ALLOC(a->direction, rows * a->dim);
    HR_ALLOC(a->residual, owned * a->dim);
    HR_ALLOC(a->square, owned);
    HR_ALLOC(a->weight, owned);
    describe_sides(a);
    *state = a;
done:
    if (status != HR_OK)
        destroy(a);
    return status;
}

static hr_status create_als(void **state, hr_graph_context *graph, const hr_model_config *config,
                            hr_error *err)
{
    return als_create(state, graph, config, false, err);
}

static hr_status create_ials(void **state, hr_graph_context *graph, const hr_model_config *config,
                             hr_error *err)
{
    return als_create(state, graph, config, true, err);
}

/* Weight of a vertex's regularisation. */
static float regularisation(const als *a, const side *s, int64_t v)
{
    const int32_t degree = a->graph->shard.degree[v];
    const double weight = a->implicit ? (double)degree + a->config->unobserved * (double)s->others
                                      : (double)(degree > 0 ? degree : 1);
    return (float)(a->config->decay * weight + a->config->ridge);
}

/* The vectors of conjugate gradients, as kernels read them. */
static hr_cg_rows cg_rows(const als *a)
{
    return (hr_cg_rows){.fused = a->graph->summation == HR_SUM_PLAIN,
                        .dim = a->dim,
                        .spectrum = a->normal.basis.value,
                        .moment = a->normal.moment.floats,
                        .weight = a->weight,
                        .degree = a->graph->shard.degree,
                        .x = a->rows,
                        .direction = a->direction,
                        .residual = a->residual,
                        .square = a->square,
                        .product = a->normal.product,
                        .curvature = a->normal.curvature};
}

/* Biases are regularised towards the mean, and constants take no part. */
static void correct_biases(const als *a, const side *s, float mean, int64_t first, int64_t count)
{
    for (int64_t v = first; s->constant >= 0 && v < first + count; v++) {
        float *row = a->normal.product + v * a->dim;
        row[s->bias] += a->weight[v] * mean;
        row[s->constant] = 0.0F;
    }
}

static void begin_chunk(als *a, const side *s, int64_t first, int64_t count)
{
    const hr_cg_rows rows = cg_rows(a);
    for (int64_t v = first; v < first + count; v++)
        a->weight[v] = regularisation(a, s, v);
    hr_cg_add_diagonal(&rows, a->rows, -1.0F, first, count);
    correct_biases(a, s, s->mean, first, count);
    hr_cg_begin(&rows, first, count);
}

static void step_chunk(als *a, const side *s, int64_t first, int64_t count)
{
    const hr_cg_rows rows = cg_rows(a);
    hr_cg_add_diagonal(&rows, a->direction, 1.0F, first, count);
    correct_biases(a, s, 0.0F, first, count);
    hr_cg_step(&rows, first, count);
}

static void last_chunk(als *a, const side *s, int64_t first, int64_t count)
{
    (void)s;
    const hr_cg_rows rows = cg_rows(a);
    hr_cg_last_step(&rows, first, count);
}

/* Does `work` on all owned rows of a side, chunk by chunk. */
static void for_chunks(als *a, const side *s, void (*work)(als *, const side *, int64_t, int64_t))
{
    const double start = hr_seconds();
#pragma omp parallel for schedule(static)
    for (int64_t first = s->first; first < s->end; first += CHUNK)
        work(a, s, first, s->end - first < CHUNK ? s->end - first : CHUNK);
    hr_timing_add(&a->graph->timing, HR_TIME_OPTIMISER, start);
}

/* Rows of vertices without edges are what the equations say, to the last bit: zeros, and the mean as bias. What the random
 * start leaves of them, however little, would put them in an order. */
static void settle_unrated(const als *a, const side *s)
{
    for (int64_t v = s->first; v < s->end; v++) {
        float *row = a->rows + v * a->dim;
        if (a->graph->shard.degree[v] > 0)
            continue;
        memset(row, 0, (size_t)a->dim * sizeof *row);
        if (s->constant >= 0) {
            row[s->constant] = 1.0F;
            row[s->bias] = s->mean;
        }
    }
}

/* Solves for one side. */
static hr_status solve(als *a, const side *s, const side *other, hr_error *err)
{
    hr_status status = HR_OK;
    hr_normal_equations *n = &a->normal;
    const int64_t others = other->end - other->first;
    if (a->implicit)
        HR_TRY(hr_normal_equations_rotate(n, other->first, others, (float)a->config->unobserved, &a->rows,
                                          &a->direction, err));
    HR_TRY(hr_normal_equations_moment(n, other->first, others, a->rows, err));
    HR_TRY(hr_graph_scatter(a->graph, a->rows, a->dim, err));
    HR_TRY(hr_normal_equations_pass(n, s->pass, HR_PAIR_RESIDUALS, a->rows, a->rows, err));
    a->error = hr_pair_pass_error(&n->pass);
    for_chunks(a, s, begin_chunk);
    for (int64_t step = 1; step <= a->config->cg; step++) {
        const bool is_last = step == a->config->cg;
        HR_TRY(hr_graph_scatter(a->graph, a->direction, a->dim, err));
        HR_TRY(hr_normal_equations_pass(n, s->pass, is_last ? HR_PAIR_SQUARES : HR_PAIR_PRODUCTS,
                                        a->direction, a->rows, err));
        for_chunks(a, s, is_last ? last_chunk : step_chunk);
    }
    settle_unrated(a, s);
done:
    return status;
}

static void set_constants(als *a, const side *s)
{
    for (int64_t v = s->first; v < s->end && s->constant >= 0; v++)
        a->rows[v * a->dim + s->constant] = 1.0F;
}

/* Parameters into rows, or back. */
static void copy_rows(const als *a, const float *from, int64_t from_dim, float *to, int64_t to_dim)
{
    for (int64_t v = 0; v < a->graph->shard.owned; v++)
        memcpy(to + v * to_dim, from + v * from_dim, (size_t)a->columns * sizeof *to);
}

static hr_status sweep(void *state, double learning_rate, float *parameters, double *loss, hr_error *err)
{
    (void)learning_rate;
    hr_status status = HR_OK;
    als *a = state;
    copy_rows(a, parameters, a->columns, a->rows, a->dim);
    set_constants(a, &a->user);
    set_constants(a, &a->movie);
    settle_unrated(a, &a->user);
    settle_unrated(a, &a->movie);
    HR_TRY(solve(a, &a->user, &a->movie, err));
    HR_TRY(solve(a, &a->movie, &a->user, err));
    *loss = a->error / (double)a->graph->shard.edges_total;
    HR_TRY(hr_sum_f64(&a->graph->grid.parts, loss, 1, err));
    copy_rows(a, a->rows, a->dim, parameters, a->columns);
done:
    return status;
}

const hr_model hr_als = {
    .name = "als",
    .summary = "alternating least squares of ratings, with biases (Zhou et al. 2008)",
    .losses = {HR_LOSS_MSE},
    .wants_ratings = true,
    .mixes_columns = true,
    .defaults =
        "--layers 0 --spectral-rounds 0 --decay 0.07 --ridge 3 --epochs 30 --eval-every 1 --patience 3",
    .create = create_als,
    .destroy = destroy,
    .solve = sweep,
};

const hr_model hr_ials = {
    .name = "ials",
    .summary = "implicit alternating least squares (Hu et al. 2008, Rendle et al. 2022)",
    .mixes_columns = true,
    .defaults =
        "--dim 128 --layers 0 --spectral-rounds 0 --cg 2 --decay 0 --epochs 15 --eval-every 1 "
        "--patience 3",
    .complete = hr_ials_weights,
    .create = create_ials,
    .destroy = destroy,
    .solve = sweep,
};
