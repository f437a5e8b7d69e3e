#include "trainer/kernels/sample_gradients.h"

/* Adds derivative times each row of a pair to the sums of the other. */
HR_BODY void add_pair(bool doubles, float derivative, const float *output, int64_t user, int64_t movie,
                      const hr_row_sums *sums, int64_t first, int64_t end)
{
    hr_row_sums_add(sums, doubles, user, derivative, output + movie, first, end);
    hr_row_sums_add(sums, doubles, movie, derivative, output + user, first, end);
}

/* Rows of samples lie anywhere in memory: they and their sums are fetched so many samples ahead. */
enum { SAMPLES_AHEAD = 8, LINE = 16 };

HR_BODY void prefetch_row(bool doubles, const float *output, const hr_row_sums *sums, int64_t row,
                          int64_t first, int64_t end)
{
    for (int64_t c = row + first; c < row + end; c += LINE) {
        __builtin_prefetch(output + c);
        if (doubles) {
            __builtin_prefetch(sums->doubles + c, 1);
            __builtin_prefetch(sums->doubles + c + LINE / 2, 1);
        } else {
            __builtin_prefetch(sums->floats + c, 1);
        }
    }
}

HR_BODY void prefetch_sample(bool doubles, const hr_positive *sample, const float *output, int64_t dim,
                             const hr_row_sums *sums, int64_t first, int64_t end)
{
    prefetch_row(doubles, output, sums, sample->user_row * dim, first, end);
    prefetch_row(doubles, output, sums, sample->movie_row * dim, first, end);
}

HR_BODY void add_sample(const hr_sample_gradients *g, bool doubles, const hr_positive *sample,
                        const hr_score_gradient *gradient, int64_t first, int64_t end)
{
    const int64_t dim = g->dim, user = sample->user_row * dim, movie = sample->movie_row * dim;
    add_pair(doubles, gradient->derivative, g->output, user, movie, &g->output_sums, first, end);
    for (int64_t i = 1; i <= g->negatives && gradient[i].index >= 0; i++) {
        const int64_t index = gradient[i].index;
        hr_row_sums_add(&g->output_sums, doubles, user, gradient[i].derivative, g->pool + index * dim, first,
                        end);
        hr_row_sums_add(&g->pool_sums, doubles, index * (dim + 1), gradient[i].derivative, g->output + user,
                        first, end);
    }
}

HR_BODY void add_samples(const hr_sample_gradients *g, bool doubles, int64_t first, int64_t end)
{
    for (int64_t s = 0; s < g->samples; s++) {
        if (s + SAMPLES_AHEAD < g->samples)
            prefetch_sample(doubles, &g->sample[s + SAMPLES_AHEAD], g->output, g->dim, &g->output_sums, first,
                            end);
        const hr_score_gradient *gradient = g->gradient + s * (1 + g->negatives);
        if (gradient->index >= 0)
            add_sample(g, doubles, &g->sample[s], gradient, first, end);
    }
}

HR_VARIANT(void add_floats(const hr_sample_gradients *g, int64_t first, int64_t end),
           add_samples(g, false, first, end))
HR_VARIANT(void add_doubles(const hr_sample_gradients *g, int64_t first, int64_t end),
           add_samples(g, true, first, end))

void HR_OF_ISA(hr_sample_gradients_add)(const hr_sample_gradients *gradients, int64_t first, int64_t end)
{
    (gradients->output_sums.doubles ? add_doubles : add_floats)(gradients, first, end);
}

HR_BODY void add_positives(bool doubles, const hr_positive *sample, int64_t samples, const float *derivative,
                           const float *output, int64_t dim, const hr_row_sums *sums, int64_t first,
                           int64_t end)
{
    for (int64_t s = 0; s < samples; s++) {
        if (s + SAMPLES_AHEAD < samples)
            prefetch_sample(doubles, &sample[s + SAMPLES_AHEAD], output, dim, sums, first, end);
        add_pair(doubles, derivative[s], output, sample[s].user_row * dim, sample[s].movie_row * dim, sums,
                 first, end);
    }
}

HR_VARIANT(void add_positives_floats(const hr_positive *sample, int64_t samples, const float *derivative,
                                     const float *output, int64_t dim, const hr_row_sums *sums, int64_t first,
                                     int64_t end),
           add_positives(false, sample, samples, derivative, output, dim, sums, first, end))
HR_VARIANT(void add_positives_doubles(const hr_positive *sample, int64_t samples, const float *derivative,
                                      const float *output, int64_t dim, const hr_row_sums *sums,
                                      int64_t first, int64_t end),
           add_positives(true, sample, samples, derivative, output, dim, sums, first, end))

void HR_OF_ISA(hr_positive_gradients_add)(const hr_positive *sample, int64_t samples, const float *derivative,
                                          const float *output, int64_t dim, const hr_row_sums *sums,
                                          int64_t first, int64_t end)
{
    (sums->doubles ? add_positives_doubles : add_positives_floats)(sample, samples, derivative, output, dim,
                                                                   sums, first, end);
}
