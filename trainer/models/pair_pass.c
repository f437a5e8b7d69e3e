#include "trainer/models/pair_pass.h"

#include "io/memory.h"

#include <omp.h>
#include <string.h>

/* Users at equal shares of the edges. */
static void share_users(hr_pair_pass *pass)
{
    const hr_shard *shard = pass->shard;
    int64_t slot = 0;
    for (int t = 0; t < pass->threads; t++) {
        while (slot < shard->user_slots && shard->edge_ptr[slot] < shard->edges * t / pass->threads)
            slot++;
        pass->first_user[t] = slot;
    }
    pass->first_user[0] = 0;
    pass->first_user[pass->threads] = shard->user_slots;
}

hr_status hr_pair_pass_create(hr_pair_pass *pass, const hr_shard *shard, int lines, const float *value,
                              hr_error *err)
{
    hr_status status = HR_OK;
    pass->shard = shard;
    pass->lines = lines;
    pass->value = value;
    pass->threads = omp_get_max_threads();
    HR_ALLOC(pass->first_user, pass->threads + 1);
    HR_ALLOC(pass->sum, pass->threads * shard->movie_slots * lines);
    HR_ALLOC(pass->movie, shard->movie_slots * lines);
    HR_ALLOC(pass->error, shard->user_slots);
    share_users(pass);
done:
    return status;
}

