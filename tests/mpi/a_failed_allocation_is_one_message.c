/* ranks: 1 3, sanitized: 1
 * Each allocation of a run fails once, on one rank or on all: all ranks return HR_MEMORY and the same message,
 * and nothing stays allocated. */
#include "io/comm/link.h"
#include "tests/support/failing_allocations.h"
#include "tests/support/toy_run.h"
#include "trainer/config/graph_size.h"
#include "trainer/config/recipe.h"
#include "trainer/evaluation/evaluate.h"
#include "trainer/evaluation/sampled.h"
#include "trainer/lists/list_file.h"
#include "trainer/models/model.h"
#include "trainer/recommend/known_movies.h"
#include "trainer/run/extend.h"
#include "trainer/run/train.h"
#include "trainer/scoring/load_scorer.h"

#include <inttypes.h>
#include <omp.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

enum { USERS = 24, MOVIES = 15, DIM = 8, ALL = -1, SECONDS = 120 };

/* What is tried: its name, the rank whose allocation fails, and which, counted from the start or from when
 * the graph is loaded. */
static char tried[64];
static int failing_rank;
static int64_t failing_number;
static bool graph_is_safe;

/* Ranks that wait for one that does not come. */
static void hang(int signal_number)
{
    (void)signal_number;
    fprintf(stderr, "rank %d of %d: %s hangs with allocation %" PRId64 " failing on rank %d\n", world.rank,
            world.size, tried, failing_number, failing_rank);
    allocations_tell();
    _exit(1);
}

static bool is_somewhere(bool mine)
{
    int any = mine;
    MPI_Allreduce(MPI_IN_PLACE, &any, 1, MPI_INT, MPI_MAX, world.mpi);
    return any != 0;
}

static void check(hr_status status, const hr_error *err, bool happened, int64_t left)
{
    hr_error first = *err;
    MPI_Bcast(&first, sizeof first, MPI_CHAR, 0, world.mpi);
    const bool same = strcmp(first.text, err->text) == 0;
    const bool good = left == 0 && (happened ? status == HR_MEMORY && *err->text && same : status == HR_OK);
    if (good)
        return;
    fprintf(stderr,
            "rank %d of %d: %s, allocation %" PRId64 " failing on rank %d: status %d, %" PRId64
            " not freed, message \"%s\"%s\n",
            world.rank, world.size, tried, failing_number, failing_rank, (int)status, left, err->text,
            same ? "" : ", not that of rank 0");
    if (failing_rank == ALL || failing_rank == world.rank)
        allocations_tell();
    fflush(stderr);
}

static void arm(void)
{
    if (failing_rank == ALL || failing_rank == world.rank)
        allocations_fail_at(failing_number);
}

hr_status __real_hr_load_graph(hr_graph_context *graph, const hr_comm *comm, const char *dataset,
                               const char *fingerprint, const hr_train_config *config, hr_error *err);
hr_status __wrap_hr_load_graph(hr_graph_context *graph, const hr_comm *comm, const char *dataset,
                               const char *fingerprint, const hr_train_config *config, hr_error *err);
hr_status __wrap_hr_load_graph(hr_graph_context *graph, const hr_comm *comm, const char *dataset,
                               const char *fingerprint, const hr_train_config *config, hr_error *err)
{
    const hr_status status = __real_hr_load_graph(graph, comm, dataset, fingerprint, config, err);
    if (graph_is_safe)
        arm();
    return status;
}

/* Tries the scenario with one allocation failing; returns whether there was one. */
static bool try(fallible *scenario, bool *good)
{
    hr_error err = {""};
    const int64_t before = allocations_alive();
    if (!graph_is_safe)
        arm();
    alarm(SECONDS);
    const hr_status status = scenario(&err);
    alarm(0);
    const bool happened = is_somewhere(allocations_failed());
    if (status == HR_OK)
        err.text[0] = '\0';
    const int64_t left = allocations_alive() - before;
    check(status, &err, happened, left);
    *good = !is_somewhere(left != 0 || (happened ? status != HR_MEMORY : status != HR_OK));
    return happened;
}

