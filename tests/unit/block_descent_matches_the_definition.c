/* Descending along the edges of a block is what a plain loop in doubles does, at any width and for users and
 * movies that come again; and a step is along the gradient of the objective. */
#include "io/base/philox.h"
#include "tests/support/cmocka_tests.h"
#include "trainer/kernels/block_descent.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { USERS = 5, MOVIES = 7, MOST_COLUMNS = 112, VISITS = 6, EDGES = 30, ROWS = USERS + MOVIES };

typedef struct block {
    hr_block_descent its;
    hr_descent_visit visit[VISITS];
    hr_descent_edge edge[EDGES];
    hr_descent_step step[ROWS];
    _Alignas(64) float row[ROWS * MOST_COLUMNS]; /* users', then movies' */
} block;

static float draw(uint32_t what, int64_t i)
{
    return (float)hr_uniform(hr_philox(5, HR_STREAM_SYNTH, what, (uint64_t)i).word[0]) - 0.5F;
}

static void set_rows(block *b, int64_t dim)
{
    for (int64_t i = 0; i < ROWS * dim; i++)
        b->row[i] = draw(1, i);
    for (int64_t v = 0; v < ROWS; v++) {
        b->row[v * dim + (v < USERS ? 0 : 1)] = 1.0F;
        b->step[v] = (hr_descent_step){0.1F + 0.1F * draw(2, v), 0.99F + 0.01F * draw(3, v), 0.999F};
    }
}

static void set_block(block *b, int64_t dim)
{
    set_rows(b, dim);
    for (int32_t v = 0; v < VISITS; v++)
        b->visit[v] = (hr_descent_visit){v % USERS, EDGES / VISITS};
    for (int32_t e = 0; e < EDGES; e++)
        b->edge[e] = (hr_descent_edge){(e * e + e / 3) % MOVIES, 4.0F * draw(4, e)};
    b->its = (hr_block_descent){.lines = dim / HR_LANES,
                                .visits = VISITS,
                                .visit = b->visit,
                                .edge = b->edge,
                                .user_row = (hr_line *)b->row,
                                .movie_row = (hr_line *)(b->row + USERS * dim),
                                .user_step = b->step,
                                .movie_step = b->step + USERS};
}

/* One edge of rows p and q; returns the error. */
static double move(double *p, double *q, int64_t dim, double rating, hr_descent_step user,
                   hr_descent_step movie)
{
    double error = rating;
    for (int64_t c = 0; c < dim; c++)
        error -= p[c] * q[c];
    for (int64_t c = 0; c < dim; c++) {
        const double was = p[c];
        if (c != 0)
            p[c] = (double)(c == 1 ? user.keep_bias : user.keep) * was + (double)user.rate * error * q[c];
        if (c != 1)
            q[c] = (double)(c == 0 ? movie.keep_bias : movie.keep) * q[c] + (double)movie.rate * error * was;
    }
    return error;
}

static void check(int64_t dim)
{
    static block b;
    static double expected[ROWS * MOST_COLUMNS];
    double squares = 0.0;
    int32_t e = 0;
    set_block(&b, dim);
    for (int64_t i = 0; i < ROWS * dim; i++)
        expected[i] = (double)b.row[i];
    for (int32_t v = 0; v < VISITS; v++)
        for (int32_t i = 0; i < b.visit[v].edges; i++, e++) {
            const int64_t user = b.visit[v].user, movie = USERS + b.edge[e].movie;
            const double error = move(expected + user * dim, expected + movie * dim, dim,
                                      (double)b.edge[e].rating, b.step[user], b.step[movie]);
            squares += error * error;
        }
    assert_true(fabs(hr_block_descent_run(&b.its) - squares) < 1e-4 * squares);
    for (int64_t i = 0; i < ROWS * dim; i++)
        if (fabs((double)b.row[i] - expected[i]) > 1e-5 * (1.0 + fabs(expected[i])))
            fail_msg("%d columns, row %d, column %d: %g, expected %g", (int)dim, (int)(i / dim),
                     (int)(i % dim), (double)b.row[i], expected[i]);
}

static void rows_are_those_of_a_plain_loop(void **state)
{
    (void)state;
    for (int64_t dim = HR_LANES; dim <= MOST_COLUMNS; dim += HR_LANES)
        check(dim);
}

/* (p . q - rating)^2 + l2 / 2 (|p|^2 + |q|^2) */
static double objective(const double *p, const double *q, double rating, double l2)
{
    double error = -rating, squares = 0.0;
    for (int64_t c = 0; c < HR_LANES; c++) {
        error += p[c] * q[c];
        squares += p[c] * p[c] + q[c] * q[c];
    }
    return error * error + 0.5 * l2 * squares;
}

static void a_step_is_along_the_gradient(void **state)
{
    (void)state;
    enum { DIM = HR_LANES };
    const double rate = 1.0 / 64.0, l2 = 0.25, small = 1e-5; /* exact in floats */
    static block b;
    double row[2 * DIM];
    set_block(&b, DIM);
    const hr_descent_step step = {(float)(2.0 * rate), (float)(1.0 - rate * l2), (float)(1.0 - rate * l2)};
    b.step[0] = b.step[USERS] = step;
    b.visit[0] = (hr_descent_visit){0, 1};
    b.edge[0].movie = 0;
    b.its.visits = 1;
    for (int64_t c = 0; c < DIM; c++) {
        row[c] = (double)b.row[c];
        row[DIM + c] = (double)b.row[USERS * DIM + c];
    }
    hr_block_descent_run(&b.its);
    for (int64_t c = 0; c < 2 * DIM; c++) {
        const double was = row[c], rating = (double)b.edge[0].rating;
        const double moved = (double)(c < DIM ? b.row[c] : b.row[USERS * DIM + c - DIM]) - was;
        row[c] = was + small;
        double difference = objective(row, row + DIM, rating, l2);
        row[c] = was - small;
        difference -= objective(row, row + DIM, rating, l2);
        row[c] = was;
        const bool is_constant = c == 0 || c == DIM + 1;
        assert_true(fabs(moved + (is_constant ? 0.0 : rate * difference / (2.0 * small))) < 1e-6);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_those_of_a_plain_loop),
        cmocka_unit_test(a_step_is_along_the_gradient),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
