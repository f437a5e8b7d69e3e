#include "trainer/kernels/edge_sweep.h"

#include "trainer/simd/vectors.h"

/* sum + the weight of edge e, 1 where there are no weights, times the row. */
HR_BODY hr_regs add_edge(bool doubles, const float *weight, int64_t e, hr_regs sum, hr_regs row)
{
    if (doubles)
        return hr_regs_add_doubles(sum, weight ? hr_regs_scale_doubles((double)weight[e], row) : row);
    return weight ? hr_regs_add_scaled(true, sum, weight[e], row) : hr_regs_add(sum, row);
}

/* Both directions of edge e: the movie's sum grows by the user's row, and the user's sum, which is returned,
 * by the movie's row. */
HR_BODY hr_regs sweep_edge(bool doubles, const float *weight, int64_t e, hr_regs user, hr_regs sum,
                           hr_movie_line *movie)
{
    sum = add_edge(doubles, weight, e, sum, hr_regs_load(&movie->x));
    hr_regs_store(&movie->y, add_edge(doubles, weight, e, hr_regs_load(&movie->y), user));
    return sum;
}

/* `doubles` is a constant, and so is `weight` where NULL. Two sums hide the latency of
 * additions. */
HR_BODY void sweep_users(bool doubles, const int64_t *restrict ptr, const int32_t *restrict edge_movie,
                         const float *restrict weight, hr_line *restrict users,
                         hr_movie_line *restrict movies, int64_t first, int64_t end)
{
    for (int64_t u = first; u < end; u++) {
        const hr_regs user = hr_regs_load(&users[u]);
        hr_regs even = hr_regs_zero(), odd = hr_regs_zero();
        int64_t e = ptr[u];
        for (; e + 1 < ptr[u + 1]; e += 2) {
            even = sweep_edge(doubles, weight, e, user, even, &movies[edge_movie[e]]);
            odd = sweep_edge(doubles, weight, e + 1, user, odd, &movies[edge_movie[e + 1]]);
        }
        if (e < ptr[u + 1])
            even = sweep_edge(doubles, weight, e, user, even, &movies[edge_movie[e]]);
        hr_regs_store(&users[u], doubles ? hr_regs_add_doubles(even, odd) : hr_regs_add(even, odd));
    }
}

typedef void variant(const hr_edge_sweep *s, int64_t first, int64_t end);

HR_VARIANT(void floats(const hr_edge_sweep *s, int64_t first, int64_t end),
           sweep_users(false, s->ptr, s->edge_movie, NULL, s->user, s->movie, first, end))
HR_VARIANT(void floats_weighted(const hr_edge_sweep *s, int64_t first, int64_t end),
           sweep_users(false, s->ptr, s->edge_movie, s->weight, s->user, s->movie, first, end))
HR_VARIANT(void doubles(const hr_edge_sweep *s, int64_t first, int64_t end),
           sweep_users(true, s->ptr, s->edge_movie, NULL, s->user, s->movie, first, end))
HR_VARIANT(void doubles_weighted(const hr_edge_sweep *s, int64_t first, int64_t end),
           sweep_users(true, s->ptr, s->edge_movie, s->weight, s->user, s->movie, first, end))

void HR_OF_ISA(hr_edge_sweep_run)(const hr_edge_sweep *sweep, int64_t first, int64_t end)
{
    variant *const weighted = sweep->doubles ? doubles_weighted : floats_weighted;
    variant *const plain = sweep->doubles ? doubles : floats;
    (sweep->weight ? weighted : plain)(sweep, first, end);
}

