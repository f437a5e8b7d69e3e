#include "trainer/kernels/pair_products.h"

#include "trainer/simd/rounding.h"
#include "trainer/simd/vectors.h"

HR_BODY float dot_lines(bool fused, const hr_regs *x, const hr_line *y, int lines)
{
    hr_regs products = hr_regs_multiply(x[0], hr_regs_load(&y[0]));
    HR_EACH_LINE (i, lines - 1)
        products = hr_regs_add_product(fused, products, x[i + 1], hr_regs_load(&y[i + 1]));
    return hr_regs_sum(products);
}

/* Rows are prefetched this many edges ahead: those that are not in a near cache would stall the loop. */
enum { AHEAD = 6 };

HR_BODY const hr_line *row_of_edge(const hr_pair_lists *lists, int64_t e, int lines)
{
    if (e + AHEAD < lists->edges)
        HR_EACH_LINE (i, lines)
            __builtin_prefetch(lists->y + (int64_t)lists->neighbour[e + AHEAD] * lines + i);
    return lists->y + (int64_t)lists->neighbour[e] * lines;
}

HR_BODY void load_own(const hr_pair_lists *lists, int64_t list, hr_regs *own, int lines)
{
    const float *x = lists->x + lists->own[list] * lists->x_stride;
    HR_EACH_LINE (i, lines)
        own[i] = hr_regs_load(x + i * HR_LANES);
}

HR_BODY float score_of(const hr_pair_lists *lists, bool fused, int64_t e, const hr_regs *own,
                       const hr_line *row, int lines)
{
    const float here = dot_lines(fused, own, row, lines);
    return lists->adds ? lists->score[e] + here : here;
}

/* Lines of a sum's row. */
HR_BODY int sum_lines(bool doubles, int lines)
{
    return doubles ? 2 * lines : lines;
}

HR_BODY char *sum_at(const hr_pair_lists *lists, bool doubles, int64_t list)
{
    const int64_t at = lists->own[list] * lists->sum_stride;
    return doubles ? (char *)(lists->sum.doubles + at) : (char *)(lists->sum.floats + at);
}

HR_BODY void load_sum(const hr_pair_lists *lists, bool doubles, int64_t list, hr_regs *sum, int lines)
{
    const char *from = sum_at(lists, doubles, list);
    HR_EACH_LINE (i, sum_lines(doubles, lines))
        sum[i] = lists->is_whole ? hr_regs_zero() : hr_regs_load(from + i * (int)sizeof(hr_line));
}

HR_BODY void store_sum(const hr_pair_lists *lists, bool doubles, int64_t list, const hr_regs *sum, int lines)
{
    char *to = sum_at(lists, doubles, list);
    HR_EACH_LINE (i, sum_lines(doubles, lines))
        hr_regs_store(to + i * (int)sizeof(hr_line), sum[i]);
}

/* sum += weight * row, in floats or, rounded to the unit, in doubles. */
HR_BODY void add_row(bool doubles, hr_regs *sum, float weight, const hr_line *row, int lines, double shift)
{
    HR_EACH_LINE (i, lines) {
        if (!doubles) {
            sum[i] = hr_regs_add_scaled(true, sum[i], weight, hr_regs_load(&row[i]));
            continue;
        }
        HR_EACH_LINE (half, 2) {
            const float *from = row[i].floats + half * HR_LANES / 2;
            const hr_regs term =
                hr_regs_scale_doubles((double)weight, hr_regs_widen(from, HR_LANES / 2 * sizeof *from));
            hr_regs *to = &sum[2 * i + half];
            *to = hr_regs_add_doubles(*to, hr_regs_round_doubles(term, shift));
        }
    }
}

HR_BODY void score_lists(const hr_pair_lists *lists, bool doubles, int64_t first, int64_t end, int lines)
{
    hr_regs own[HR_PAIR_MOST_LINES];
    for (int64_t list = first; list < end; list++) {
        load_own(lists, list, own, lines);
        for (int64_t e = lists->ptr[list]; e < lists->ptr[list + 1]; e++)
            lists->score[e] = score_of(lists, !doubles, e, own, row_of_edge(lists, e, lines), lines);
    }
}

/* The row and the sum of a list's vertex stay in registers where `lines` is a small constant. */
HR_BODY double multiply_list(const hr_pair_lists *lists, bool doubles, bool by_value, int64_t list, int lines)
{
    hr_regs own[HR_PAIR_MOST_LINES], sum[2 * HR_PAIR_MOST_LINES];
    const double shift = hr_unit_shift(lists->sum.unit);
    double error = 0.0;
    load_own(lists, list, own, lines);
    load_sum(lists, doubles, list, sum, lines);
    for (int64_t e = lists->ptr[list]; e < lists->ptr[list + 1]; e++) {
        const hr_line *row = row_of_edge(lists, e, lines);
        float weight = score_of(lists, !doubles, e, own, row, lines);
        if (by_value) {
            weight = (lists->value ? lists->value[e] : 1.0F) - weight;
            error += hr_round_to_unit((double)weight * (double)weight, lists->error_unit);
        }
        if (lists->score)
            lists->score[e] = weight;
        add_row(doubles, sum, weight, row, lines, shift);
    }
    store_sum(lists, doubles, list, sum, lines);
    return error;
}