/* Every third allocation, from number `first` on, of one rank or of all at once. */
static void survive_thirds(int rank, int64_t first, fallible *scenario)
{
    bool good = true;
    failing_rank = rank;
    for (failing_number = first; try(scenario, &good); failing_number += 3)
        assert_true(good);
    assert_true(good);
}

/* How many of the thirds fail: under sanitizers, where each takes minutes, one. */
#ifdef __SANITIZE_ADDRESS__
enum { THIRDS = 1 };
#else
enum { THIRDS = 3 };
#endif

/* A third fails on the first rank, a third on the last, and a third on all. */
static void assert_survives(const char *name, fallible *scenario)
{
    snprintf(tried, sizeof tried, "%s", name);
    const int rank[] = {0, world.size - 1, ALL};
    for (int third = 0; third < THIRDS; third++)
        survive_thirds(rank[third], third + 1, scenario);
}

static hr_train_options options;

static hr_status train(hr_error *err)
{
    hr_status status = HR_OK;
    hr_graph_size size;
    hr_train_config config;
    HR_TRY(hr_train_graph_size(&world, shared_path("d.h5"), options.valid, &size, err));
    HR_TRY(hr_train_config_resolve(&options, size, &config, err));
    HR_TRY(hr_train(&world, shared_path("d.h5"), &config, err));
done:
    return status;
}

static void set_options(const char *model, int loss, bool reproducible)
{
    hr_error err = {""};
    options = hr_train_defaults;
    strcpy(options.model, model);
    options.loss = loss;
    assert_ok(hr_recipe_apply(&options, &err));
    if (options.dim > DIM)
        options.dim = DIM;
    if (options.spectral_rounds > 1)
        options.spectral_rounds = 1;
    options.epochs = 1;
    options.batch = 256;
    options.stall_timeout = 0;
    options.reproducible = reproducible;
}

static void keep_checkpoints(void)
{
    strcpy(options.checkpoint, shared_path("run.ckpt.h5"));
    strcpy(options.log, shared_path("run.jsonl"));
}

/* From the dataset to the checkpoint. */
static void a_run_loads_trains_and_saves(void **state)
{
    (void)state;
    signal(SIGALRM, hang);
    toy_write(&world, "d.h5", USERS, MOVIES, 0.4, 1);
    toy_cut(&world, "d.h5", "k.h5", HR_CUT_METIS, world.size);
    set_options("lightgcn", HR_LOSS_OWN, false);
    keep_checkpoints();
    assert_survives("a run of lightgcn", train);
}

/* From the loaded graph to the end of an epoch: each model by its usual loss, plain and reproducible, and by
 * another loss. */
static void every_model_trains(void **state)
{
    (void)state;
    enum { PLAIN, REPRODUCIBLE, OTHER_LOSS, WAYS };
    if (world.size > 2)
        return; /* three ranks take the same ways as two */
    graph_is_safe = true;
    for (int i = 0; hr_models[i]; i++)
        for (int way = PLAIN; way < WAYS; way++) {
            const hr_loss loss = hr_models[i]->losses[way == OTHER_LOSS];
            if ((way == OTHER_LOSS && loss == HR_LOSS_OWN) ||
                (way == REPRODUCIBLE && hr_models[i]->rounds_by_ranks))
                continue;
            set_options(hr_models[i]->name, (int)loss, way == REPRODUCIBLE);
            strcpy(options.partition, shared_path("k.h5"));
            snprintf(tried, sizeof tried, "%s by loss %d%s", hr_models[i]->name, (int)loss,
                     way == REPRODUCIBLE ? ", reproducible" : "");
            for (int64_t first = 1; first <= (world.size > 1 ? 1 : THIRDS); first++)
                survive_thirds(world.size - 1, first, train);
        }
    graph_is_safe = false;
}

