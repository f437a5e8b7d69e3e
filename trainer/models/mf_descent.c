#include "trainer/models/mf_descent.h"

#include "io/base/even.h"
#include "io/base/memory.h"
#include "partition/halo/redistribution.h"
#include "trainer/layers/block_ring.h"
#include "trainer/layers/edge_blocks.h"
#include "trainer/models/parameter_rows.h"

#include <math.h>
#include <string.h>

/* Share of the decay that biases have, found on validation parts. */
static const double bias_decay = 0.4;

/* Edges at which a row's learning rate is divided by sqrt(2). */
static const double halving_degree = 10.0;

/* Rows are in whole lines, zeros behind the columns. */
typedef struct descent {
    hr_graph_context *graph;
    const hr_model_config *config;
    void *output;         /* of parameter_rows.h */
    int64_t columns, dim; /* of the parameters; of rows here */
    hr_edge_blocks blocks;
    hr_block_ring ring;
    hr_redistribution *rows; /* users', then movies' of this rank's blocks; at hand: owned rows */
    hr_descent_step *user_step,
        *movie_step; /* [users of this rank's blocks], [movies] in the order of blocks */
    double *squares; /* [blocks] sum of squared errors of each block of users */
} descent;

static void destroy(void *state)
{
    descent *d = state;
    if (!d)
        return;
    hr_redistribution_destroy(d->rows);
    hr_block_ring_free(&d->ring);
    hr_edge_blocks_free(&d->blocks);
    hr_parameter_rows_destroy(d->output);
    free(d->user_step);
    free(d->movie_step);
    free(d->squares);
    free(d);
}

/* Users of this rank's blocks before those of block `block`, and movies likewise. */
static int64_t users_before(const descent *d, int32_t block)
{
    return d->blocks.user.first[block] - d->blocks.user.first[d->blocks.first];
}

static int64_t movies_before(const descent *d, int32_t block)
{
    return d->blocks.movie.first[block] - d->blocks.movie.first[d->blocks.first];
}

/* Where an owned row is between epochs: its block's rank has users' rows first. */
static hr_row_position position_of(const descent *d, int64_t v)
{
    const hr_edge_blocks *b = &d->blocks;
    const hr_shard *shard = &d->graph->shard;
    const int ranks = d->graph->grid.parts.size;
    const bool is_user = v < shard->owned_users;
    const hr_vertex_blocks *side = is_user ? &b->user : &b->movie;
    const hr_block_row at = hr_vertex_block_row(side, shard->vertex[v] - (is_user ? 0 : shard->users));
    const int rank = hr_block_with(b->blocks, at.block, ranks);
    const int64_t first = hr_block_first(b->blocks, rank, ranks),
                  end = hr_block_first(b->blocks, rank + 1, ranks);
    const int64_t users = is_user ? 0 : b->user.first[end] - b->user.first[first];
    return (hr_row_position){rank, (int32_t)(users + side->first[at.block] - side->first[first] + at.row)};
}

/* What a rank makes by itself, once it has its edges. */
static hr_status make_arrays(descent *d, hr_row_position **position, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_shard *shard = &d->graph->shard;
    HR_TRY(hr_block_ring_create(&d->ring, &d->graph->grid.parts, &d->blocks, d->dim, err));
    HR_ALLOC(d->user_step, users_before(d, d->blocks.end));
    HR_ALLOC(d->movie_step, shard->movies);
    HR_ALLOC(d->squares, d->blocks.blocks);
    HR_ALLOC(*position, shard->owned);
    for (int64_t v = 0; v < shard->owned; v++)
        (*position)[v] = position_of(d, v);
done:
    return status;
}

