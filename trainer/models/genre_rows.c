#include "trainer/models/genre_rows.h"

#include "io/philox.h"

void hr_genre_rows_add(const hr_graph_context *graph, const float *genre, float *rows)
{
    const int64_t first = graph->shard.owned_users, movies = graph->shard.owned - first,
                  dim = graph->grid.dim;
#pragma omp parallel for schedule(static)
    for (int64_t m = 0; m < movies; m++)
        for (uint64_t left = graph->genres[m]; left != 0; left &= left - 1) {
            const float *from = genre + __builtin_ctzll(left) * dim;
            for (int64_t c = 0; c < dim; c++)
                rows[(first + m) * dim + c] += from[c];
        }
}

void hr_genre_rows_gradient(const hr_graph_context *graph, const float *slope, float *gradient)
{
    const int64_t first = graph->shard.owned_users, movies = graph->shard.owned - first,
                  dim = graph->grid.dim;
    for (int64_t m = 0; m < movies; m++)
        for (uint64_t left = graph->genres[m]; left != 0; left &= left - 1) {
            float *to = gradient + __builtin_ctzll(left) * dim;
            for (int64_t c = 0; c < dim; c++)
                to[c] += slope[(first + m) * dim + c];
        }
}

void hr_genre_rows_start(const hr_graph_context *graph, uint64_t seed, float *genre)
{
    for (int64_t i = 0; i < graph->genre_count * graph->grid.dim; i++)
        genre[i] = 0.02F * ((float)hr_unit(hr_philox(seed, HR_STREAM_DENSE, 0, (uint64_t)i).word[0]) - 0.5F);
}
