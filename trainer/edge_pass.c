#include "trainer/edge_pass.h"

#include "io/memory.h"
#include "trainer/simd.h"

#include <omp.h>
#include <string.h>

/* A movie's row in a panel: what is read and what is added to lie side by side. */
typedef struct movie_line {
    hr_f32x16 x, y;
} movie_line;

struct hr_edge_pass {
    const hr_shard *shard;
    int panels;         /* as many as threads can work on at once */
    movie_line *movies; /* [panels][movie_slots] */
};

static int64_t panel_count(int64_t cols)
{
    return (cols + HR_LANES - 1) / HR_LANES;
}

hr_status hr_edge_pass_create(hr_edge_pass **out, const hr_shard *shard, int64_t max_cols, hr_error *err)
{
    hr_status status = HR_OK;
    hr_edge_pass *pass = NULL;
    const int64_t panels = panel_count(max_cols), threads = omp_get_max_threads();
    *out = NULL;
    HR_ALLOC(pass, 1);
    pass->shard = shard;
    pass->panels = (int)(panels < threads ? panels : threads);
    HR_ALLOC(pass->movies, pass->panels * shard->movie_slots);
    *out = pass;
done:
    if (status != HR_OK)
        hr_edge_pass_destroy(pass);
    return status;
}

void hr_edge_pass_destroy(hr_edge_pass *pass)
{
    if (!pass)
        return;
    free(pass->movies);
    free(pass);
}

/* Panels but the last of an odd number of columns are whole lines: `bytes` is then a constant the compiler
 * sees, and the copies are single moves. */
static inline __attribute__((always_inline)) void walk_panel(const hr_shard *shard,
                                                             movie_line *restrict movies,
                                                             const float *restrict x, float *restrict y,
                                                             int64_t cols, size_t bytes)
{
    for (int64_t m = 0; m < shard->movie_slots; m++) {
        movies[m] = (movie_line){0};
        memcpy(&movies[m].x, x + shard->movie_row[m] * cols, bytes);
    }
    for (int64_t u = 0; u < shard->user_slots; u++) {
        const int64_t row = shard->user_row[u] * cols;
        hr_f32x16 user = {0}, sum = {0};
        memcpy(&user, x + row, bytes);
        for (int64_t e = shard->edge_ptr[u]; e < shard->edge_ptr[u + 1]; e++) {
            movie_line *movie = &movies[shard->edge_movie[e]];
            sum += movie->x;
            movie->y += user;
        }
        memcpy(y + row, &sum, bytes);
    }
    for (int64_t m = 0; m < shard->movie_slots; m++)
        memcpy(y + shard->movie_row[m] * cols, &movies[m].y, bytes);
}

HR_SIMD static void walk_whole_panel(const hr_shard *shard, movie_line *movies, const float *x, float *y,
                                     int64_t cols)
{
    walk_panel(shard, movies, x, y, cols, sizeof(hr_f32x16));
}

HR_SIMD static void walk_last_panel(const hr_shard *shard, movie_line *movies, const float *x, float *y,
                                    int64_t cols, size_t bytes)
{
    walk_panel(shard, movies, x, y, cols, bytes);
}

void hr_edge_pass_run(hr_edge_pass *pass, const float *restrict x, float *restrict y, int64_t cols)
{
    const hr_shard *shard = pass->shard;
    const int64_t rows = shard->owned + shard->ghosts;
#pragma omp parallel num_threads(pass->panels)
    {
#pragma omp for schedule(static)
        for (int64_t row = 0; row < rows; row++)
            memset(y + row * cols, 0, (size_t)cols * sizeof *y);
        movie_line *movies = pass->movies + omp_get_thread_num() * shard->movie_slots;
#pragma omp for schedule(dynamic, 1)
        for (int64_t panel = 0; panel < panel_count(cols); panel++) {
            const int64_t first = panel * HR_LANES, width = cols - first;
            if (width >= HR_LANES)
                walk_whole_panel(shard, movies, x + first, y + first, cols);
            else
                walk_last_panel(shard, movies, x + first, y + first, cols, (size_t)width * sizeof *x);
        }
    }
}

void hr_edge_pass_reference(const hr_shard *shard, const float *restrict x, float *restrict y, int64_t cols)
{
    memset(y, 0, (size_t)((shard->owned + shard->ghosts) * cols) * sizeof *y);
    for (int64_t u = 0; u < shard->user_slots; u++)
        for (int64_t e = shard->edge_ptr[u]; e < shard->edge_ptr[u + 1]; e++)
            for (int64_t c = 0; c < cols; c++) {
                const int64_t user = shard->user_row[u] * cols + c;
                const int64_t movie = shard->movie_row[shard->edge_movie[e]] * cols + c;
                y[user] += x[movie];
                y[movie] += x[user];
            }
}
