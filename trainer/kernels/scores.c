#include "trainer/kernels/scores.h"

#include "trainer/simd/vectors.h"

/* Two sums hide the latency of additions. */
HR_BODY hr_regs sum_up(bool fused, const hr_line *column, int64_t dim, const float *x)
{
    hr_regs even = hr_regs_zero(), odd = hr_regs_zero();
    int64_t c = 0;
    for (; c + 1 < dim; c += 2) {
        even = hr_regs_add_scaled(fused, even, x[c], hr_regs_load(&column[c]));
        odd = hr_regs_add_scaled(fused, odd, x[c + 1], hr_regs_load(&column[c + 1]));
    }
    if (c < dim)
        even = hr_regs_add_scaled(fused, even, x[c], hr_regs_load(&column[c]));
    return hr_regs_add(even, odd);
}

void HR_OF_ISA(hr_block_scores)(bool fused, const hr_line *column, int64_t dim, const float *x, float *score)
{
    hr_regs_store(score, fused ? sum_up(true, column, dim, x) : sum_up(false, column, dim, x));
}

int64_t HR_OF_ISA(hr_highest)(const float *score, int64_t count)
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

int64_t HR_OF_ISA(hr_scores_not_above)(const float *score, int64_t count, float limit)
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

double HR_OF_ISA(hr_count_right_order)(const float *score, int64_t count, float held)
{
    hr_veci counts = {0}; /* less, and less or equal: together twice the pairs */
    int64_t twice = 0;
    for (int64_t i = 0; i < count; i += HR_VEC_BYTES / (int64_t)sizeof *score) {
        hr_vec others;
        memcpy(&others, score + i, sizeof others);
        counts -= (others < held) + (others <= held);
    }
    for (int i = 0; i < HR_VEC_BYTES / (int)sizeof *score; i++)
        twice += counts[i];
    return 0.5 * (double)twice;
}

void HR_OF_ISA(hr_score_intervals)(const float *restrict score, int64_t count, float lowest, float scale,
                                   int32_t last, int32_t *restrict interval)
{
    const float most = (float)last;
#pragma omp simd
    for (int64_t i = 0; i < count; i++) {
        const float at = (score[i] - lowest) * scale + 1.0F, upper = at < most ? at : most;
        interval[i] = (int32_t)(upper > 0.0F ? upper : 0.0F);
    }
}

float HR_OF_ISA(hr_dot)(const float *x, const float *y, int64_t dim)
{
    return hr_dot_rows(false, x, y, dim);
}
