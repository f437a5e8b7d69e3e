#include "trainer/layers/pair_pass.h"

#include "io/base/even.h"
#include "io/base/memory.h"
#include "trainer/kernels/pair_products.h"

#include <omp.h>
#include <string.h>

hr_status hr_pair_pass_create(hr_pair_pass *pass, const hr_shard *shard, int lines, const float *value,
                              hr_summation how, hr_error *err)
{
    hr_status status = HR_OK;
    pass->shard = shard;
    pass->lines = lines;
    pass->doubles = how == HR_SUM_REPRODUCIBLE;
    pass->sum_lines = pass->doubles ? 2 * lines : lines;
    pass->value = value;
    pass->threads = omp_get_max_threads();
    HR_ALLOC(pass->first_user, pass->threads + 1);
    HR_ALLOC(pass->sum, pass->threads * shard->movie_slots * pass->sum_lines);
    HR_ALLOC(pass->movie, shard->movie_slots * lines);
    HR_ALLOC(pass->error, pass->threads);
    hr_even_groups(shard->edge_ptr, shard->user_slots, pass->threads, pass->first_user);
    HR_TRY(hr_movie_edges_create(&pass->by_movie, shard, value, pass->first_user, pass->threads,
                                 lines * (int64_t)sizeof(hr_line), err));
done:
    return status;
}

void hr_pair_pass_free(hr_pair_pass *pass)
{
    free(pass->first_user);
    hr_movie_edges_free(&pass->by_movie);
    free(pass->sum);
    free(pass->movie);
    free(pass->error);
    *pass = (hr_pair_pass){0};
}

/* Copies the rows of movies into the order of their slots. */
static void order_movies(const hr_pair_pass *pass, const hr_line *rows)
{
    const hr_shard *shard = pass->shard;
    const size_t bytes = (size_t)pass->lines * sizeof *rows;
#pragma omp parallel for schedule(static) num_threads(pass->threads)
    for (int64_t m = 0; m < shard->movie_slots; m++)
        memcpy(pass->movie + m * pass->lines, rows + (int64_t)shard->movie_row[m] * pass->lines, bytes);
}

/* What lists of either side have in common. */
static hr_pair_lists lists_of(const hr_pair_pass *pass, bool by_value)
{
    return (hr_pair_lists){.doubles = pass->doubles,
                           .by_value = by_value,
                           .lines = pass->lines,
                           .edges = pass->shard->edges,
                           .unit = pass->unit,
                           .error_unit = pass->error_unit};
}

void hr_pair_pass_users(const hr_pair_pass *pass, bool by_value, const hr_line *x, const hr_line *y,
                        hr_line *sum)
{
    const hr_shard *shard = pass->shard;
    hr_pair_lists lists = lists_of(pass, by_value);
    lists.is_whole = true;
    lists.ptr = shard->edge_ptr;
    lists.own = shard->user_row;
    lists.neighbour = shard->edge_movie;
    lists.value = pass->value;
    lists.x = x;
    lists.y = pass->movie;
    lists.sum = sum;
    order_movies(pass, y);
#pragma omp parallel for schedule(static, 1) num_threads(pass->threads)
    for (int t = 0; t < pass->threads; t++)
        pass->error[t] = hr_pair_products_sum(&lists, pass->first_user[t], pass->first_user[t + 1]);
}

/* Sums of movies over all threads, to their rows. */
static void sum_threads(const hr_pair_pass *pass, hr_line *sum)
{
    const int lines = pass->sum_lines;
    const int64_t movies = pass->shard->movie_slots;
#pragma omp parallel for schedule(static) num_threads(pass->threads)
    for (int64_t m = 0; m < movies; m++) {
        hr_line *row = sum + (int64_t)pass->shard->movie_row[m] * lines;
        memcpy(row, pass->sum + m * lines, (size_t)lines * sizeof *row);
        for (int t = 1; t < pass->threads; t++)
            hr_lines_add(pass->doubles, row, pass->sum + (t * movies + m) * lines, lines);
    }
}

void hr_pair_pass_movies(const hr_pair_pass *pass, bool by_value, const hr_line *x, const hr_line *y,
                         hr_line *sum)
{
    const int64_t sums = pass->shard->movie_slots * pass->sum_lines;
    const hr_movie_edges *edges = &pass->by_movie;
    order_movies(pass, x);
#pragma omp parallel for schedule(static, 1) num_threads(pass->threads)
    for (int t = 0; t < pass->threads; t++) {
        hr_pair_lists lists = lists_of(pass, by_value);
        lists.ptr = edges->ptr;
        lists.own = edges->movie;
        lists.neighbour = edges->user;
        lists.value = edges->value;
        lists.x = pass->movie;
        lists.y = y;
        lists.sum = pass->sum + t * sums;
        memset(lists.sum, 0, (size_t)sums * sizeof *lists.sum);
        pass->error[t] = hr_pair_products_sum(&lists, edges->share[t], edges->share[t + 1]);
    }
    sum_threads(pass, sum);
}

double hr_pair_pass_error(const hr_pair_pass *pass)
{
    double sum = 0.0;
    for (int t = 0; t < pass->threads; t++)
        sum += pass->error[t];
    return sum;
}
