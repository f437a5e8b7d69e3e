#include "trainer/layers/pair_pass.h"

#include "io/base/even.h"
#include "io/base/memory.h"
#include "trainer/kernels/pair_products.h"

#include <omp.h>
#include <string.h>

/* Lines of a piece where a row has several: 4 lines of users' and movies' rows stay in the caches. */
enum { PIECE_LINES = 4 };

hr_status hr_pair_pass_create(hr_pair_pass *pass, const hr_shard *shard, int64_t dim, const float *value,
                              hr_summation how, hr_error *err)
{
    hr_status status = HR_OK;
    const int lines = (int)(dim / HR_LANES);
    pass->shard = shard;
    pass->dim = dim;
    pass->lines = lines <= HR_PAIR_MOST_LINES ? lines : PIECE_LINES;
    pass->pieces = (lines + pass->lines - 1) / pass->lines;
    pass->value = value;
    pass->threads = omp_get_max_threads();
    HR_ALLOC(pass->first_user, pass->threads + 1);
    hr_even_groups(shard->edge_ptr, shard->user_slots, pass->threads, pass->first_user);
    HR_TRY(hr_movie_edges_create(&pass->by_movie, shard, value, pass->first_user, pass->threads,
                                 pass->lines * (int64_t)sizeof(hr_line), err));
    if (pass->pieces > 1)
        HR_ALLOC(pass->score, shard->edges);
    HR_TRY(hr_row_sums_create(&pass->sum, pass->threads * shard->movie_slots * pass->lines * HR_LANES, how,
                              err));
    HR_ALLOC(pass->movie, shard->movie_slots * pass->lines);
    HR_ALLOC(pass->user, pass->threads * pass->by_movie.most_users * pass->lines);
    HR_ALLOC(pass->error, pass->threads);
done:
    return status;
}

void hr_pair_pass_free(hr_pair_pass *pass)
{
    free(pass->first_user);
    hr_movie_edges_free(&pass->by_movie);
    free(pass->score);
    hr_row_sums_free(&pass->sum);
    free(pass->movie);
    free(pass->user);
    free(pass->error);
    *pass = (hr_pair_pass){0};
}

/* What is done with a piece of the columns: scores are begun, scores are completed and added up, or rows are added up
 * with scores that are complete. */
typedef enum stage { SCORES, COMPLETE, SUMS } stage;

typedef struct piece {
    stage stage;
    hr_pair_terms terms;
    int64_t first; /* column */
    int lines;
    const float *x, *y;
    const hr_row_sums *to;
} piece;

/* Copies a piece of rows, of which `index` names `count`, one after the other. */
static void copy_rows(const hr_pair_pass *pass, const piece *p, const float *rows, const int32_t *index,
                      int64_t count, hr_line *to)
{
    for (int64_t i = 0; i < count; i++)
        memcpy(to + i * p->lines, rows + index[i] * pass->dim + p->first, (size_t)p->lines * sizeof *to);
}

static void order_movies(const hr_pair_pass *pass, const piece *p, const float *rows)
{
    const int64_t movies = pass->shard->movie_slots;
#pragma omp parallel for schedule(static) num_threads(pass->threads)
    for (int t = 0; t < pass->threads; t++) {
        const int64_t first = hr_block_first(movies, t, pass->threads);
        copy_rows(pass, p, rows, pass->shard->movie_row + first,
                  hr_block_first(movies, t + 1, pass->threads) - first, pass->movie + first * p->lines);
    }
}

/* Sums of a piece of the columns, or of squares: where a row's begin, and how far apart they are. */
static int64_t sum_first(const piece *p)
{
    return p->terms == HR_PAIR_SQUARES ? 0 : p->first;
}

static int64_t sum_width(const piece *p, int64_t columns)
{
    return p->terms == HR_PAIR_SQUARES ? 1 : columns;
}

/* What lists of either side have in common. */
static hr_pair_lists lists_of(const hr_pair_pass *pass, const piece *p)
{
    return (hr_pair_lists){.edges = pass->shard->edges,
                           .lines = p->lines,
                           .score = pass->score,
                           .adds = p->first > 0,
                           .error_unit = pass->error_unit};
}

/* Works on lists first … end - 1; returns the sum of squared residuals. */
static double run_lists(const piece *p, const hr_pair_lists *lists, int64_t first, int64_t end)
{
    if (p->stage == COMPLETE && p->terms != HR_PAIR_SQUARES)
        return hr_pair_products(lists, p->terms == HR_PAIR_RESIDUALS, first, end);
    if (p->stage == COMPLETE)
        hr_pair_squares(lists, first, end);
    else if (p->stage == SCORES)
        hr_pair_scores(lists, first, end);
    else
        hr_pair_sums(lists, first, end);
    return 0.0;
}

