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

/* `doubles` is a constant, and so are `narrow` and `weight` where NULL. Two sums hide the latency of
 * additions. */
HR_BODY void sweep_users(bool doubles, const int64_t *restrict ptr, const int32_t *restrict wide,
                         const uint16_t *restrict narrow, const float *restrict weight,
                         hr_line *restrict users, hr_movie_line *restrict movies, int64_t first, int64_t end)
{
    for (int64_t u = first; u < end; u++) {
        const hr_regs user = hr_regs_load(&users[u]);
        hr_regs even = hr_regs_zero(), odd = hr_regs_zero();
        int64_t e = ptr[u];
        for (; e + 1 < ptr[u + 1]; e += 2) {
            even = sweep_edge(doubles, weight, e, user, even, &movies[narrow ? narrow[e] : wide[e]]);
            odd =
                sweep_edge(doubles, weight, e + 1, user, odd, &movies[narrow ? narrow[e + 1] : wide[e + 1]]);
        }
        if (e < ptr[u + 1])
            even = sweep_edge(doubles, weight, e, user, even, &movies[narrow ? narrow[e] : wide[e]]);
        hr_regs_store(&users[u], doubles ? hr_regs_add_doubles(even, odd) : hr_regs_add(even, odd));
    }
}

typedef void variant(const hr_edge_sweep *s, int64_t first, int64_t end);

HR_VARIANT(void floats_wide(const hr_edge_sweep *s, int64_t first, int64_t end),
           sweep_users(false, s->ptr, s->edge_movie, NULL, NULL, s->user, s->movie, first, end))
HR_VARIANT(void floats_narrow(const hr_edge_sweep *s, int64_t first, int64_t end),
           sweep_users(false, s->ptr, NULL, s->narrow, NULL, s->user, s->movie, first, end))
HR_VARIANT(void floats_weighted(const hr_edge_sweep *s, int64_t first, int64_t end),
           sweep_users(false, s->ptr, s->edge_movie, NULL, s->weight, s->user, s->movie, first, end))
HR_VARIANT(void doubles_wide(const hr_edge_sweep *s, int64_t first, int64_t end),
           sweep_users(true, s->ptr, s->edge_movie, NULL, NULL, s->user, s->movie, first, end))
HR_VARIANT(void doubles_narrow(const hr_edge_sweep *s, int64_t first, int64_t end),
           sweep_users(true, s->ptr, NULL, s->narrow, NULL, s->user, s->movie, first, end))
HR_VARIANT(void doubles_weighted(const hr_edge_sweep *s, int64_t first, int64_t end),
           sweep_users(true, s->ptr, s->edge_movie, NULL, s->weight, s->user, s->movie, first, end))

void HR_OF_ISA(hr_edge_sweep_run)(const hr_edge_sweep *sweep, int64_t first, int64_t end)
{
    variant *const weighted = sweep->doubles ? doubles_weighted : floats_weighted;
    variant *const narrow = sweep->doubles ? doubles_narrow : floats_narrow;
    variant *const wide = sweep->doubles ? doubles_wide : floats_wide;
    (sweep->weight ? weighted : sweep->narrow ? narrow : wide)(sweep, first, end);
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
