#include "trainer/kernels/pair_products.h"

#include "trainer/simd/rounding.h"
#include "trainer/simd/vectors.h"

HR_BODY float dot_lines(bool fused, const hr_regs *x, const hr_line *y, int lines)
{
    hr_regs products = hr_regs_multiply(x[0], hr_regs_load(&y[0]));
    HR_EACH_LINE(i, lines - 1)
    products = hr_regs_add_product(fused, products, x[i + 1], hr_regs_load(&y[i + 1]));
    return hr_regs_sum(products);
}

/* Rows are prefetched this many edges ahead: those that are not in a near cache would stall the loop. */
enum { AHEAD = 6 };

HR_BODY void fetch(const hr_line *row, int lines)
{
    HR_EACH_LINE(i, lines)
    __builtin_prefetch(row + i);
}

/* Most lines of a row. */
enum { MOST_LINES = HR_PAIR_MOST_COLUMNS / HR_LANES };

/* sum += weight * row, in floats or, rounded to the unit, in doubles. */
HR_BODY void add_row(bool doubles, hr_regs *sum, float weight, const hr_line *row, int lines, double shift)
{
    HR_EACH_LINE(i, lines)
    {
        if (!doubles) {
            sum[i] = hr_regs_add_scaled(true, sum[i], weight, hr_regs_load(&row[i]));
            continue;
        }
        HR_EACH_LINE(half, 2)
        {
            const float *from = row[i].floats + half * HR_LANES / 2;
            const hr_regs term =
                hr_regs_scale_doubles((double)weight, hr_regs_widen(from, HR_LANES / 2 * sizeof *from));
            hr_regs *to = &sum[2 * i + half];
            *to = hr_regs_add_doubles(*to, hr_regs_round_doubles(term, shift));
        }
    }
}

/* Adds up one list. The row and the sum of its vertex stay in registers where `lines` is a small constant.
 * Returns the squared errors. */
HR_BODY double sum_list(const hr_pair_lists *lists, bool doubles, bool by_value, int64_t list,
                        const hr_line *restrict x, const hr_line *restrict y, hr_line *restrict sum,
                        int lines)
{
    const int sum_lines = doubles ? 2 * lines : lines;
    const int64_t row = (int64_t)lists->own[list] * lines, sum_row = (int64_t)lists->own[list] * sum_lines;
    const double shift = hr_unit_shift(lists->unit);
    hr_regs own[MOST_LINES], own_sum[2 * MOST_LINES];
    double error = 0.0;
    HR_EACH_LINE(i, lines)
    own[i] = hr_regs_load(&x[row + i]);
    HR_EACH_LINE(i, sum_lines)
    own_sum[i] = lists->is_whole ? hr_regs_zero() : hr_regs_load(&sum[sum_row + i]);
    for (int64_t e = lists->ptr[list]; e < lists->ptr[list + 1]; e++) {
        const hr_line *neighbour = y + (int64_t)lists->neighbour[e] * lines;
        if (e + AHEAD < lists->edges)
            fetch(y + (int64_t)lists->neighbour[e + AHEAD] * lines, lines);
        float weight = dot_lines(!doubles, own, neighbour, lines);
        if (by_value) {
            weight = (lists->value ? lists->value[e] : 1.0F) - weight;
            error += hr_round_to_unit((double)weight * (double)weight, lists->error_unit);
        }
        add_row(doubles, own_sum, weight, neighbour, lines, shift);
    }
    HR_EACH_LINE(i, sum_lines)
    hr_regs_store(&sum[sum_row + i], own_sum[i]);
    return error;
}

HR_BODY double sum_lists(const hr_pair_lists *lists, bool doubles, bool by_value, int64_t first, int64_t end,
                         int lines)
{
    double error = 0.0;
    for (int64_t i = first; i < end; i++)
        error += sum_list(lists, doubles, by_value, i, lists->x, lists->y, lists->sum, lines);
    return error;
}

/* A variant for a number of lines, by scores and by values. */
typedef double variant(const hr_pair_lists *l, int64_t first, int64_t end);
typedef struct sized_variant {
    int lines; /* 0: any */
    variant *by_score, *by_value;
} sized_variant;

#define HR_PAIR_VARIANTS(name, doubles, lines)                                                               \
    HR_VARIANT(double name##_by_score(const hr_pair_lists *l, int64_t first, int64_t end),                   \
               return sum_lists(l, doubles, false, first, end, lines))                                       \
    HR_VARIANT(double name##_by_value(const hr_pair_lists *l, int64_t first, int64_t end),                   \
               return sum_lists(l, doubles, true, first, end, lines))

HR_PAIR_VARIANTS(floats_2, false, 2)
HR_PAIR_VARIANTS(floats_4, false, 4)
HR_PAIR_VARIANTS(floats_8, false, 8)
HR_PAIR_VARIANTS(floats_any, false, l->lines)
HR_PAIR_VARIANTS(doubles_4, true, 4)
HR_PAIR_VARIANTS(doubles_8, true, 8)
HR_PAIR_VARIANTS(doubles_any, true, l->lines)

static const sized_variant float_variants[] = {{2, floats_2_by_score, floats_2_by_value},
                                               {4, floats_4_by_score, floats_4_by_value},
                                               {8, floats_8_by_score, floats_8_by_value},
                                               {0, floats_any_by_score, floats_any_by_value}};
static const sized_variant double_variants[] = {{4, doubles_4_by_score, doubles_4_by_value},
                                                {8, doubles_8_by_score, doubles_8_by_value},
                                                {0, doubles_any_by_score, doubles_any_by_value}};

double HR_OF_ISA(hr_pair_products_sum)(const hr_pair_lists *lists, int64_t first, int64_t end)
{
    const sized_variant *sized = lists->doubles ? double_variants : float_variants;
    while (sized->lines != 0 && sized->lines != lists->lines)
        sized++;
    return (lists->by_value ? sized->by_value : sized->by_score)(lists, first, end);
}

void HR_OF_ISA(hr_lines_add)(bool doubles, hr_line *to, const hr_line *from, int64_t lines)
{
    for (int64_t i = 0; i < lines; i++) {
        const hr_regs a = hr_regs_load(&to[i]), b = hr_regs_load(&from[i]);
        hr_regs_store(&to[i], doubles ? hr_regs_add_doubles(a, b) : hr_regs_add(a, b));
    }
}
