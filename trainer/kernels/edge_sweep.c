#include "trainer/kernels/edge_sweep.h"

/* a += the weight of edge e, 1 where there are no weights, times b. */
HR_BODY void add_edge(bool doubles, const float *weight, int64_t e, hr_f32x16 *a, const hr_f32x16 *b)
{
    if (!weight)
        hr_line_add(doubles, a, b);
    else if (doubles)
        *a = (hr_f32x16)((hr_f64x8)*a + (double)weight[e] * (hr_f64x8)*b);
    else
        *a += weight[e] * *b;
}

/* `doubles` is a constant, and so are `narrow` and `weight` where NULL. Two sums hide the latency of
 * additions. */
HR_BODY void sweep_users(bool doubles, const int64_t *restrict ptr, const int32_t *restrict wide,
                         const uint16_t *restrict narrow, const float *restrict weight,
                         hr_f32x16 *restrict users, hr_movie_line *restrict movies, int64_t first,
                         int64_t end)
{
    for (int64_t u = first; u < end; u++) {
        const hr_f32x16 user = users[u];
        hr_f32x16 even = {0}, odd = {0};
        int64_t e = ptr[u];
        for (; e + 1 < ptr[u + 1]; e += 2) {
            hr_movie_line *a = &movies[narrow ? narrow[e] : wide[e]];
            hr_movie_line *b = &movies[narrow ? narrow[e + 1] : wide[e + 1]];
            add_edge(doubles, weight, e, &even, &a->x);
            add_edge(doubles, weight, e, &a->y, &user);
            add_edge(doubles, weight, e + 1, &odd, &b->x);
            add_edge(doubles, weight, e + 1, &b->y, &user);
        }
        if (e < ptr[u + 1]) {
            hr_movie_line *a = &movies[narrow ? narrow[e] : wide[e]];
            add_edge(doubles, weight, e, &even, &a->x);
            add_edge(doubles, weight, e, &a->y, &user);
        }
        hr_line_add(doubles, &even, &odd);
        users[u] = even;
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

void hr_edge_sweep_run(const hr_edge_sweep *sweep, int64_t first, int64_t end)
{
    variant *const weighted = sweep->doubles ? doubles_weighted : floats_weighted;
    variant *const narrow = sweep->doubles ? doubles_narrow : floats_narrow;
    variant *const wide = sweep->doubles ? doubles_wide : floats_wide;
    (sweep->weight ? weighted : sweep->narrow ? narrow : wide)(sweep, first, end);
}
