/* An epoch of mf --loss mse by sgd is a plain loop over all train ratings in the order of strata, blocks, users
 * and movies, on any number of ranks; and whole runs end in the same bytes on any number of ranks and threads,
 * by any cut, without --reproducible. */
#include "io/base/sort.h"
#include "tests/support/toy.h"
#include "tests/support/toy_run.h"
#include "trainer/config/recipe.h"
#include "trainer/models/model.h"
#include "trainer/run/state.h"

#include <math.h>
#include <omp.h>
#include <stdio.h>

enum { USERS = 90, MOVIES = 50, DIM = 6, BLOCKS = 16, ROWS = USERS + MOVIES };

static hr_train_options options_for(int64_t dim)
{
    hr_error err = {""};
    hr_train_options options = hr_train_defaults;
    strcpy(options.model, "mf");
    options.loss = HR_LOSS_MSE;
    assert_ok(hr_recipe_apply(&options, &err));
    assert_int_equal(options.optimiser, HR_OPTIMISER_SGD);
    options.dim = dim;
    options.deviation = 0.3;
    return options;
}

static void gather(const hr_graph_context *graph, const hr_state *state, float rows[ROWS][DIM])
{
    hr_error err = {""};
    memset(rows, 0, sizeof(float[ROWS][DIM]));
    for (int64_t v = 0; v < state->rows; v++)
        memcpy(rows[graph->shard.vertex[v]], state->parameter + v * DIM, DIM * sizeof(float));
    assert_ok(hr_sum_f32(&world, &rows[0][0], ROWS * DIM, &err));
}

/* All rows before and after an epoch, on every rank; returns the loss. */
static double epoch(const hr_train_options *options, double rate, float before[ROWS][DIM],
                    float after[ROWS][DIM])
{
    hr_error err = {""};
    hr_graph_context graph;
    hr_state state = {0};
    void *model_state = NULL;
    double loss = 0.0;
    toy_open(&graph, &world, "k.h5", DIM);
    const hr_train_config config = toy_config(options, &graph);
    const hr_model *model = config.model.table;
    assert_non_null(model->solve);
    assert_ok(model->create(&model_state, &graph, &config.model, &err));
    assert_ok(hr_state_create(&state, &graph, &config.model, false, (hr_dense_counts){0}, &err));
    gather(&graph, &state, before);
    assert_ok(model->solve(model_state, rate, state.parameter, &loss, &err));
    gather(&graph, &state, after);
    hr_state_free(&state);
    model->destroy(model_state);
    hr_graph_context_free(&graph);
    return loss;
}

/* Blocks by the definition: dealt forth and back by degree. */
static void deal(const int *degree, int count, int *block)
{
    hr_keyed order[USERS + MOVIES];
    for (int v = 0; v < count; v++)
        order[v] = (hr_keyed){-degree[v], v};
    hr_sort_keyed(order, count);
    for (int i = 0; i < count; i++)
        block[order[i].value] = i / BLOCKS % 2 == 0 ? i % BLOCKS : BLOCKS - 1 - i % BLOCKS;
}

/* The data by user and movie: 0 without a train rating. */
typedef struct table {
    double rating[USERS][MOVIES], mean;
    int degree[ROWS], block[ROWS];
    int64_t edges;
} table;

static void read_table(table *t)
{
    hr_dataset data = toy_dataset(USERS, MOVIES, 0.3, 0, 12);
    const hr_ratings *r = &data.ratings;
    memset(t, 0, sizeof *t);
    for (int64_t u = 0; u < USERS; u++)
        for (int64_t i = r->ptr[u]; i < r->ptr[u + 1]; i++)
            if (r->split[i] == HR_TRAIN) {
                t->rating[u][r->movie[i]] = (double)r->value[i];
                t->mean += (double)r->value[i];
                t->degree[u]++;
                t->degree[USERS + r->movie[i]]++;
                t->edges++;
            }
    t->mean /= (double)t->edges;
    deal(t->degree, USERS, t->block);
    deal(t->degree + USERS, MOVIES, t->block + USERS);
    hr_dataset_free(&data);
}

static double rate_of(const table *t, double rate, int v)
{
    return rate / sqrt(1.0 + t->degree[v] / 10.0);
}

static double keep(const table *t, const hr_train_options *o, double rate, int v, bool is_bias)
{
    return 1.0 - rate_of(t, rate, v) * ((is_bias ? 0.4 : 1.0) * o->decay + o->ridge / t->degree[v]);
}