static hr_status descent_new(descent **out, hr_graph_context *graph, const hr_model_config *config,
                             hr_error *err)
{
    hr_status status = HR_OK;
    descent *d = NULL;
    HR_ALLOC(d, 1);
    *out = d;
    d->graph = graph;
    d->config = config;
    d->columns = graph->grid.dim;
    d->dim = (d->columns + HR_LANES - 1) / HR_LANES * HR_LANES;
    HR_TRY(hr_parameter_rows_create(&d->output, graph, config, err));
done:
    return status;
}

static hr_status create(void **state, hr_graph_context *graph, const hr_model_config *config, hr_error *err)
{
    hr_status status = HR_OK;
    descent *d = NULL;
    hr_row_position *position = NULL;
    const hr_comm *comm = &graph->grid.parts;
    status = descent_new(&d, graph, config, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    const int32_t blocks = hr_edge_blocks_count(graph->shard.movies, d->dim * (int64_t)sizeof(float));
    HR_TRY(hr_edge_blocks_create(&d->blocks, graph, blocks, err));
    status = make_arrays(d, &position, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_redistribution_create(&d->rows, comm,
                                    users_before(d, d->blocks.end) + movies_before(d, d->blocks.end),
                                    graph->shard.owned, position, d->dim, err));
    *state = d;
done:
    free(position);
    if (status != HR_OK)
        destroy(d);
    return status;
}

/* Sends owned rows to their blocks: without edges they are 0, the minimum of the objective. */
static hr_status send_rows(descent *d, const float *parameters, hr_error *err)
{
    const hr_shard *shard = &d->graph->shard;
    const double start = hr_seconds();
#pragma omp parallel for schedule(static)
    for (int64_t v = 0; v < shard->owned; v++) {
        float *row = hr_redistribution_at_hand(d->rows, v);
        const int64_t constant = v < shard->owned_users ? 0 : 1;
        memset(row, 0, (size_t)d->dim * sizeof *row);
        if (shard->degree[v] > 0)
            memcpy(row, parameters + v * d->columns, (size_t)d->columns * sizeof *row);
        if (constant < d->columns)
            row[constant] = 1.0F;
    }
    const hr_status status = hr_redistribution_send(d->rows, err);
    hr_timing_add(&d->graph->timing, HR_TIME_HALO, start);
    return status;
}

static hr_status fetch_rows(descent *d, float *parameters, hr_error *err)
{
    const hr_shard *shard = &d->graph->shard;
    const double start = hr_seconds();
    const hr_status status = hr_redistribution_fetch(d->rows, err);
#pragma omp parallel for schedule(static)
    for (int64_t v = 0; v < shard->owned; v++)
        memcpy(parameters + v * d->columns, hr_redistribution_at_hand(d->rows, v),
               (size_t)d->columns * sizeof *parameters);
    hr_timing_add(&d->graph->timing, HR_TIME_HALO, start);
    return status;
}

static hr_descent_step step_of(const descent *d, double rate, int32_t degree)
{
    const double its_rate = rate / sqrt(1.0 + (double)degree / halving_degree);
    const double decay = d->config->decay, ridge = d->config->ridge / (double)(degree > 0 ? degree : 1);
    return (hr_descent_step){(float)(2.0 * its_rate), (float)(1.0 - its_rate * (decay + ridge)),
                             (float)(1.0 - its_rate * (bias_decay * decay + ridge))};
}

static void set_steps(descent *d, double rate)
{
    const hr_edge_blocks *b = &d->blocks;
    const int64_t users = d->graph->shard.users, movies = d->graph->shard.movies;
    for (int64_t u = 0; u < users; u++) {
        const hr_block_row at = hr_vertex_block_row(&b->user, u);
        if (at.block >= b->first && at.block < b->end)
            d->user_step[users_before(d, at.block) + at.row] = step_of(d, rate, b->degree[u]);
    }
    for (int64_t m = 0; m < movies; m++) {
        const hr_block_row at = hr_vertex_block_row(&b->movie, m);
        d->movie_step[b->movie.first[at.block] + at.row] = step_of(d, rate, b->degree[users + m]);
    }
}

/* Rows begin at a line of memory. */
static hr_line *user_rows(const descent *d, int32_t block)
{
    return (hr_line *)(hr_redistribution_rows(d->rows) + users_before(d, block) * d->dim);
}

/* Block `block` of users, with the movies that it meets in this stratum. */
static void descend_block(descent *d, int32_t block)
{
    const hr_edge_blocks *b = &d->blocks;
    const int32_t movies = hr_block_ring_movies(&d->ring, block);
    const int64_t number = (int64_t)(block - b->first) * b->blocks + movies;
    const hr_block_descent its = {.lines = d->dim / HR_LANES,
                                  .visits = b->visit_ptr[number + 1] - b->visit_ptr[number],
                                  .visit = b->visit + b->visit_ptr[number],
                                  .edge = b->edge + b->edge_ptr[number],
                                  .user_row = user_rows(d, block),
                                  .movie_row = (hr_line *)d->ring.rows[block - b->first],
                                  .user_step = d->user_step + users_before(d, block),
                                  .movie_step = d->movie_step + b->movie.first[movies]};
    d->squares[block] += hr_block_descent_run(&its);
}

static hr_status descend_strata(descent *d, hr_error *err)
{
    hr_status status = HR_OK;
    for (int32_t stratum = 0; stratum < d->blocks.blocks && status == HR_OK; stratum++) {
        double start = hr_seconds();
#pragma omp parallel for schedule(dynamic)
        for (int32_t block = d->blocks.first; block < d->blocks.end; block++)
            descend_block(d, block);
        start = hr_timing_add(&d->graph->timing, HR_TIME_COMPUTE, start);
        status = hr_block_ring_advance(&d->ring, err);
        hr_timing_add(&d->graph->timing, HR_TIME_HALO, start);
    }
    return status;
}

/* This rank's rows of block `block` of movies, between epochs. */
static float *movie_rows(const descent *d, int32_t block)
{
    return hr_redistribution_rows(d->rows) +
           (users_before(d, d->blocks.end) + movies_before(d, block)) * d->dim;
}

static size_t movie_bytes(const descent *d, int32_t block)
{
    return (size_t)((movies_before(d, block + 1) - movies_before(d, block)) * d->dim) * sizeof(float);
}

static hr_status epoch(void *state, double learning_rate, float *parameters, double *loss, hr_error *err)
{
    hr_status status = HR_OK;
    descent *d = state;
    const hr_edge_blocks *b = &d->blocks;
    HR_TRY(send_rows(d, parameters, err));
    set_steps(d, learning_rate);
    memset(d->squares, 0, (size_t)b->blocks * sizeof *d->squares);
    for (int32_t block = b->first; block < b->end; block++)
        memcpy(d->ring.rows[block - b->first], movie_rows(d, block), movie_bytes(d, block));
    HR_TRY(descend_strata(d, err));
    for (int32_t block = b->first; block < b->end; block++)
        memcpy(movie_rows(d, block), d->ring.rows[block - b->first], movie_bytes(d, block));
    HR_TRY(fetch_rows(d, parameters, err));
    HR_TRY(hr_sum_f64(&d->graph->grid.parts, d->squares, b->blocks, err)); /* of others' blocks they are 0 */
    *loss = 0.0;
    for (int32_t block = 0; block < b->blocks; block++)
        *loss += d->squares[block] / (double)d->graph->shard.edges_total;
done:
    return status;
}

static hr_status forward(void *state, int64_t step, const float *parameters, const float *dense,
                         float *output, hr_error *err)
{
    return hr_parameter_rows_forward(((const descent *)state)->output, step, parameters, dense, output, err);
}

const hr_model hr_mf_descent = {
    .name = "mf",
    .summary = "matrix factorisation with biases (Koren et al. 2009)",
    .losses = {HR_LOSS_MSE},
    .mixes_columns = true,
    .create = create,
    .destroy = destroy,
    .solve = epoch,
    .forward = forward,
};