/* `doubles` is a constant. */
HR_BODY void sweep_runs(bool doubles, const hr_edge_tile *tile, const hr_line *restrict rows,
                        hr_line *restrict sums, hr_movie_line *restrict movies)
{
    const uint8_t *restrict m = tile->edge_movie;
    for (const hr_edge_run *run = tile->run; run < tile->run + tile->runs; run++) {
        __builtin_prefetch(&rows[run[HR_RUNS_AHEAD].user]);
        __builtin_prefetch(&sums[run[HR_RUNS_AHEAD].user], 1);
        const hr_regs row = hr_regs_load(&rows[run->user]);
        hr_regs even = hr_regs_load(&sums[run->user]), odd = hr_regs_zero();
        const uint8_t *const last = m + run->edges - 1;
        for (; m < last; m += 2) {
            even = sweep_edge(doubles, NULL, 0, row, even, &movies[m[0]]);
            odd = sweep_edge(doubles, NULL, 0, row, odd, &movies[m[1]]);
        }
        if (m == last)
            even = sweep_edge(doubles, NULL, 0, row, even, &movies[*m++]);
        hr_regs_store(&sums[run->user], doubles ? hr_regs_add_doubles(even, odd) : hr_regs_add(even, odd));
    }
}

void HR_OF_ISA(hr_edge_tile_sweep)(bool doubles, const hr_edge_tile *tile, const hr_line *row, hr_line *sum,
                                   hr_movie_line *movie)
{
    if (doubles)
        sweep_runs(true, tile, row, sum, movie);
    else
        sweep_runs(false, tile, row, sum, movie);
}

HR_BODY void add_lines(bool doubles, hr_movie_line *to, const hr_movie_line *from, int64_t movies)
{
    for (int64_t m = 0; m < movies; m++) {
        const hr_regs a = hr_regs_load(&to[m].y), b = hr_regs_load(&from[m].y);
        hr_regs_store(&to[m].y, doubles ? hr_regs_add_doubles(a, b) : hr_regs_add(a, b));
    }
}

void HR_OF_ISA(hr_movie_lines_add)(bool doubles, hr_movie_line *to, const hr_movie_line *from, int64_t movies)
{
    if (doubles)
        add_lines(true, to, from, movies);
    else
        add_lines(false, to, from, movies);
}

/* Movies are fetched so many edges ahead. */
enum { AHEAD = 16 };

HR_BODY hr_regs sum_of(const int32_t *restrict movie, int64_t count, const hr_movie_line *restrict lines)
{
    hr_regs even = hr_regs_zero(), odd = hr_regs_zero();
    int64_t e = 0;
    for (; e + 1 < count; e += 2) {
        even = hr_regs_add(even, hr_regs_load(&lines[movie[e]].x));
        odd = hr_regs_add(odd, hr_regs_load(&lines[movie[e + 1]].x));
    }
    if (e < count)
        even = hr_regs_add(even, hr_regs_load(&lines[movie[e]].x));
    return hr_regs_add(even, odd);
}

void HR_OF_ISA(hr_gram_sweep_run)(const hr_gram_sweep *s, int64_t first, int64_t end, int64_t edges)
{
    const int32_t *restrict movie = s->edge_movie;
    hr_movie_line *restrict lines = s->movie;
    for (int64_t u = first; u < end; u++) {
        const int64_t from = s->ptr[u], count = s->ptr[u + 1] - from;
        const hr_regs sum = hr_regs_scale(s->factor[u], sum_of(movie + from, count, lines));
        for (int64_t e = from; e < from + count; e++) {
            const int64_t next = e + count + AHEAD < edges ? e + count + AHEAD : edges - 1;
            __builtin_prefetch(&lines[movie[next]].x);
            __builtin_prefetch(&lines[movie[next]].y, 1);
            hr_regs_store(&lines[movie[e]].y, hr_regs_add(hr_regs_load(&lines[movie[e]].y), sum));
        }
    }
}

void HR_OF_ISA(hr_gram_lines_next)(hr_movie_line *movie, const float *factor, float scale,
                                   const hr_line *base, hr_line *to, int64_t movies)
{
    for (int64_t m = 0; m < movies; m++) {
        const hr_regs grown = hr_regs_scale(scale * factor[m], hr_regs_load(&movie[m].y));
        const hr_regs value = hr_regs_add(hr_regs_load(&base[m]), grown);
        if (to)
            hr_regs_store(&to[m], value);
        hr_regs_store(&movie[m].x, hr_regs_scale(factor[m], value));
        hr_regs_store(&movie[m].y, hr_regs_zero());
    }
}
