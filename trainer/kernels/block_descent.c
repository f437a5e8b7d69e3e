#include "trainer/kernels/block_descent.h"

#include "trainer/simd/vectors.h"

enum { MOST_LINES = 4096 / HR_LANES, USUAL_LINES = 4, VISITS_AHEAD = 3 };

/* The columns of a row's first line, each 1 in one of three: the constant, the bias, the others. */
typedef struct columns {
    hr_line constant, bias, others;
} columns;

static const columns of_user = {
    {.floats = {1, 0}}, {.floats = {0, 1}}, {.floats = {0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}}};
static const columns of_movie = {
    {.floats = {0, 1}}, {.floats = {1, 0}}, {.floats = {0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}}};

/* keep * own + rate * other */
HR_BODY hr_regs moved(hr_regs keep, hr_regs own, hr_regs rate, hr_regs other)
{
    return hr_regs_add(hr_regs_multiply(keep, own), hr_regs_multiply(rate, other));
}

/* The same for the first line. */
HR_BODY hr_regs moved_first(hr_descent_step step, hr_regs own, float rate, hr_regs other, const columns *c)
{
    const hr_regs bias = hr_regs_load(&c->bias), others = hr_regs_load(&c->others);
    const hr_regs keep =
        hr_regs_add(hr_regs_add(hr_regs_scale(step.keep, others), hr_regs_scale(step.keep_bias, bias)),
                    hr_regs_load(&c->constant));
    return moved(keep, own, hr_regs_scale(rate, hr_regs_add(bias, others)), other);
}

HR_BODY float dot(const hr_regs *p, const hr_line *q, int64_t lines)
{
    hr_regs sum = hr_regs_multiply(p[0], hr_regs_load(&q[0]));
#pragma GCC unroll 4
    for (int64_t i = 1; i < lines; i++)
        sum = hr_regs_add_product(false, sum, p[i], hr_regs_load(&q[i]));
    return hr_regs_sum(sum);
}

/* Moves both rows along the gradient of an edge. */
HR_BODY void descend_edge(hr_regs *p, hr_line *q, int64_t lines, hr_descent_step user, hr_descent_step movie,
                          float error)
{
    const hr_regs user_keep = hr_regs_all(user.keep), user_rate = hr_regs_all(user.rate * error);
    const hr_regs movie_keep = hr_regs_all(movie.keep), movie_rate = hr_regs_all(movie.rate * error);
    const hr_regs first = p[0], other = hr_regs_load(&q[0]);
    p[0] = moved_first(user, first, user.rate * error, other, &of_user);
    hr_regs_store(&q[0], moved_first(movie, other, movie.rate * error, first, &of_movie));
#pragma GCC unroll 4
    for (int64_t i = 1; i < lines; i++) {
        const hr_regs own = p[i], its = hr_regs_load(&q[i]);
        p[i] = moved(user_keep, own, user_rate, its);
        hr_regs_store(&q[i], moved(movie_keep, its, movie_rate, own));
    }
}

/* The edges of one visit; the user's row is in registers where `lines` is a constant. */
HR_BODY double visit_user(const hr_block_descent *b, hr_line *row, hr_descent_step user,
                          const hr_descent_edge *edge, int64_t edges, int64_t lines)
{
    hr_regs p[MOST_LINES];
    double squares = 0.0;
    for (int64_t i = 0; i < lines; i++)
        p[i] = hr_regs_load(&row[i]);
    for (int64_t e = 0; e < edges; e++) {
        hr_line *q = b->movie_row + edge[e].movie * lines;
        const float error = edge[e].rating - dot(p, q, lines);
        squares += (double)error * (double)error;
        descend_edge(p, q, lines, user, b->movie_step[edge[e].movie], error);
    }
    for (int64_t i = 0; i < lines; i++)
        hr_regs_store(&row[i], p[i]);
    return squares;
}

HR_BODY void prefetch_row(const hr_line *row, int64_t lines)
{
    for (int64_t i = 0; i < lines; i++)
        __builtin_prefetch(&row[i], 1);
}

HR_BODY double descend(const hr_block_descent *b, int64_t lines)
{
    double squares = 0.0;
    const hr_descent_edge *edge = b->edge;
    for (int64_t v = 0; v < b->visits; v++) {
        const hr_descent_visit visit = b->visit[v];
        if (v + VISITS_AHEAD < b->visits)
            prefetch_row(b->user_row + b->visit[v + VISITS_AHEAD].user * lines, lines);
        squares += visit_user(b, b->user_row + visit.user * lines, b->user_step[visit.user], edge,
                              visit.edges, lines);
        edge += visit.edges;
    }
    return squares;
}

HR_VARIANT(double descend_usual(const hr_block_descent *b), return descend(b, USUAL_LINES))
HR_VARIANT(double descend_any(const hr_block_descent *b), return descend(b, b->lines))

double HR_OF_ISA(hr_block_descent_run)(const hr_block_descent *block)
{
    return block->lines == USUAL_LINES ? descend_usual(block) : descend_any(block);
}