void hr_pair_pass_free(hr_pair_pass *pass)
{
    free(pass->first_user);
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

/* What an edge's y counts: x . y, or the value less that, whose square is added to *error. */
static inline __attribute__((always_inline)) float weigh(const hr_pair_pass *pass, bool by_value,
                                                         int64_t edge, float score, double *error)
{
    if (!by_value)
        return score;
    const float miss = (pass->value ? pass->value[edge] : 1.0F) - score;
    *error += (double)miss * (double)miss;
    return miss;
}

/* Edges ahead whose movie is fetched: most are in a nearer cache already, the others would be waited for. */
enum { AHEAD = 6 };

static inline __attribute__((always_inline)) void fetch(const hr_f32x16 *row, int lines)
{
    for (int i = 0; i < lines; i++)
        __builtin_prefetch(row + i);
}

/* Most lines of a row: the largest --dim. */
enum { MOST_LINES = 4096 / HR_LANES };

/* A user's edges, for the user. What is the user's own stays in registers where `lines` is a constant. */
static inline __attribute__((always_inline)) void walk_for_user(const hr_pair_pass *pass, bool by_value,
                                                                int64_t slot, const hr_f32x16 *restrict users,
                                                                const hr_f32x16 *restrict movies,
                                                                hr_f32x16 *restrict sum, int lines)
{
    const hr_shard *shard = pass->shard;
    const int64_t row = (int64_t)shard->user_row[slot] * lines;
    hr_f32x16 own[MOST_LINES], own_sum[MOST_LINES];
    double error = 0.0;
    for (int i = 0; i < lines; i++) {
        own[i] = users[row + i];
        own_sum[i] = (hr_f32x16){0};
    }
    for (int64_t e = shard->edge_ptr[slot]; e < shard->edge_ptr[slot + 1]; e++) {
        const hr_f32x16 *movie = movies + (int64_t)shard->edge_movie[e] * lines;
        if (e + AHEAD < shard->edges)
            fetch(movies + (int64_t)shard->edge_movie[e + AHEAD] * lines, lines);
        const float weight = weigh(pass, by_value, e, dot_lines(own, movie, lines), &error);
        for (int i = 0; i < lines; i++)
            own_sum[i] += weight * movie[i];
    }
    for (int i = 0; i < lines; i++)
        sum[row + i] = own_sum[i];
    pass->error[slot] = error;
}

/* A user's edges, for the movies. */
static inline __attribute__((always_inline)) void
walk_for_movies(const hr_pair_pass *pass, bool by_value, int64_t slot, const hr_f32x16 *restrict users,
                const hr_f32x16 *restrict movies, hr_f32x16 *restrict sum, int lines)
{
    const hr_shard *shard = pass->shard;
    const int64_t row = (int64_t)shard->user_row[slot] * lines;
    hr_f32x16 own[MOST_LINES];
    double error = 0.0;
    for (int i = 0; i < lines; i++)
        own[i] = users[row + i];
    for (int64_t e = shard->edge_ptr[slot]; e < shard->edge_ptr[slot + 1]; e++) {
        const int64_t movie = shard->edge_movie[e];
        if (e + AHEAD < shard->edges) {
            fetch(movies + (int64_t)shard->edge_movie[e + AHEAD] * lines, lines);
            fetch(sum + (int64_t)shard->edge_movie[e + AHEAD] * lines, lines);
        }
        const float score = dot_lines(own, movies + movie * lines, lines);
        const float weight = weigh(pass, by_value, e, score, &error);
        for (int i = 0; i < lines; i++)
            sum[movie * lines + i] += weight * own[i];
    }
    pass->error[slot] = error;
}

/* A walk of user slots first … end - 1. */
typedef void walk(const hr_pair_pass *pass, int64_t first, int64_t end, const hr_f32x16 *users,
                  const hr_f32x16 *movies, hr_f32x16 *sum);

/* One of them, compiled for a number of lines and with or without values. */
#define WALK(kind, name, by_value, count)                                                                    \
    HR_SIMD static void name(const hr_pair_pass *pass, int64_t first, int64_t end, const hr_f32x16 *users,   \
                             const hr_f32x16 *movies, hr_f32x16 *sum)                                        \
    {                                                                                                        \
        for (int64_t slot = first; slot < end; slot++)                                                       \
            kind(pass, (by_value), slot, users, movies, sum, (count));                                       \
    }
#define WALKS(kind, name, count)                                                                             \
    WALK(kind, name##_by_score, false, count) WALK(kind, name##_by_value, true, count)

WALKS(walk_for_user, users_of_2, 2)
WALKS(walk_for_user, users_of_4, 4)
WALKS(walk_for_user, users_of_8, 8)
WALKS(walk_for_user, users_of_any, pass->lines)
WALKS(walk_for_movies, movies_of_2, 2)
WALKS(walk_for_movies, movies_of_4, 4)
WALKS(walk_for_movies, movies_of_8, 8)
WALKS(walk_for_movies, movies_of_any, pass->lines)

/* The usual numbers of lines, then any; by score, then by value. */
enum { USUAL = 3 };
static const int usual_lines[USUAL] = {2, 4, 8};
static walk *const for_users[USUAL + 1][2] = {{users_of_2_by_score, users_of_2_by_value},
                                              {users_of_4_by_score, users_of_4_by_value},
                                              {users_of_8_by_score, users_of_8_by_value},
                                              {users_of_any_by_score, users_of_any_by_value}};
static walk *const for_movies[USUAL + 1][2] = {{movies_of_2_by_score, movies_of_2_by_value},
                                               {movies_of_4_by_score, movies_of_4_by_value},
                                               {movies_of_8_by_score, movies_of_8_by_value},
                                               {movies_of_any_by_score, movies_of_any_by_value}};

static int kind_of(int lines)
{
    int kind = 0;
    while (kind < USUAL && usual_lines[kind] != lines)
        kind++;
    return kind;
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
    walk *const walk_slots = for_users[kind_of(pass->lines)][by_value];
    lay_movies(pass, y);
#pragma omp parallel for schedule(static, 1) num_threads(pass->threads)
    for (int t = 0; t < pass->threads; t++)
        walk_slots(pass, pass->first_user[t], pass->first_user[t + 1], x, pass->movie, sum);
}

void hr_pair_pass_movies(const hr_pair_pass *pass, bool by_value, const hr_f32x16 *x, const hr_f32x16 *y,
                         hr_f32x16 *sum)
{
    const int lines = pass->lines;
    const int64_t movies = pass->shard->movie_slots;
    walk *const walk_slots = for_movies[kind_of(lines)][by_value];
    lay_movies(pass, x);
#pragma omp parallel for schedule(static, 1) num_threads(pass->threads)
    for (int t = 0; t < pass->threads; t++) {
        hr_f32x16 *mine = pass->sum + t * movies * lines;
        memset(mine, 0, (size_t)(movies * lines) * sizeof *mine);
        walk_slots(pass, pass->first_user[t], pass->first_user[t + 1], y, pass->movie, mine);
    }
#pragma omp parallel for schedule(static) num_threads(pass->threads)
    for (int64_t m = 0; m < movies; m++)
        for (int i = 0; i < lines; i++) {
            hr_f32x16 all = pass->sum[m * lines + i];
            for (int t = 1; t < pass->threads; t++)
                all += pass->sum[(t * movies + m) * lines + i];
            sum[(int64_t)pass->shard->movie_row[m] * lines + i] = all;
        }
}

double hr_pair_pass_error(const hr_pair_pass *pass)
{
    double sum = 0.0;
    for (int64_t slot = 0; slot < pass->shard->user_slots; slot++)
        sum += pass->error[slot];
    return sum;
}
