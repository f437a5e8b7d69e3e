#include "trainer/kernels/scores.h"

/* Two sums hide the latency of additions. */
HR_BODY void sum_up(const hr_f32x16 *column, int64_t dim, const float *x, hr_f32x16 *scores)
{
    hr_f32x16 even = {0}, odd = {0};
    int64_t c = 0;
    for (; c + 1 < dim; c += 2) {
        even += x[c] * column[c];
        odd += x[c + 1] * column[c + 1];
    }
    if (c < dim)
        even += x[c] * column[c];
    even += odd;
    *scores = even;
}

HR_SIMD void hr_block_scores(const hr_f32x16 *column, int64_t dim, const float *x, float *score)
{
    hr_f32x16 scores;
    sum_up(column, dim, x, &scores);
    memcpy(score, &scores, sizeof scores);
}

/* Scores are rounded to floats before they are multiplied, as hr_block_scores leaves them. */
HR_SIMD void hr_block_scores_add(const hr_f32x16 *column, int64_t dim, const float *x, float factor,
                                 float *sum)
{
    hr_f32x16 scores;
    sum_up(column, dim, x, &scores);
    for (int64_t lane = 0; lane < HR_LANES; lane++)
        sum[lane] += factor * scores[lane];
}

HR_SIMD int64_t hr_highest(const float *score, int64_t count)
{
    float best = score[0];
    int64_t at = 0;
#pragma omp simd reduction(max : best)
    for (int64_t i = 0; i < count; i++)
        best = score[i] > best ? score[i] : best;
    while (at + 1 < count && score[at] != best)
        at++;
    return at;
}

HR_SIMD int64_t hr_scores_not_above(const float *score, int64_t count, float limit)
{
    int64_t first = 0;
    for (; first + HR_SCORE_GROUP <= count; first += HR_SCORE_GROUP) {
        int above = 0;
        for (int i = 0; i < HR_SCORE_GROUP; i++)
            above |= score[first + i] > limit;
        if (above)
            break;
    }
    return first;
}
