/* Scores of blocks, dot products, and what is found in rows of scores. */
#include "tests/kernels/support/checks.h"
#include "trainer/kernels/scores.h"

#include <math.h>
#include <stdlib.h>

static double dot_of(const float *x, const hr_line *column, int64_t lane, int64_t dim)
{
    double sum = 0.0;
    for (int64_t c = 0; c < dim; c++)
        sum += (double)x[c] * (double)column[c].floats[lane];
    return sum;
}

static void block(int64_t dim)
{
    hr_line *column = some_lines(dim, 1);
    float *x = some_floats(dim, 2), fused[HR_LANES], plain[HR_LANES];
    hr_block_scores(true, column, dim, x, fused);
    hr_block_scores(false, column, dim, x, plain);
    for (int64_t lane = 0; lane < HR_LANES; lane++) {
        const double expected = dot_of(x, column, lane, dim);
        check_number("fused score of a block", false, (double)fused[lane], expected);
        check_number("score of a block", false, (double)plain[lane], expected);
    }
    keep_bits(plain, sizeof plain);
    free(x);
    free(column);
}

static void blocks(void)
{
    const int64_t dims[] = {1, 2, 3, 16, 17, 64};
    for (size_t i = 0; i < sizeof dims / sizeof *dims; i++)
        block(dims[i]);
}

/* Rows and blocks at once have the scores, and the bits, of each alone. */
static void rows_of_blocks(int64_t rows, int64_t count, int64_t dim)
{
    const int64_t stride = count * HR_LANES + 3;
    hr_line *line = some_lines(count * dim, 3);
    float *x = some_floats(rows * dim, 4), *score = some_floats(rows * stride, 5), alone[HR_LANES];
    for (int fused = 0; fused < 2; fused++) {
        hr_scores_of_rows(fused, line, count, dim, x, rows, score, stride);
        for (int64_t r = 0; r < rows; r++)
            for (int64_t b = 0; b < count; b++) {
                hr_scores_of_rows(fused, line + b * dim, 1, dim, x + r * dim, 1, alone, HR_LANES);
                for (int64_t lane = 0; lane < HR_LANES; lane++) {
                    const double found = (double)score[r * stride + b * HR_LANES + lane];
                    check_number("score of a row", false, found,
                                 dot_of(x + r * dim, line + b * dim, lane, dim));
                    check_number("score of a row alone", true, found, (double)alone[lane]);
                }
            }
        if (!fused)
            keep_bits(score, (size_t)(rows * stride) * sizeof *score);
    }
    free(score);
    free(x);
    free(line);
}

static void rows_with_blocks(void)
{
    const int64_t rows[] = {1, 2, 6, 7, 8, 17}, counts[] = {1, 2, 3, 7}, dims[] = {1, 16, 33};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t j = 0; j < sizeof counts / sizeof *counts; j++)
            for (size_t k = 0; k < sizeof dims / sizeof *dims; k++)
                rows_of_blocks(rows[i], counts[j], dims[k]);
}

static void products_of_rows(void)
{
    for (int64_t dim = 0; dim <= 70; dim++) {
        float *x = some_floats(dim, 4), *y = some_floats(dim, 5);
        double expected = 0.0;
        for (int64_t c = 0; c < dim; c++)
            expected += (double)x[c] * (double)y[c];
        const float found = hr_dot(x, y, dim);
        check_number("dot product", false, (double)found, expected);
        keep_bits(&found, sizeof found);
        free(y);
        free(x);
    }
}

static void highest_score(void)
{
    for (int64_t count = 1; count <= 100; count++) {
        float *score = some_floats(count, (uint32_t)count);
        int64_t expected = 0;
        for (int64_t i = 1; i < count; i++)
            if (score[i] > score[expected])
                expected = i;
        check_number("place of the highest", true, (double)hr_highest(score, count), (double)expected);
        score[count / 2] = score[count - 1] = 7.0F;
        check_number("the first of two", true, (double)hr_highest(score, count), (double)(count / 2));
        free(score);
    }
}

static void scores_above_a_limit(void)
{
    for (int64_t count = 0; count <= 200; count += 7)
        for (int64_t high = 0; high <= count; high += 5) {
            float *score = some_floats(count, 8);
            if (high < count)
                score[high] = 2.0F;
            const int64_t last =
                high < count && high / HR_SCORE_GROUP < count / HR_SCORE_GROUP ? high : count;
            check_number("scores not above", true, (double)hr_scores_not_above(score, count, 1.0F),
                         (double)(last / HR_SCORE_GROUP * HR_SCORE_GROUP));
            free(score);
        }
}

static void numbers_of_scores_above_a_limit(void)
{
    for (int64_t count = 0; count <= 200; count += 7) {
        float *score = some_floats(count, 11);
        int32_t found[200];
        int64_t expected = 0;
        for (int64_t i = 0; i < count; i += 5)
            score[i] = i % 10 ? NAN : 0.25F;
        const int64_t above = hr_scores_above(score, count, 0.25F, 1000, found);
        for (int64_t i = 0; i < count; i++)
            if (score[i] > 0.25F)
                check_number("number of a score above", true,
                             expected < above ? (double)found[expected++] : -1.0, (double)(1000 + i));
        check_number("scores above", true, (double)above, (double)expected);
        free(score);
    }
}

static void pairs_in_the_right_order(void)
{
    for (int64_t count = 0; count <= 160; count += HR_LANES) {
        float *score = some_floats(count, 9);
        double expected = 0.0;
        for (int64_t i = 0; i < count; i++)
            score[i] = i % 5 == 0 ? 0.25F : i % 7 == 0 ? NAN : score[i];
        for (int64_t i = 0; i < count; i++)
            expected += score[i] < 0.25F ? 1.0 : score[i] == 0.25F ? 0.5 : 0.0;
        check_number("pairs in order", true, hr_count_right_order(score, count, 0.25F), expected);
        free(score);
    }
}

static void intervals_of_scores(void)
{
    const int32_t last = 9;
    for (int64_t count = 0; count <= 70; count++) {
        float *score = some_floats(count, 10);
        int32_t interval[70];
        for (int64_t i = 0; i < count; i++)
            score[i] = i % 11 == 0 ? NAN : i % 7 == 0 ? INFINITY : i % 5 == 0 ? -INFINITY : score[i];
        hr_score_intervals(score, count, -0.25F, 16.0F, last, interval);
        for (int64_t i = 0; i < count; i++) {
            const float at = (score[i] + 0.25F) * 16.0F + 1.0F;
            const int32_t expected = !(at < (float)last) ? last : at > 0.0F ? (int32_t)at : 0;
            check_number("interval", true, (double)interval[i], (double)expected);
        }
        free(score);
    }
}

RUN_CHECKS(blocks, rows_with_blocks, products_of_rows, highest_score, scores_above_a_limit,
           numbers_of_scores_above_a_limit, pairs_in_the_right_order, intervals_of_scores)
