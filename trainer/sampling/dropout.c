#include "trainer/sampling/dropout.h"

/* Activations that one draw of four words decides on, by 16 bits each. */
enum { VALUES_A_DRAW = 8 };

float hr_dropout_scale(const hr_dropout *dropout)
{
    return (float)(1.0 / (1.0 - dropout->share));
}

void hr_dropout_activations(const hr_dropout *dropout, const hr_dropout_row *row, int64_t count,
                            float *activation)
{
    const uint32_t limit = (uint32_t)(dropout->share * 65536.0);
    const float scale = hr_dropout_scale(dropout);
    const uint64_t first =
        ((uint64_t)row->row * HR_DROPOUT_LAYERS + (uint64_t)row->layer) * (HR_DROPOUT_WIDTH / VALUES_A_DRAW);
    if (row->step == HR_AT_REST || limit == 0)
        return;
    for (int64_t c = 0; c < count; c += VALUES_A_DRAW) {
        const hr_random4 r =
            hr_philox(dropout->seed, row->stream, (uint32_t)row->step, first + (uint64_t)(c / VALUES_A_DRAW));
        for (int64_t i = 0; i < VALUES_A_DRAW && c + i < count; i++) {
            const uint32_t bits = r.word[i / 2] >> (i % 2 * 16) & 0xFFFF;
            activation[c + i] = bits < limit ? 0.0F : scale * activation[c + i];
        }
    }
}

void hr_dropout_edges(const hr_dropout *dropout, int64_t step, int64_t layer, const hr_shard *shard,
                      float kept, float *weight)
{
    const double limit = step == HR_AT_REST ? 0.0 : dropout->share * 4294967296.0;
#pragma omp parallel for schedule(static)
    for (int64_t s = 0; s < shard->user_slots; s++) {
        const int64_t user = shard->vertex[shard->user_row[s]];
        for (int64_t e = shard->edge_ptr[s]; e < shard->edge_ptr[s + 1]; e++) {
            const int64_t movie = shard->vertex[shard->movie_row[shard->edge_movie[e]]] - shard->users;
            const uint64_t edge =
                (uint64_t)(user * shard->movies + movie) * HR_DROPOUT_LAYERS + (uint64_t)layer;
            const hr_random4 r = hr_philox(dropout->seed, HR_STREAM_DROPOUT_EDGE, (uint32_t)step, edge);
            weight[e] = (double)r.word[0] < limit ? 0.0F : kept;
        }
    }
}