/* Goes along one edge; returns its squared error. */
static double descend(const table *t, const hr_train_options *o, double rate, double x[ROWS][DIM], int user,
                      int movie)
{
    double *p = x[user], *q = x[USERS + movie], error = t->rating[user][movie] - t->mean;
    for (int c = 0; c < DIM; c++)
        error -= p[c] * q[c];
    for (int c = 0; c < DIM; c++) {
        const double was = p[c];
        if (c != 0)
            p[c] = keep(t, o, rate, user, c == 1) * was + 2.0 * rate_of(t, rate, user) * error * q[c];
        if (c != 1)
            q[c] = keep(t, o, rate, USERS + movie, c == 0) * q[c] +
                   2.0 * rate_of(t, rate, USERS + movie) * error * was;
    }
    return error * error;
}

/* The users of a block in the order of its rows: by degree, descending. */
static int list_block(const table *t, int block, int *users)
{
    hr_keyed order[USERS];
    int count = 0;
    for (int u = 0; u < USERS; u++)
        if (t->block[u] == block)
            order[count++] = (hr_keyed){-t->degree[u], u};
    hr_sort_keyed(order, count);
    for (int i = 0; i < count; i++)
        users[i] = (int)order[i].value;
    return count;
}

static double plain_loop(const table *t, const hr_train_options *o, double rate, double x[ROWS][DIM])
{
    double squares = 0.0;
    int users[USERS];
    for (int stratum = 0; stratum < BLOCKS; stratum++)
        for (int block = 0; block < BLOCKS; block++) {
            const int count = list_block(t, block, users);
            for (int i = 0; i < count; i++)
                for (int m = 0; m < MOVIES; m++)
                    if (t->rating[users[i]][m] > 0.0 && t->block[USERS + m] == (block + stratum) % BLOCKS)
                        squares += descend(t, o, rate, x, users[i], m);
        }
    return squares / (double)t->edges;
}

static void an_epoch_is_a_plain_loop(void **state)
{
    (void)state;
    static table t;
    static float before[ROWS][DIM], after[ROWS][DIM];
    static double x[ROWS][DIM];
    const double rate = 0.05;
    const hr_train_options options = options_for(DIM);
    toy_write(&world, "d.h5", USERS, MOVIES, 0.3, 0);
    toy_cut(&world, "d.h5", "k.h5", HR_CUT_RANDOM, world.size);
    read_table(&t);
    const double loss = epoch(&options, rate, before, after);
    for (int v = 0; v < ROWS; v++)
        for (int c = 0; c < DIM; c++)
            x[v][c] = c == (v < USERS ? 0 : 1) ? 1.0 : t.degree[v] > 0 ? (double)before[v][c] : 0.0;
    const double expected = plain_loop(&t, &options, rate, x);
    assert_true(fabs(loss - expected) < 1e-5 * expected);
    for (int v = 0; v < ROWS; v++)
        for (int c = 0; c < DIM; c++)
            if (fabs((double)after[v][c] - x[v][c]) > 1e-5)
                fail_msg("vertex %d, column %d: %g, expected %g", v, c, (double)after[v][c], x[v][c]);
}

static void train_on(int ranks, int threads, hr_cut_method method, hr_train_options options)
{
    hr_comm comm = first_ranks(ranks);
    strcpy(options.partition, shared_path("k.h5"));
    if (comm.size > 0) {
        omp_set_num_threads(threads);
        toy_cut(&comm, "d.h5", "k.h5", method, ranks);
        toy_train(&comm, "d.h5", &options);
        omp_set_num_threads(1);
    }
    free_first(&comm);
    MPI_Barrier(world.mpi);
}

static void runs_end_in_the_same_bytes(void **state)
{
    (void)state;
    const int64_t dims[] = {1, 20, 64};
    toy_write(&world, "d.h5", USERS, MOVIES, 0.3, 1);
    for (size_t d = 0; d < sizeof dims / sizeof *dims; d++) {
        hr_train_options options = options_for(dims[d]);
        options.epochs = 3;
        strcpy(options.checkpoint, shared_path("one.ckpt.h5"));
        train_on(1, 1, HR_CUT_METIS, options);
        strcpy(options.checkpoint, shared_path("other.ckpt.h5"));
        for (int threads = 1; threads <= 3; threads++) {
            train_on(world.size, threads, threads == 2 ? HR_CUT_RANDOM : HR_CUT_BLOCK, options);
            if (world.rank == 0)
                assert_same_bytes("one.ckpt.h5", "other.ckpt.h5");
            MPI_Barrier(world.mpi);
        }
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(an_epoch_is_a_plain_loop),
                                       cmocka_unit_test(runs_end_in_the_same_bytes)};
    return run_mpi_tests(argc, argv, tests);
}
