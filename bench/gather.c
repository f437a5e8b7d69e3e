#include "bench/gather.h"

#include "trainer/simd/vectors.h"

HR_BODY void gather_row(const int32_t *neighbour, int64_t count, const float *restrict from,
                        float *restrict sum, int64_t cols)
{
    memset(sum, 0, (size_t)cols * sizeof *sum);
    for (int64_t i = 0; i < count; i++)
        hr_add_scaled_row(sum, 1.0F, from + neighbour[i] * cols, cols);
}

static void gather_side(int64_t rows, const int64_t *ptr, const int32_t *neighbour,
                        const float *restrict from, float *restrict to, int64_t cols)
{
#pragma omp parallel for schedule(dynamic, 64)
    for (int64_t row = 0; row < rows; row++)
        gather_row(neighbour + ptr[row], ptr[row + 1] - ptr[row], from, to + row * cols, cols);
}

void HR_OF_ISA(hr_gather)(const hr_both_ways *graph, const float *restrict x, float *restrict y, int64_t cols)
{
    const int64_t movies = graph->users * cols;
    gather_side(graph->users, graph->user_ptr, graph->user_movie, x + movies, y, cols);
    gather_side(graph->movies, graph->movie_ptr, graph->movie_user, x, y + movies, cols);
}
