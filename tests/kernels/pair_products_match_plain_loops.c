/* Products of least squares over lists of edges: rows by scores and by values, squares, set and added to, of whole rows
 * and of a last piece of them. */
#include "tests/kernels/support/checks.h"
#include "trainer/kernels/pair_products.h"

#include <stdlib.h>
#include <string.h>

enum { LISTS = 3, EDGES = 11, OWN = 4, NEIGHBOURS = 6 };
static const int64_t ptr[LISTS + 1] = {0, 4, 4, EDGES};
static const int32_t own[LISTS] = {2, 0, 3}, neighbour[EDGES] = {0, 5, 3, 3, 1, 0, 2, 4, 5, 1, 3};

/* What each variant is asked for. */
typedef struct setting {
    bool doubles, by_value, has_values, is_whole, adds, squares;
    int lines;
} setting;

static double value_of(const hr_pair_lists *l, int64_t e)
{
    return l->value ? (double)l->value[e] : 1.0;
}

/* x . y, and what there was of it. */
static double score_of(const hr_pair_lists *l, const float *score, int64_t list, int64_t e)
{
    const float *x = l->x + own[list] * l->x_stride, *y = l->y[neighbour[e] * l->lines].floats;
    double sum = l->adds ? (double)score[e] : 0.0;
    for (int64_t c = 0; c < l->lines * HR_LANES; c++)
        sum += (double)x[c] * (double)y[c];
    return sum;
}

/* A list's edges, each with a weight, and the sum before. */
static void check_sum(const hr_pair_lists *l, int64_t list, const double *weight, const hr_row_sums *before)
{
    for (int64_t c = 0; c < l->lines * HR_LANES; c++) {
        const int64_t at = own[list] * l->sum_stride + c;
        double sum = l->is_whole ? 0.0 : before->doubles ? before->doubles[at] : (double)before->floats[at];
        for (int64_t e = ptr[list]; e < ptr[list + 1]; e++)
            sum += weight[e] * (double)l->y[neighbour[e] * l->lines + c / HR_LANES].floats[c % HR_LANES];
        check_number("sum of a list", false, l->sum.doubles ? l->sum.doubles[at] : (double)l->sum.floats[at],
                     sum);
    }
}

static void check_square(const hr_pair_lists *l, int64_t list, const double *weight,
                         const hr_row_sums *before)
{
    const int64_t at = own[list] * l->sum_stride;
    double sum = l->is_whole ? 0.0 : before->doubles ? before->doubles[at] : (double)before->floats[at];
    for (int64_t e = ptr[list]; e < ptr[list + 1]; e++)
        sum += weight[e] * weight[e];
    check_number("sum of squares", false, l->sum.doubles ? l->sum.doubles[at] : (double)l->sum.floats[at],
                 sum);
}

static hr_row_sums sums(bool doubles, int lines)
{
    const int64_t count = OWN * lines * HR_LANES;
    return (hr_row_sums){some_floats(count, 3), doubles ? some_doubles(count, 3) : NULL, sum_unit};
}

static void sums_free(hr_row_sums *s)
{
    free(s->floats);
    free(s->doubles);
}

static void check_lists(const hr_pair_lists *l, setting s, const float *score, const hr_row_sums *before)
{
    double weight[EDGES], expected = 0.0, error = 0.0;
    for (int64_t list = 0; list < LISTS; list++)
        for (int64_t e = ptr[list]; e < ptr[list + 1]; e++) {
            weight[e] = score_of(l, score, list, e);
            weight[e] = s.by_value ? value_of(l, e) - weight[e] : weight[e];
            expected += s.by_value ? weight[e] * weight[e] : 0.0;
        }
    if (s.squares)
        hr_pair_squares(l, 0, LISTS);
    else
        error = hr_pair_products(l, s.by_value, 0, 2) + hr_pair_products(l, s.by_value, 2, LISTS);
    if (!s.squares)
        check_number("squared errors", false, error, expected);
    for (int64_t list = 0; list < LISTS; list++)
        (s.squares ? check_square : check_sum)(l, list, weight, before);
    if (s.doubles)
        keep_bits(&error, sizeof error);
}

static void products(setting s)
{
    float *value = some_floats(EDGES, 4), *score = some_floats(EDGES, 5), *scores = some_floats(EDGES, 5);
    hr_line *x = some_lines(OWN * s.lines, 1), *y = some_lines(NEIGHBOURS * s.lines, 2);
    hr_row_sums before = sums(s.doubles, s.lines);
    const hr_pair_lists l = {.ptr = ptr,
                             .own = own,
                             .neighbour = neighbour,
                             .value = s.has_values ? value : NULL,
                             .edges = EDGES,
                             .is_whole = s.is_whole,
                             .lines = s.lines,
                             .x = x->floats,
                             .x_stride = s.lines * HR_LANES,
                             .y = y,
                             .score = scores,
                             .adds = s.adds,
                             .sum = sums(s.doubles, s.lines),
                             .sum_stride = s.lines * HR_LANES,
                             .error_unit = sum_unit};
    hr_row_sums kept = l.sum;
    check_lists(&l, s, score, &before);
    if (s.doubles)
        keep_bits(l.sum.doubles, (size_t)(OWN * s.lines * HR_LANES) * sizeof(double));
    sums_free(&kept);
    sums_free(&before);
    free(y);
    free(x);
    free(scores);
    free(score);
    free(value);
}

static void all_ways(void)
{
    static const int lines[] = {1, 2, 3, 4, 8};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        for (int way = 0; way < 64; way++)
            if (!(way & 32) || !(way & 2)) /* squares are of scores */
                products((setting){way & 1, way & 2, way & 4, way & 8, way & 16, way & 32, lines[i]});
}

RUN_CHECKS(all_ways)