HR_BODY double multiply_lists(const hr_pair_lists *lists, bool doubles, bool by_value, int64_t first,
                              int64_t end, int lines)
{
    double error = 0.0;
    for (int64_t list = first; list < end; list++)
        error += multiply_list(lists, doubles, by_value, list, lines);
    return error;
}

HR_BODY void sum_lists(const hr_pair_lists *lists, bool doubles, int64_t first, int64_t end, int lines)
{
    const double shift = hr_unit_shift(lists->sum.unit);
    hr_regs sum[2 * HR_PAIR_MOST_LINES];
    for (int64_t list = first; list < end; list++) {
        load_sum(lists, doubles, list, sum, lines);
        for (int64_t e = lists->ptr[list]; e < lists->ptr[list + 1]; e++)
            add_row(doubles, sum, lists->score[e], row_of_edge(lists, e, lines), lines, shift);
        store_sum(lists, doubles, list, sum, lines);
    }
}

HR_BODY void square_lists(const hr_pair_lists *lists, bool doubles, int64_t first, int64_t end, int lines)
{
    hr_regs own[HR_PAIR_MOST_LINES];
    for (int64_t list = first; list < end; list++) {
        const int64_t at = lists->own[list] * lists->sum_stride;
        double sum = 0.0;
        load_own(lists, list, own, lines);
        for (int64_t e = lists->ptr[list]; e < lists->ptr[list + 1]; e++) {
            const float score = score_of(lists, !doubles, e, own, row_of_edge(lists, e, lines), lines);
            sum += hr_round_to_unit((double)score * (double)score, lists->sum.unit);
        }
        if (doubles)
            lists->sum.doubles[at] = lists->is_whole ? sum : lists->sum.doubles[at] + sum;
        else
            lists->sum.floats[at] = lists->is_whole ? (float)sum : lists->sum.floats[at] + (float)sum;
    }
}

/* Variants by number of lines. */
typedef struct sized_variant {
    int lines; /* 0: any */
    void (*scores)(const hr_pair_lists *l, int64_t first, int64_t end);
    double (*by_score)(const hr_pair_lists *l, int64_t first, int64_t end);
    double (*by_value)(const hr_pair_lists *l, int64_t first, int64_t end);
    void (*sums)(const hr_pair_lists *l, int64_t first, int64_t end);
    void (*squares)(const hr_pair_lists *l, int64_t first, int64_t end);
} sized_variant;

#define HR_PAIR_VARIANTS(name, doubles, lines)                                                               \
    HR_VARIANT(void name##_scores(const hr_pair_lists *l, int64_t first, int64_t end),                       \
               score_lists(l, doubles, first, end, lines))                                                   \
    HR_VARIANT(double name##_by_score(const hr_pair_lists *l, int64_t first, int64_t end),                   \
               return multiply_lists(l, doubles, false, first, end, lines))                                  \
    HR_VARIANT(double name##_by_value(const hr_pair_lists *l, int64_t first, int64_t end),                   \
               return multiply_lists(l, doubles, true, first, end, lines))                                   \
    HR_VARIANT(void name##_sums(const hr_pair_lists *l, int64_t first, int64_t end),                         \
               sum_lists(l, doubles, first, end, lines))                                                     \
    HR_VARIANT(void name##_squares(const hr_pair_lists *l, int64_t first, int64_t end),                      \
               square_lists(l, doubles, first, end, lines))

HR_PAIR_VARIANTS(floats_4, false, 4)
HR_PAIR_VARIANTS(floats_8, false, 8)
HR_PAIR_VARIANTS(floats_any, false, l->lines)
HR_PAIR_VARIANTS(doubles_4, true, 4)
HR_PAIR_VARIANTS(doubles_8, true, 8)
HR_PAIR_VARIANTS(doubles_any, true, l->lines)

#define HR_PAIR_SIZED(name, lines)                                                                           \
    {                                                                                                        \
        lines, name##_scores, name##_by_score, name##_by_value, name##_sums, name##_squares                  \
    }
static const sized_variant float_variants[] = {HR_PAIR_SIZED(floats_4, 4), HR_PAIR_SIZED(floats_8, 8),
                                               HR_PAIR_SIZED(floats_any, 0)};
static const sized_variant double_variants[] = {HR_PAIR_SIZED(doubles_4, 4), HR_PAIR_SIZED(doubles_8, 8),
                                                HR_PAIR_SIZED(doubles_any, 0)};

static const sized_variant *variant_of(const hr_pair_lists *lists)
{
    const sized_variant *sized = lists->sum.doubles ? double_variants : float_variants;
    while (sized->lines != 0 && sized->lines != lists->lines)
        sized++;
    return sized;
}

void HR_OF_ISA(hr_pair_scores)(const hr_pair_lists *lists, int64_t first, int64_t end)
{
    variant_of(lists)->scores(lists, first, end);
}

double HR_OF_ISA(hr_pair_products)(const hr_pair_lists *lists, bool by_value, int64_t first, int64_t end)
{
    const sized_variant *sized = variant_of(lists);
    return (by_value ? sized->by_value : sized->by_score)(lists, first, end);
}

void HR_OF_ISA(hr_pair_sums)(const hr_pair_lists *lists, int64_t first, int64_t end)
{
    variant_of(lists)->sums(lists, first, end);
}

void HR_OF_ISA(hr_pair_squares)(const hr_pair_lists *lists, int64_t first, int64_t end)
{
    variant_of(lists)->squares(lists, first, end);
}
