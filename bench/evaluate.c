/* bench-evaluate: the time of ranking every movie for every user, against a plain matrix product. */
#include "trainer/evaluation/evaluate.h"

#include "bench/bench.h"
#include "bench/bench_graph.h"
#include "bench/machine_rates.h"
#include "io/base/memory.h"
#include "trainer/evaluation/sampled.h"

#include <omp.h>

/* Runs of each way: the fastest counts. */
enum { REPEATS = 5 };

/* Rows that differ from one another, so that few scores are equal. */
static void fill(float *rows, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        rows[i] = (float)((i * 2654435761) % 1009) / 1009.0F - 0.5F;
}

/* What is timed. */
enum { PLAIN, WITH_AUC, WITH_LISTS, WITH_MMR, SAMPLED, WAYS };

static hr_status time_way(const hr_comm *comm, const hr_ratings *ratings, const float *block, int64_t dim,
                          const hr_similarities *similarity, int way, double *seconds, hr_error *err)
{
    hr_status status = HR_OK;
    hr_metrics metrics;
    hr_sampled sampled;
    hr_scorer scorer = {0};
    hr_list_tally lists = {0};
    hr_train_figures train = {0};
    hr_list_figures_at figures[1];
    const hr_cutoffs cutoffs = {1, {20}};
    const hr_mmr mmr = {0.3, similarity};
    const hr_evaluation asked = {.split = HR_TEST,
                                 .cutoffs = &cutoffs,
                                 .auc = way == WITH_AUC,
                                 .mmr = way == WITH_MMR ? &mmr : NULL,
                                 .lists = way == WITH_LISTS ? &lists : NULL};
    const double start = omp_get_wtime();
    HR_TRY(hr_scorer_create(&scorer, comm, ratings, block, &(hr_mlp_shape){.columns = dim}, NULL, NULL, err));
    if (way == SAMPLED)
        HR_TRY(hr_sampled_evaluate(comm, &scorer, HR_TEST, &cutoffs, 99, 1, &sampled, err));
    if (way == WITH_LISTS)
        HR_TRY(hr_train_figures_of(&train, comm, ratings, err));
    if (way == WITH_LISTS)
        HR_TRY(hr_list_tally_create(&lists, comm, &train, &cutoffs, similarity, err));
    if (way != SAMPLED)
        HR_TRY(hr_evaluate(comm, &scorer, &asked, &metrics, err));
    if (way == WITH_LISTS)
        HR_TRY(hr_list_tally_finish(&lists, comm, figures, err));
    *seconds = omp_get_wtime() - start;
done:
    hr_list_tally_free(&lists);
    hr_train_figures_free(&train);
    hr_scorer_free(&scorer);
    return status;
}

/* One to four of eighteen genres for each movie. */
static hr_status draw_genres(hr_genres *genres, int64_t movies, hr_error *err)
{
    hr_status status = HR_OK;
    for (int64_t m = 0; status == HR_OK && m < movies; m++) {
        uint64_t bits = 0;
        for (uint64_t i = 0; i <= (uint64_t)m % 4; i++)
            bits |= (uint64_t)1 << ((uint64_t)m * 7 + i * i * 5) % 18;
        status = hr_genres_append_bits(genres, bits, err);
    }
    return status;
}

static hr_status measure(const hr_comm *comm, const hr_bench_call *call, json_t **figures, hr_error *err)
{
    hr_status status = HR_OK;
    hr_ratings ratings = {0};
    float *block = NULL;
    hr_genres genres = {0};
    double rate = 0.0;
    HR_TRY(hr_bench_ratings(call->dataset, call->preset, &ratings, err));
    for (int64_t i = 0; i < ratings.count; i++) /* every fifth rating is held out */
        ratings.split[i] = i % 5 == 0 ? HR_TEST : HR_TRAIN;
    const int64_t rows = ratings.users + ratings.movies;
    HR_ALLOC(block, rows * call->dim);
    fill(block, rows * call->dim);
    HR_TRY(hr_sgemm_rate(call->dim, &rate, err));
    HR_TRY(draw_genres(&genres, ratings.movies, err));
    const hr_similarities similarity = {1, {hr_genre_similarity(&genres)}};
    double seconds[WAYS];
    for (int way = 0; way < WAYS; way++)
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            double once = 0.0;
            HR_TRY(time_way(comm, &ratings, block, call->dim, &similarity, way, &once, err));
            seconds[way] = repeat == 0 || once < seconds[way] ? once : seconds[way];
        }
    const double flops = 2.0 * (double)ratings.users * (double)ratings.movies * (double)call->dim;
    *figures = json_pack("{s:I, s:I, s:I, s:I, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f}", "users",
                         (json_int_t)ratings.users, "movies", (json_int_t)ratings.movies, "dim",
                         (json_int_t)call->dim, "threads", (json_int_t)omp_get_max_threads(), "seconds",
                         seconds[PLAIN], "seconds_with_auc", seconds[WITH_AUC], "seconds_with_lists",
                         seconds[WITH_LISTS], "seconds_with_mmr", seconds[WITH_MMR], "seconds_sampled",
                         seconds[SAMPLED], "flops_per_second", flops / seconds[PLAIN],
                         "sgemm_flops_per_second", rate, "sgemm_fraction", flops / seconds[PLAIN] / rate);
done:
    hr_genres_free(&genres);
    free(block);
    hr_ratings_free(&ratings);
    return status;
}

static void print(const json_t *f)
{
    printf("%.0f users against %.0f movies, %.0f columns, %.0f threads: %.2f s\n",
           hr_bench_figure(f, "users"), hr_bench_figure(f, "movies"), hr_bench_figure(f, "dim"),
           hr_bench_figure(f, "threads"), hr_bench_figure(f, "seconds"));
    printf("with AUC %.2f s, with coverage, novelty and diversity %.2f s, re-ranked for diversity %.2f s\n",
           hr_bench_figure(f, "seconds_with_auc"), hr_bench_figure(f, "seconds_with_lists"),
           hr_bench_figure(f, "seconds_with_mmr"));
    printf("each held-out movie among 99 sampled ones %.2f s\n", hr_bench_figure(f, "seconds_sampled"));
    printf("%.1f GFlop/s, %.0f %% of sgemm's %.1f\n", 1e-9 * hr_bench_figure(f, "flops_per_second"),
           100.0 * hr_bench_figure(f, "sgemm_fraction"), 1e-9 * hr_bench_figure(f, "sgemm_flops_per_second"));
}

int main(int argc, char **argv)
{
    static const hr_bench bench = {
        "bench-evaluate", "Times the full ranking of all movies for all users against a plain matrix product",
        "build/bench/bench-evaluate --preset ml-1m --json", measure, print};
    return hr_bench_main(argc, argv, &bench);
}
