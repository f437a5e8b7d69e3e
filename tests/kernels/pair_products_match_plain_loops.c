/* Products of least squares over lists of edges, by scores and by values, set and added to. */
#include "tests/kernels/support/checks.h"
#include "trainer/kernels/pair_products.h"

#include <stdlib.h>
#include <string.h>

enum { LISTS = 3, EDGES = 11, OWN = 4, NEIGHBOURS = 6 };
static const int64_t ptr[LISTS + 1] = {0, 4, 4, EDGES};
static const int32_t own[LISTS] = {2, 0, 3}, neighbour[EDGES] = {0, 5, 3, 3, 1, 0, 2, 4, 5, 1, 3};

/* What each variant is asked for. */
typedef struct setting {
    bool doubles, by_value, has_values, is_whole;
    int lines;
} setting;

/* x . y, and (value - x . y) where by value. */
static double factor_of(const hr_pair_lists *l, int64_t list, int64_t e)
{
    const float *x = l->x[own[list] * l->lines].floats, *y = l->y[neighbour[e] * l->lines].floats;
    double score = 0.0;
    for (int64_t c = 0; c < l->lines * HR_LANES; c++)
        score += (double)x[c] * (double)y[c];
    return l->by_value ? (l->value ? (double)l->value[e] : 1.0) - score : score;
}

/* Number c of the sum of a list. */
static double sum_of(const hr_pair_lists *l, int64_t list, int64_t c, double before)
{
    double sum = l->is_whole ? 0.0 : before;
    for (int64_t e = ptr[list]; e < ptr[list + 1]; e++)
        sum += factor_of(l, list, e) * (double)l->y[neighbour[e] * l->lines].floats[c];
    return sum;
}

static void check_sums(const hr_pair_lists *l, const hr_line *before)
{
    const int sum_lines = l->doubles ? 2 * l->lines : l->lines;
    const int64_t lanes = l->doubles ? HR_LANES / 2 : HR_LANES;
    for (int64_t list = 0; list < LISTS; list++)
        for (int64_t c = 0; c < l->lines * HR_LANES; c++) {
            const int64_t at = own[list] * sum_lines + c / lanes;
            check_number("sum of a list", false, lane_of(l->doubles, &l->sum[at], c % lanes),
                         sum_of(l, list, c, lane_of(l->doubles, &before[at], c % lanes)));
        }
}

static hr_line *sums(bool doubles, int lines)
{
    return doubles ? (hr_line *)some_doubles(OWN * lines * HR_LANES, 3) : some_lines(OWN * lines, 3);
}

static void products(setting s)
{
    float *value = some_floats(EDGES, 4);
    hr_line *x = some_lines(OWN * s.lines, 1), *y = some_lines(NEIGHBOURS * s.lines, 2);
    hr_line *before = sums(s.doubles, s.lines);
    const hr_pair_lists l = {s.doubles, s.by_value, s.is_whole,
                             s.lines,   EDGES,      ptr,
                             own,       neighbour,  s.has_values ? value : NULL,
                             x,         y,          sums(s.doubles, s.lines),
                             sum_unit,  sum_unit};
    double expected = 0.0;
    const double error = hr_pair_products_sum(&l, 0, 2) + hr_pair_products_sum(&l, 2, LISTS);
    for (int64_t list = 0; list < LISTS; list++)
        for (int64_t e = ptr[list]; e < ptr[list + 1]; e++)
            expected += s.by_value ? factor_of(&l, list, e) * factor_of(&l, list, e) : 0.0;
    check_number("squared errors", false, error, expected);
    check_sums(&l, before);
    if (s.doubles) {
        keep_bits(l.sum, (size_t)(OWN * s.lines * 2) * sizeof *l.sum);
        keep_bits(&error, sizeof error);
    }
    free(l.sum);
    free(before);
    free(y);
    free(x);
    free(value);
}

static void all_ways(void)
{
    static const int lines[] = {1, 2, 3, 4, 8};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        for (int way = 0; way < 16; way++)
            products((setting){way & 1, way & 2, way & 4, way & 8, lines[i]});
}

static void sums_of_lines(void)
{
    for (int doubles = 0; doubles < 2; doubles++) {
        hr_line *to = sums(doubles, 1), *before = sums(doubles, 1), *from = sums(doubles, 2);
        hr_lines_add(doubles, to, from + 1, OWN - 1);
        for (int64_t i = 0; i < OWN - 1; i++)
            for (int64_t c = 0; c < (doubles ? HR_LANES / 2 : HR_LANES); c++)
                check_number("sum of lines", doubles, lane_of(doubles, &to[i], c),
                             lane_of(doubles, &before[i], c) + lane_of(doubles, &from[i + 1], c));
        free(from);
        free(before);
        free(to);
    }
}

RUN_CHECKS(all_ways, sums_of_lines)
