#include "trainer/layers/pair_pass.h"

#include "io/base/even.h"
#include "io/base/memory.h"
#include "trainer/numerics/exact.h"
#include "trainer/propagation/panel.h"

#include <omp.h>
#include <string.h>

hr_status hr_pair_pass_create(hr_pair_pass *pass, const hr_shard *shard, int lines, const float *value,
                              bool exact, hr_error *err)
{
    hr_status status = HR_OK;
    pass->shard = shard;
    pass->lines = lines;
    pass->exact = exact;
    pass->sum_lines = exact ? 2 * lines : lines;
    pass->value = value;
    pass->threads = omp_get_max_threads();
    HR_ALLOC(pass->first_user, pass->threads + 1);
    HR_ALLOC(pass->sum, pass->threads * shard->movie_slots * pass->sum_lines);
    HR_ALLOC(pass->movie, shard->movie_slots * lines);
    HR_ALLOC(pass->error, pass->threads);
    hr_even_groups(shard->edge_ptr, shard->user_slots, pass->threads, pass->first_user);
    HR_TRY(hr_movie_lists_create(&pass->by_movie, shard, value, pass->first_user, pass->threads,
                                 lines * (int64_t)sizeof(hr_f32x16), err));
done:
    return status;
}

void hr_pair_pass_free(hr_pair_pass *pass)
{
    free(pass->first_user);
    hr_movie_lists_free(&pass->by_movie);
    free(pass->sum);
    free(pass->movie);
    free(pass->error);
    *pass = (hr_pair_pass){0};
}

typedef float f32x8 __attribute__((vector_size(32)));
typedef float f32x4 __attribute__((vector_size(16)));

static inline __attribute__((always_inline)) float sum_lanes(const hr_f32x16 *v)
{
    const f32x8 eight = __builtin_shufflevector(*v, *v, 0, 1, 2, 3, 4, 5, 6, 7) +
                        __builtin_shufflevector(*v, *v, 8, 9, 10, 11, 12, 13, 14, 15);
    const f32x4 four =
        __builtin_shufflevector(eight, eight, 0, 1, 2, 3) + __builtin_shufflevector(eight, eight, 4, 5, 6, 7);
    return (four[0] + four[2]) + (four[1] + four[3]);
}

static inline __attribute__((always_inline)) float dot_lines(const hr_f32x16 *x, const hr_f32x16 *y,
                                                             int lines)
{
    hr_f32x16 products = x[0] * y[0];
    for (int i = 1; i < lines; i++)
        products += x[i] * y[i];
    return sum_lanes(&products);
}

/* Edges ahead whose row is fetched: most are in a nearer cache already, the others would be waited for. */
enum { AHEAD = 6 };

static inline __attribute__((always_inline)) void fetch(const hr_f32x16 *row, int lines)
{
    for (int i = 0; i < lines; i++)
        __builtin_prefetch(row + i);
}

/* Most lines of a row: the largest --dim. */
enum { MOST_LINES = 4096 / HR_LANES };

/* Edges as lists, each of a vertex. */
typedef struct edge_lists {
    int64_t edges;
    const int64_t *ptr;
    const int32_t *own;       /* where the vertex's row and sum are */
    const int32_t *neighbour; /* where its neighbours' rows are */
    const float *value;       /* NULL where all are 1 */
    bool whole;               /* whether a list is all of a vertex's: its sum is not added to, but set */
    double unit, error_unit;
} edge_lists;