static void run_users(hr_pair_pass *pass, const piece *p)
{
    const hr_shard *shard = pass->shard;
    hr_pair_lists lists = lists_of(pass, p);
    lists.is_whole = true;
    lists.ptr = shard->edge_ptr;
    lists.own = shard->user_row;
    lists.neighbour = shard->edge_movie;
    lists.value = pass->value;
    lists.x = p->x + p->first;
    lists.x_stride = pass->dim;
    lists.y = pass->movie;
    lists.sum = hr_row_sums_from(p->to, sum_first(p), p->to->unit);
    lists.sum_stride = sum_width(p, pass->dim);
    order_movies(pass, p, p->y);
#pragma omp parallel for schedule(static, 1) num_threads(pass->threads)
    for (int t = 0; t < pass->threads; t++) {
        const double error = run_lists(p, &lists, pass->first_user[t], pass->first_user[t + 1]);
        pass->error[t] = p->stage == COMPLETE ? error : pass->error[t];
    }
}

static void clear(const hr_row_sums *sums, int64_t count)
{
    if (sums->doubles)
        memset(sums->doubles, 0, (size_t)count * sizeof *sums->doubles);
    else
        memset(sums->floats, 0, (size_t)count * sizeof *sums->floats);
}

/* Works on the blocks of a thread's users. */
static void run_blocks(hr_pair_pass *pass, const piece *p, int thread)
{
    const hr_movie_edges *edges = &pass->by_movie;
    const int64_t width = sum_width(p, p->lines * HR_LANES), sums = pass->shard->movie_slots * width;
    hr_line *user = pass->user + thread * edges->most_users * pass->lines;
    hr_pair_lists lists = lists_of(pass, p);
    double error = 0.0;
    lists.ptr = edges->ptr;
    lists.own = edges->movie;
    lists.neighbour = edges->user;
    lists.value = edges->value;
    lists.x = pass->movie->floats;
    lists.x_stride = p->lines * HR_LANES;
    lists.y = user;
    lists.sum = hr_row_sums_from(&pass->sum, thread * sums, p->to->unit);
    lists.sum_stride = width;
    if (p->stage != SCORES)
        clear(&lists.sum, sums);
    for (int64_t b = edges->share[thread]; b < edges->share[thread + 1]; b++) {
        const int64_t first = edges->first_user[b];
        copy_rows(pass, p, p->y, pass->shard->user_row + first, edges->first_user[b + 1] - first, user);
        error += run_lists(p, &lists, edges->first_list[b], edges->first_list[b + 1]);
    }
    pass->error[thread] = p->stage == COMPLETE ? error : pass->error[thread];
}

static void copy_sums(const hr_row_sums *to, int64_t at, const hr_row_sums *from, int64_t from_at,
                      int64_t count)
{
    if (to->doubles)
        memcpy(to->doubles + at, from->doubles + from_at, (size_t)count * sizeof *to->doubles);
    else
        memcpy(to->floats + at, from->floats + from_at, (size_t)count * sizeof *to->floats);
}

/* Sums of movies over all threads, to their rows. */
static void sum_threads(const hr_pair_pass *pass, const piece *p)
{
    const int64_t width = sum_width(p, p->lines * HR_LANES), movies = pass->shard->movie_slots;
    const int64_t stride = sum_width(p, pass->dim);
#pragma omp parallel for schedule(static) num_threads(pass->threads)
    for (int64_t m = 0; m < movies; m++) {
        for (int t = 1; t < pass->threads; t++)
            hr_row_sums_add_sums(&pass->sum, m * width, &pass->sum, (t * movies + m) * width, width);
        copy_sums(p->to, pass->shard->movie_row[m] * stride + sum_first(p), &pass->sum, m * width, width);
    }
}

static void run_movies(hr_pair_pass *pass, const piece *p)
{
    order_movies(pass, p, p->x);
#pragma omp parallel for schedule(static, 1) num_threads(pass->threads)
    for (int t = 0; t < pass->threads; t++)
        run_blocks(pass, p, t);
    if (p->stage != SCORES)
        sum_threads(pass, p);
}

/* Piece by piece: scores of all but the last, which completes them, then sums of all but the last. */
static void run_pieces(hr_pair_pass *pass, piece p, void (*run)(hr_pair_pass *, const piece *))
{
    const int last = pass->pieces - 1, ends = p.terms == HR_PAIR_SQUARES ? pass->pieces : pass->pieces + last;
    for (int i = 0; i < ends; i++) {
        const int64_t left = pass->dim / HR_LANES - (int64_t)(i % pass->pieces) * pass->lines;
        p.stage = i < last ? SCORES : i == last ? COMPLETE : SUMS;
        p.first = (int64_t)(i % pass->pieces) * pass->lines * HR_LANES;
        p.lines = left < pass->lines ? (int)left : pass->lines;
        run(pass, &p);
    }
}

void hr_pair_pass_users(hr_pair_pass *pass, hr_pair_terms terms, const float *x, const float *y,
                        const hr_row_sums *to)
{
    run_pieces(pass, (piece){.terms = terms, .x = x, .y = y, .to = to}, run_users);
}

void hr_pair_pass_movies(hr_pair_pass *pass, hr_pair_terms terms, const float *x, const float *y,
                         const hr_row_sums *to)
{
    run_pieces(pass, (piece){.terms = terms, .x = x, .y = y, .to = to}, run_movies);
}

double hr_pair_pass_error(const hr_pair_pass *pass)
{
    double sum = 0.0;
    for (int t = 0; t < pass->threads; t++)
        sum += pass->error[t];
    return sum;
}
