#include "trainer/kernels/pair_products.h"

#include "trainer/kernels/rounding.h"

typedef float f32x8 __attribute__((vector_size(32)));
typedef float f32x4 __attribute__((vector_size(16)));

HR_BODY float sum_lanes(const hr_f32x16 *v)
{
    const f32x8 eight = __builtin_shufflevector(*v, *v, 0, 1, 2, 3, 4, 5, 6, 7) +
                        __builtin_shufflevector(*v, *v, 8, 9, 10, 11, 12, 13, 14, 15);
    const f32x4 four =
        __builtin_shufflevector(eight, eight, 0, 1, 2, 3) + __builtin_shufflevector(eight, eight, 4, 5, 6, 7);
    return (four[0] + four[2]) + (four[1] + four[3]);
}

HR_BODY float dot_lines(const hr_f32x16 *x, const hr_f32x16 *y, int lines)
{
    hr_f32x16 products = x[0] * y[0];
    for (int i = 1; i < lines; i++)
        products += x[i] * y[i];
    return sum_lanes(&products);
}

/* Rows are prefetched this many edges ahead: those that are not in a near cache would stall the loop. */
enum { AHEAD = 6 };

HR_BODY void fetch(const hr_f32x16 *row, int lines)
{
    for (int i = 0; i < lines; i++)
        __builtin_prefetch(row + i);
}

/* Most lines of a row. */
enum { MOST_LINES = HR_PAIR_MOST_COLUMNS / HR_LANES };

/* sum += weight * row, in floats or, rounded to the unit, in doubles. */
HR_BODY void add_row(bool doubles, hr_f32x16 *sum, float weight, const hr_f32x16 *row, int lines, double unit)
{
    const double by = (double)weight, shift = hr_unit_shift(unit);
    for (int i = 0; i < lines; i++) {
        if (!doubles) {
            sum[i] += weight * row[i];
            continue;
        }
        const f32x8 low = __builtin_shufflevector(row[i], row[i], 0, 1, 2, 3, 4, 5, 6, 7);
        const f32x8 high = __builtin_shufflevector(row[i], row[i], 8, 9, 10, 11, 12, 13, 14, 15);
        hr_f64x8 *to = (hr_f64x8 *)&sum[2 * i];
        to[0] += by * __builtin_convertvector(low, hr_f64x8) + shift - shift;
        to[1] += by * __builtin_convertvector(high, hr_f64x8) + shift - shift;
    }
}

/* Adds up one list. The row and the sum of its vertex stay in registers where `lines` is a constant. Returns
 * the squared errors. */
HR_BODY double sum_list(const hr_pair_lists *lists, bool doubles, bool by_value, int64_t list,
                        const hr_f32x16 *restrict x, const hr_f32x16 *restrict y, hr_f32x16 *restrict sum,
                        int lines)
{
    const int sum_lines = doubles ? 2 * lines : lines;
    const int64_t row = (int64_t)lists->own[list] * lines, sum_row = (int64_t)lists->own[list] * sum_lines;
    hr_f32x16 own[MOST_LINES], own_sum[2 * MOST_LINES];
    double error = 0.0;
    for (int i = 0; i < lines; i++)
        own[i] = x[row + i];
    for (int i = 0; i < sum_lines; i++)
        own_sum[i] = lists->is_whole ? (hr_f32x16){0} : sum[sum_row + i];
    for (int64_t e = lists->ptr[list]; e < lists->ptr[list + 1]; e++) {
        const hr_f32x16 *neighbour = y + (int64_t)lists->neighbour[e] * lines;
        if (e + AHEAD < lists->edges)
            fetch(y + (int64_t)lists->neighbour[e + AHEAD] * lines, lines);
        float weight = dot_lines(own, neighbour, lines);
        if (by_value) {
            weight = (lists->value ? lists->value[e] : 1.0F) - weight;
            error += hr_round_to_unit((double)weight * (double)weight, lists->error_unit);
        }
        add_row(doubles, own_sum, weight, neighbour, lines, lists->unit);
    }
    for (int i = 0; i < sum_lines; i++)
        sum[sum_row + i] = own_sum[i];
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

double hr_pair_products_sum(const hr_pair_lists *lists, int64_t first, int64_t end)
{
    const sized_variant *sized = lists->doubles ? double_variants : float_variants;
    while (sized->lines != 0 && sized->lines != lists->lines)
        sized++;
    return (lists->by_value ? sized->by_value : sized->by_score)(lists, first, end);
}