/* sum += weight * row, in floats or, rounded to the unit, in doubles. */
static inline __attribute__((always_inline)) void add_row(bool exact, hr_f32x16 *sum, float weight,
                                                          const hr_f32x16 *row, int lines, double unit)
{
    const double by = (double)weight, shift = hr_exact_shift(unit);
    for (int i = 0; i < lines; i++) {
        if (!exact) {
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

/* The sum over a list. What is the vertex's stays in registers where `lines` is a constant. Returns the
 * squared misses. */
static inline __attribute__((always_inline)) double
walk_list(const edge_lists *lists, bool exact, bool by_value, int64_t list, const hr_f32x16 *restrict x,
          const hr_f32x16 *restrict y, hr_f32x16 *restrict sum, int lines)
{
    const int sum_lines = exact ? 2 * lines : lines;
    const int64_t row = (int64_t)lists->own[list] * lines, sum_row = (int64_t)lists->own[list] * sum_lines;
    hr_f32x16 own[MOST_LINES], own_sum[2 * MOST_LINES];
    double error = 0.0;
    for (int i = 0; i < lines; i++)
        own[i] = x[row + i];
    for (int i = 0; i < sum_lines; i++)
        own_sum[i] = lists->whole ? (hr_f32x16){0} : sum[sum_row + i];
    for (int64_t e = lists->ptr[list]; e < lists->ptr[list + 1]; e++) {
        const hr_f32x16 *neighbour = y + (int64_t)lists->neighbour[e] * lines;
        if (e + AHEAD < lists->edges)
            fetch(y + (int64_t)lists->neighbour[e + AHEAD] * lines, lines);
        float weight = dot_lines(own, neighbour, lines);
        if (by_value) {
            weight = (lists->value ? lists->value[e] : 1.0F) - weight;
            error += hr_exact_round((double)weight * (double)weight, lists->error_unit);
        }
        add_row(exact, own_sum, weight, neighbour, lines, lists->unit);
    }
    for (int i = 0; i < sum_lines; i++)
        sum[sum_row + i] = own_sum[i];
    return error;
}

/* A walk of lists first … end - 1. Returns the squared misses. */
typedef double walk(const edge_lists *lists, int64_t first, int64_t end, const hr_f32x16 *x,
                    const hr_f32x16 *y, hr_f32x16 *sum, int lines);

/* One of them, compiled for floats or doubles, a number of lines, and with or without values. */
#define WALK(name, exact, by_value, count)                                                                   \
    HR_SIMD static double name(const edge_lists *lists, int64_t first, int64_t end, const hr_f32x16 *x,      \
                               const hr_f32x16 *y, hr_f32x16 *sum, int lines)                                \
    {                                                                                                        \
        double error = 0.0;                                                                                  \
        (void)lines;                                                                                         \
        for (int64_t i = first; i < end; i++)                                                                \
            error += walk_list(lists, (exact), (by_value), i, x, y, sum, (count));                           \
        return error;                                                                                        \
    }
#define WALKS(name, exact, count)                                                                            \
    WALK(name##_by_score, exact, false, count) WALK(name##_by_value, exact, true, count)

WALKS(floats_2, false, 2)
WALKS(floats_4, false, 4)
WALKS(floats_8, false, 8)
WALKS(floats_any, false, lines)
WALKS(doubles_4, true, 4)
WALKS(doubles_8, true, 8)
WALKS(doubles_any, true, lines)

/* Walks by numbers of lines; 0: any. */
typedef struct sized_walk {
    int lines;
    walk *by_score, *by_value;
} sized_walk;

static const sized_walk float_walks[] = {{2, floats_2_by_score, floats_2_by_value},
                                         {4, floats_4_by_score, floats_4_by_value},
                                         {8, floats_8_by_score, floats_8_by_value},
                                         {0, floats_any_by_score, floats_any_by_value}};
static const sized_walk double_walks[] = {{4, doubles_4_by_score, doubles_4_by_value},
                                          {8, doubles_8_by_score, doubles_8_by_value},
                                          {0, doubles_any_by_score, doubles_any_by_value}};

static walk *walk_of(const hr_pair_pass *pass, bool by_value)
{
    const sized_walk *sized = pass->exact ? double_walks : float_walks;
    while (sized->lines != 0 && sized->lines != pass->lines)
        sized++;
    return by_value ? sized->by_value : sized->by_score;
}

/* Movies' rows by slot. */
static void lay_movies(const hr_pair_pass *pass, const hr_f32x16 *rows)
{
    const hr_shard *shard = pass->shard;
    const size_t bytes = (size_t)pass->lines * sizeof *rows;
#pragma omp parallel for schedule(static) num_threads(pass->threads)
    for (int64_t m = 0; m < shard->movie_slots; m++)
        memcpy(pass->movie + m * pass->lines, rows + (int64_t)shard->movie_row[m] * pass->lines, bytes);
}

void hr_pair_pass_users(const hr_pair_pass *pass, bool by_value, const hr_f32x16 *x, const hr_f32x16 *y,
                        hr_f32x16 *sum)
{
    const hr_shard *shard = pass->shard;
    const edge_lists lists = {.edges = shard->edges,
                              .ptr = shard->edge_ptr,
                              .own = shard->user_row,
                              .neighbour = shard->edge_movie,
                              .value = pass->value,
                              .whole = true,
                              .unit = pass->unit,
                              .error_unit = pass->error_unit};
    walk *const walk_lists = walk_of(pass, by_value);
    lay_movies(pass, y);
#pragma omp parallel for schedule(static, 1) num_threads(pass->threads)
    for (int t = 0; t < pass->threads; t++)
        pass->error[t] = walk_lists(&lists, pass->first_user[t], pass->first_user[t + 1], x, pass->movie, sum,
                                    pass->lines);
}

/* Movies' sums of all threads, into their rows. */
static void add_up(const hr_pair_pass *pass, hr_f32x16 *sum)
{
    const int lines = pass->sum_lines;
    const int64_t movies = pass->shard->movie_slots;
#pragma omp parallel for schedule(static) num_threads(pass->threads)
    for (int64_t m = 0; m < movies; m++)
        for (int i = 0; i < lines; i++) {
            hr_f32x16 all = pass->sum[m * lines + i];
            for (int t = 1; t < pass->threads; t++)
                hr_line_add(pass->exact, &all, &pass->sum[(t * movies + m) * lines + i]);
            sum[(int64_t)pass->shard->movie_row[m] * lines + i] = all;
        }
}

void hr_pair_pass_movies(const hr_pair_pass *pass, bool by_value, const hr_f32x16 *x, const hr_f32x16 *y,
                         hr_f32x16 *sum)
{
    const int64_t sums = pass->shard->movie_slots * pass->sum_lines;
    const hr_movie_lists *by_movie = &pass->by_movie;
    const edge_lists lists = {.edges = pass->shard->edges,
                              .ptr = by_movie->ptr,
                              .own = by_movie->movie,
                              .neighbour = by_movie->user,
                              .value = by_movie->value,
                              .unit = pass->unit,
                              .error_unit = pass->error_unit};
    walk *const walk_lists = walk_of(pass, by_value);
    lay_movies(pass, x);
#pragma omp parallel for schedule(static, 1) num_threads(pass->threads)
    for (int t = 0; t < pass->threads; t++) {
        hr_f32x16 *mine = pass->sum + t * sums;
        memset(mine, 0, (size_t)sums * sizeof *mine);
        pass->error[t] =
            walk_lists(&lists, by_movie->share[t], by_movie->share[t + 1], pass->movie, y, mine, pass->lines);
    }
    add_up(pass, sum);
}

double hr_pair_pass_error(const hr_pair_pass *pass)
{
    double sum = 0.0;
    for (int t = 0; t < pass->threads; t++)
        sum += pass->error[t];
    return sum;
}
