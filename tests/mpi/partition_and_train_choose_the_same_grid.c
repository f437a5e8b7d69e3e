/* ranks: 2 4, sanitized: 4 */
/* For each model by each of its losses, the grid that is chosen when a graph is partitioned ahead for a number
 * of ranks is the one that training on as many ranks chooses by itself. */
#include "partition/plan/plan_dataset.h"
#include "tests/support/toy_run.h"
#include "trainer/config/graph_size.h"
#include "trainer/config/recipe.h"
#include "trainer/models/model.h"
#include "trainer/run/grid_choice.h"
#include "trainer/run/load_graph.h"

static hr_train_options options_for(const hr_model *model, hr_loss loss)
{
    hr_error err = {""};
    hr_train_options options = {.loss = (int)loss};
    strcpy(options.model, model->name);
    assert_ok(hr_recipe_apply(&options, &err));
    strcpy(options.checkpoint, shared_path("run.ckpt.h5")); /* the cut is written beside it */
    return options;
}

/* As halorec train: the size comes from the dataset file, and the cut is made by rank 0. */
static hr_grid_shape by_train(const char *data, const hr_train_options *options)
{
    hr_error err = {""};
    hr_graph_size size;
    hr_train_config config;
    hr_graph_context graph = {0};
    hr_h5 *file = NULL;
    hr_dataset_summary summary;
    assert_ok(hr_dataset_open(&file, &summary, shared_path(data), &err));
    hr_h5_close(file);
    assert_ok(hr_train_graph_size(&world, shared_path(data), options->valid, &size, &err));
    assert_ok(hr_train_config_resolve(options, size, &config, &err));
    assert_ok(hr_load_graph(&graph, &world, shared_path(data), summary.fingerprint, &config, &err));
    const hr_grid_shape shape = {graph.grid.parts.size, graph.grid.groups.size};
    hr_graph_context_free(&graph);
    return shape;
}

/* As halorec partition --ranks, one process: the size is that of the graph. */
static hr_grid_shape by_partition(const char *data, const hr_train_options *options)
{
    hr_error err = {""};
    hr_graph graph = {0};
    hr_plan plan = {0};
    hr_grid_cost cost = {0};
    hr_train_config config;
    const hr_comm alone = hr_comm_alone();
    hr_partition_origin origin = {.valid_share = options->valid, .method = HR_CUT_METIS, .seed = 1};
    assert_ok(hr_partition_graph(&graph, &alone, &origin, shared_path(data), &err));
    const hr_graph_size size = {graph.users, graph.movies, graph.edges};
    assert_ok(hr_train_config_resolve(options, size, &config, &err));
    assert_ok(hr_grid_choose(&graph, &origin, &config, world.size, 0, &plan, &cost, &err));
    hr_plan_free(&plan);
    hr_graph_free(&graph);
    return cost.shape;
}

static void check(const char *data, hr_train_options options)
{
    const hr_grid_shape trained = by_train(data, &options);
    if (world.rank == 0) {
        const hr_grid_shape cut = by_partition(data, &options);
        if (cut.parts != trained.parts || cut.groups != trained.groups)
            fail_msg("%s by loss %d, --valid %g: partition takes %dx%d, train %dx%d", options.model,
                     options.loss, options.valid, cut.parts, cut.groups, trained.parts, trained.groups);
    }
    MPI_Barrier(world.mpi);
}

static void check_all(const char *data)
{
    for (int i = 0; hr_models[i]; i++)
        for (int l = 0; l < HR_MAX_LOSSES && (l == 0 || hr_models[i]->losses[l] != HR_LOSS_OWN); l++)
            check(data, options_for(hr_models[i], hr_models[i]->losses[l]));
}

static void of_a_dense_graph(void **state)
{
    (void)state;
    toy_write(&world, "dense.h5", 80, 50, 0.3, 1);
    check_all("dense.h5");
}

static void of_a_sparse_graph(void **state)
{
    (void)state;
    toy_write(&world, "sparse.h5", 150, 300, 0.02, 1);
    check_all("sparse.h5");
}

/* The size then is known only after counting. */
static void where_ratings_are_held_out(void **state)
{
    (void)state;
    toy_write(&world, "whole.h5", 300, 200, 0.1, 0);
    hr_train_options options = options_for(hr_models[0], HR_LOSS_OWN);
    options.valid = 0.2;
    check("whole.h5", options);
    options.negatives = 16;
    check("whole.h5", options);
    options.reproducible = true;
    check("whole.h5", options);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(of_a_dense_graph),
                                       cmocka_unit_test(of_a_sparse_graph),
                                       cmocka_unit_test(where_ratings_are_held_out)};
    return run_mpi_tests(argc, argv, tests);
}
