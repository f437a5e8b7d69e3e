/* bench-recommend: the time of lists of 100 movies for all users, against a plain matrix product of the same size and the
 * floor: that product, and one read of its result from the second cache. */
#include "bench/bench.h"
#include "bench/bench_graph.h"
#include "bench/machine_rates.h"
#include "io/base/memory.h"
#include "io/comm/row_block.h"
#include "trainer/lists/recommender.h"

#include <omp.h>

/* Runs: the fastest counts. */
enum { REPEATS = 3, TOP = 100 };

/* Rows that differ from one another, so that few scores are equal. */
static void fill(float *rows, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        rows[i] = (float)((i * 2654435761) % 1009) / 1009.0F - 0.5F;
}

/* A recommender of made rows, and this rank's users. */
typedef struct trial {
    hr_ratings all;
    hr_recommender recommender;
    hr_user_block users;
    hr_lists lists;
    float *movie_row;
} trial;

static hr_status create(trial *t, const hr_comm *comm, const hr_bench_call *call, hr_error *err)
{
    hr_status status = HR_OK;
    hr_recommender *r = &t->recommender;
    HR_TRY(hr_bench_ratings(call->dataset, call->preset, &t->all, err));
    const hr_row_block block = hr_row_block_of(comm, t->all.users, t->all.movies);
    const hr_mlp_shape dots = {.columns = call->dim};
    r->rules = hr_list_rules_of(TOP < t->all.movies ? TOP : t->all.movies, 0.0, NULL);
    r->threads = omp_get_max_threads();
    HR_ALLOC(t->movie_row, block.movies * call->dim);
    HR_ALLOC(t->users.row[0], block.users * call->dim);
    fill(t->movie_row, block.movies * call->dim);
    fill(t->users.row[0], block.users * call->dim);
    HR_TRY(hr_scorer_create_of_movies(&r->loaded.scorer, comm, t->all.movies, t->movie_row, &dots, NULL, NULL,
                                      err));
    HR_ALLOC(r->workspace, r->threads);
    for (int i = 0; i < r->threads; i++)
        HR_TRY(hr_lists_workspace_create(&r->workspace[i], &r->loaded.scorer, r->rules.depth, err));
    t->users.users = block.users;
    t->users.ratings = t->all; /* of the first users: any will do */
    HR_TRY(hr_lists_create(&t->lists, block.users, r->rules.top, err));
done:
    return status;
}

static void destroy(trial *t)
{
    hr_recommender_free(&t->recommender);
    free(t->users.row[0]);
    free(t->movie_row);
    hr_lists_free(&t->lists);
    hr_ratings_free(&t->all);
}

/* Seconds of the slowest rank. */
static hr_status time_lists(trial *t, const hr_comm *comm, double *seconds, hr_error *err)
{
    hr_status status = HR_OK;
    for (int repeat = 0; status == HR_OK && repeat < REPEATS; repeat++) {
        const double start = omp_get_wtime();
        hr_recommender_rank(&t->recommender, &t->users, &t->lists);
        double once = omp_get_wtime() - start;
        status = hr_max_f64(comm, &once, 1, err);
        *seconds = repeat == 0 || once < *seconds ? once : *seconds;
    }
    return status;
}

/* Bytes a second that all ranks read from their second caches. */
static hr_status read_rate(const hr_comm *comm, double *rate, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_caches caches = hr_caches_found();
    hr_machine_rates rates = {0};
    hr_machine_probe *probe = NULL;
    HR_TRY(hr_machine_probe_create(&probe, &caches, err));
    hr_machine_probe_rates(probe, &rates);
    *rate = rates.read[HR_L2] > 0.0 ? rates.read[HR_L2] : rates.read[HR_DRAM];
done:
    hr_machine_probe_free(probe);
    status = hr_agree(comm, status, NULL, err);
    return status == HR_OK ? hr_sum_f64(comm, rate, 1, err) : status;
}

static hr_status measure(const hr_comm *comm, const hr_bench_call *call, json_t **figures, hr_error *err)
{
    trial t = {0};
    double sgemm = 0.0, read = 0.0, seconds = 0.0;
    hr_status status = create(&t, comm, call, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_sgemm_rate(call->dim, &sgemm, err));
    HR_TRY(hr_sum_f64(comm, &sgemm, 1, err));
    HR_TRY(read_rate(comm, &read, err));
    HR_TRY(time_lists(&t, comm, &seconds, err));
    const double pairs = (double)t.all.users * (double)t.all.movies;
    const double product = 2.0 * pairs * (double)call->dim / sgemm;
    const double floor = product + (double)sizeof(float) * pairs / read;
    *figures =
        json_pack("{s:I, s:I, s:I, s:i, s:i, s:i, s:f, s:f, s:f, s:f, s:f, s:f}", "users",
                  (json_int_t)t.all.users, "movies", (json_int_t)t.all.movies, "dim", (json_int_t)call->dim,
                  "k", TOP, "ranks", comm->size, "threads", omp_get_max_threads(), "seconds", seconds,
                  "sgemm_seconds", product, "floor_seconds", floor, "sgemm_flops_per_second", sgemm,
                  "sgemm_fraction", product / seconds, "floor_fraction", floor / seconds);
done:
    destroy(&t);
    return status;
}

static void print(const json_t *f)
{
    printf("lists of %.0f for %.0f users of %.0f movies, %.0f columns, %.0f ranks of %.0f threads: %.2f s\n",
           hr_bench_figure(f, "k"), hr_bench_figure(f, "users"), hr_bench_figure(f, "movies"),
           hr_bench_figure(f, "dim"), hr_bench_figure(f, "ranks"), hr_bench_figure(f, "threads"),
           hr_bench_figure(f, "seconds"));
    printf("sgemm alone %.2f s: %.0f %% of its rate; with one read of the scores %.2f s: %.0f %%\n",
           hr_bench_figure(f, "sgemm_seconds"), 100.0 * hr_bench_figure(f, "sgemm_fraction"),
           hr_bench_figure(f, "floor_seconds"), 100.0 * hr_bench_figure(f, "floor_fraction"));
}

int main(int argc, char **argv)
{
    static const hr_bench bench = {"bench-recommend",
                                   "Times lists of 100 movies for all users against a plain matrix product",
                                   "build/bench/bench-recommend --preset ml-1m --json", measure, print};
    return hr_bench_main(argc, argv, &bench);
}
