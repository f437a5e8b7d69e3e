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

/* Rows and blocks whose sums are in registers together, beside a line of each block and one entry of a row. */
#if defined(__AVX512F__)
enum { TILE_ROWS = 8, TILE_BLOCKS = 3 };
#elif defined(__AVX2__) || defined(__aarch64__)
enum { TILE_ROWS = 6, TILE_BLOCKS = 1 };
#else
enum { TILE_ROWS = 2, TILE_BLOCKS = 1 };
#endif

/* Scores of `rows` rows with `blocks` blocks, both constants. */
HR_BODY void score_tile(bool fused, int rows, int blocks, const hr_line *line, int64_t dim, const float *x,
                        float *score, int64_t stride)
{
    hr_regs sum[TILE_ROWS][TILE_BLOCKS], columns[TILE_BLOCKS];
    HR_EACH_LINE (r, rows)
        HR_EACH_LINE (b, blocks)
            sum[r][b] = hr_regs_zero();
    for (int64_t c = 0; c < dim; c++) {
        HR_EACH_LINE (b, blocks)
            columns[b] = hr_regs_load(line + b * dim + c);
        HR_EACH_LINE (r, rows) {
            const hr_regs entry = hr_regs_all(x[r * dim + c]);
            HR_EACH_LINE (b, blocks)
                sum[r][b] = hr_regs_add_product(fused, sum[r][b], entry, columns[b]);
        }
    }
    HR_EACH_LINE (r, rows)
        HR_EACH_LINE (b, blocks)
            hr_regs_store(score + r * stride + b * HR_LANES, sum[r][b]);
}

/* Scores of `rows` rows, a constant, with all blocks. */
HR_BODY void score_rows(bool fused, int rows, const hr_line *line, int64_t blocks, int64_t dim,
                        const float *x, float *score, int64_t stride)
{
    int64_t b = 0;
    for (; b + TILE_BLOCKS <= blocks; b += TILE_BLOCKS)
        score_tile(fused, rows, TILE_BLOCKS, line + b * dim, dim, x, score + b * HR_LANES, stride);
    for (; b < blocks; b++)
        score_tile(fused, rows, 1, line + b * dim, dim, x, score + b * HR_LANES, stride);
}

HR_BODY void score_all(bool fused, const hr_line *line, int64_t blocks, int64_t dim, const float *x,
                       int64_t rows, float *score, int64_t stride)
{
    int64_t r = 0;
    for (; r + TILE_ROWS <= rows; r += TILE_ROWS)
        score_rows(fused, TILE_ROWS, line, blocks, dim, x + r * dim, score + r * stride, stride);
    for (; r < rows; r++)
        score_rows(fused, 1, line, blocks, dim, x + r * dim, score + r * stride, stride);
}

HR_VARIANT(void scores_fused(const hr_line *line, int64_t blocks, int64_t dim, const float *x, int64_t rows,
                             float *score, int64_t stride),
           score_all(true, line, blocks, dim, x, rows, score, stride))
HR_VARIANT(void scores_plain(const hr_line *line, int64_t blocks, int64_t dim, const float *x, int64_t rows,
                             float *score, int64_t stride),
           score_all(false, line, blocks, dim, x, rows, score, stride))

void HR_OF_ISA(hr_scores_of_rows)(bool fused, const hr_line *line, int64_t blocks, int64_t dim,
                                  const float *x, int64_t rows, float *score, int64_t stride)
{
    (fused ? scores_fused : scores_plain)(line, blocks, dim, x, rows, score, stride);
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

/* Appends the numbers without a branch: each is written, and stays if it counts. */
HR_BODY int64_t append_above(const float *score, int64_t count, float limit, int32_t first, int32_t *found)
{
    int64_t above = 0;
    for (int64_t i = 0; i < count; i++) {
        found[above] = first + (int32_t)i;
        above += score[i] > limit;
    }
    return above;
}

int64_t HR_OF_ISA(hr_scores_above)(const float *score, int64_t count, float limit, int32_t first,
                                   int32_t *found)
{
    int64_t above = 0, group = 0;
    for (; group + HR_SCORE_GROUP <= count; group += HR_SCORE_GROUP) {
        int any = 0;
        for (int i = 0; i < HR_SCORE_GROUP; i++)
            any |= score[group + i] > limit;
        if (any)
            above +=
                append_above(score + group, HR_SCORE_GROUP, limit, first + (int32_t)group, found + above);
    }
    return above + append_above(score + group, count - group, limit, first + (int32_t)group, found + above);
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