static hr_status load(hr_error *err)
{
    hr_status status = HR_OK;
    static hr_loaded loaded;
    static hr_known_movies known;
    const hr_cutoffs cutoffs = {1, {5}};
    hr_metrics metrics;
    hr_sampled sampled;
    loaded = (hr_loaded){0};
    known = (hr_known_movies){0};
    hr_list_tally lists = {0};
    hr_list_figures_at figures[HR_MAX_CUTOFFS];
    HR_TRY(hr_load_scorer(&loaded, &world, shared_path("kept.ckpt.h5"), shared_path("d.h5"), err));
    HR_TRY(hr_known_movies_read(&known, &world, shared_path("d.h5"), err));
    HR_TRY(hr_list_tally_create(&lists, &world, &loaded.train, &cutoffs, &known.similarity, err));
    const hr_evaluation asked = {.split = HR_TEST, .cutoffs = &cutoffs, .auc = true, .lists = &lists};
    HR_TRY(hr_evaluate(&world, &loaded.scorer, &asked, &metrics, err));
    HR_TRY(hr_list_tally_finish(&lists, &world, figures, err));
    HR_TRY(hr_sampled_evaluate(&world, &loaded.scorer, HR_TEST, &cutoffs, 5, 1, &sampled, err));
done:
    hr_list_tally_free(&lists);
    hr_known_movies_free(&known);
    hr_loaded_free(&loaded);
    return status;
}

/* Lists of all users, as a file. */
static hr_status recommend(hr_error *err)
{
    hr_status status = HR_OK;
    hr_recommender r = {0};
    hr_list_file file = {0};
    hr_list_users users = {0};
    const hr_list_request request = {.top = 3, .diversity = 0.5, .filter = {.popularity = "1:"}};
    HR_TRY(
        hr_recommender_create(&r, &world, shared_path("kept.ckpt.h5"), shared_path("d.h5"), &request, err));
    users.count = r.loaded.data.users;
    const hr_list_target target = {
        .comm = &world, .path = shared_path("lists.tsv"), .recommender = &r, .users = &users, .titles = true};
    HR_TRY(hr_list_file_create(&file, &target, err));
    const hr_list_sink sink = hr_list_file_sink(&file);
    status = hr_make_lists(&r, &world, &users, &sink, err);
    HR_TRY(hr_list_file_publish(&file, status, err));
done:
    hr_list_file_close(&file);
    hr_recommender_free(&r);
    return status;
}

static hr_status extend(hr_error *err)
{
    return hr_extend(&world, shared_path("kept.ckpt.h5"), shared_path("d.h5"), shared_path("more.h5"),
                     shared_path("more.ckpt.h5"), err);
}

static void a_trained_model_is_used(void **state)
{
    (void)state;
    hr_error err = {""};
    toy_write(&world, "more.h5", USERS + 2, MOVIES, 0.4, 1);
    set_options("sage", HR_LOSS_OWN, true);
    strcpy(options.checkpoint, shared_path("kept.ckpt.h5"));
    assert_ok(train(&err));
    assert_survives("evaluation", load);
    assert_survives("recommend", recommend);
    assert_survives("extend", extend);
    strcpy(options.resume, options.checkpoint);
    strcpy(options.checkpoint, shared_path("run.ckpt.h5"));
    options.epochs = 2;
    graph_is_safe = true;
    assert_survives("resume", train);
}

static hr_status measure(hr_error *err)
{
    hr_link link;
    return hr_link_measure(&world, &link, err);
}

static void a_link_is_measured(void **state)
{
    (void)state;
    signal(SIGALRM, hang);
    if (world.size > 1)
        assert_survives("the measurement of a link", measure);
}

/* Instead of hr_log: these runs are many. */
void __wrap_hr_log(const hr_comm *comm, const char *format, ...);
void __wrap_hr_log(const hr_comm *comm, const char *format, ...)
{
    (void)comm;
    (void)format;
}

int main(int argc, char **argv)
{
    omp_set_num_threads(1); /* the graph is tiny */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_link_is_measured), cmocka_unit_test(a_run_loads_trains_and_saves),
        cmocka_unit_test(every_model_trains), cmocka_unit_test(a_trained_model_is_used)};
    return run_mpi_tests(argc, argv, tests);
}
