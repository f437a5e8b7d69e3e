/* Descent along the edges of a block, one after the other; rows of the usual number of lines and of others. */
#include "tests/kernels/support/checks.h"
#include "trainer/kernels/block_descent.h"

#include <stdlib.h>

enum { USERS = 4, MOVIES = 5, VISITS = 5, EDGES = 9 };
static const hr_descent_visit visits[VISITS] = {{2, 3}, {0, 1}, {2, 2}, {1, 0}, {3, 3}};
static const hr_descent_edge edges[EDGES] = {{0, 1.0F},  {3, 0.5F}, {4, -1.0F}, {0, 2.0F}, {3, 1.5F},
                                             {1, -0.5F}, {1, 1.0F}, {2, 0.25F}, {4, 1.0F}};

/* What a row becomes by an edge, but for the constant column. */
static void move(double *row, const double *other, const hr_descent_step *step, double error, int64_t fixed,
                 int64_t columns)
{
    const int64_t bias = 1 - fixed;
    for (int64_t c = 0; c < columns; c++)
        if (c != fixed)
            row[c] = (double)(c == bias ? step->keep_bias : step->keep) * row[c] +
                     (double)step->rate * error * other[c];
}

/* The same in doubles, on rows of `columns` columns. */
static double plain_descent(const hr_block_descent *b, double *user_rows, double *movie_rows, int64_t columns)
{
    double squares = 0.0, *before = some_doubles(columns, 0);
    const hr_descent_edge *edge = edges;
    for (int v = 0; v < VISITS; v++)
        for (int e = 0; e < visits[v].edges; e++, edge++) {
            double *p = user_rows + visits[v].user * columns, *q = movie_rows + edge->movie * columns;
            double error = (double)edge->rating;
            for (int64_t c = 0; c < columns; c++) {
                before[c] = p[c];
                error -= p[c] * q[c];
            }
            move(p, q, &b->user_step[visits[v].user], error, 0, columns);
            move(q, before, &b->movie_step[edge->movie], error, 1, columns);
            squares += error * error;
        }
    free(before);
    return squares;
}

static double *as_doubles(const hr_line *rows, int64_t count)
{
    double *copy = some_doubles(count, 0);
    for (int64_t i = 0; i < count; i++)
        copy[i] = (double)rows[i / HR_LANES].floats[i % HR_LANES];
    return copy;
}

static void check_rows(const char *what, const hr_line *rows, const double *expected, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        check_number(what, false, (double)rows[i / HR_LANES].floats[i % HR_LANES], expected[i]);
    keep_bits(rows, (size_t)count * sizeof(float));
}

static void descend(int64_t lines)
{
    const int64_t columns = lines * HR_LANES;
    hr_line *user = some_lines(USERS * lines, 1), *movie = some_lines(MOVIES * lines, 2);
    double *user_rows = as_doubles(user, USERS * columns), *movie_rows = as_doubles(movie, MOVIES * columns);
    hr_descent_step user_step[USERS], movie_step[MOVIES];
    for (int i = 0; i < USERS; i++)
        user_step[i] = (hr_descent_step){0.05F + 0.01F * (float)i, 0.99F, 0.97F};
    for (int i = 0; i < MOVIES; i++)
        movie_step[i] = (hr_descent_step){0.04F, 0.98F - 0.01F * (float)i, 0.96F};
    const hr_block_descent b = {lines, VISITS, visits, edges, user, movie, user_step, movie_step};
    const double squares = hr_block_descent_run(&b);
    check_number("squared errors", false, squares, plain_descent(&b, user_rows, movie_rows, columns));
    check_rows("row of a user", user, user_rows, USERS * columns);
    check_rows("row of a movie", movie, movie_rows, MOVIES * columns);
    keep_bits(&squares, sizeof squares);
    free(movie_rows);
    free(user_rows);
    free(movie);
    free(user);
}

static void any_number_of_lines(void)
{
    for (int64_t lines = 1; lines <= 5; lines++)
        descend(lines);
}

RUN_CHECKS(any_number_of_lines)
