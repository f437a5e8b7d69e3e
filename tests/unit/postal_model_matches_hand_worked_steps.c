/* The postal model against steps worked out by hand, and what it says of where scaling ends. */
#include "partition/halo/halo_channel.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/toy.h"
#include "trainer/scaling/postal_model.h"
#include "trainer/scaling/scaling.h"

#include <math.h>

static void assert_close(double a, double b)
{
    if (fabs(a - b) > 1e-9 * fabs(b))
        fail_msg("%.12g, expected %.12g", a, b);
}

/* Round numbers, so that a reader can check what follows. */
static const hr_machine machine = {.rates = {.edge = 1.0,
                                             .row = 10.0,
                                             .sample = 1000.0,
                                             .draw = 100.0,
                                             .pool = 2.0,
                                             .value = 3.0,
                                             .clear = 5.0,
                                             .add = 0.5},
                                   .link = {.latency = 7000.0, .gap = 200.0, .byte = 0.25},
                                   .threads = 1};

static hr_train_config small_config(void)
{
    hr_error err = {""};
    hr_train_config config;
    hr_train_options o = hr_train_defaults;
    o.dim = 32; /* two panels */
    o.layers = 2;
    o.batch = 40;
    o.pool = 10;
    o.negatives = 1;
    assert_ok(hr_train_config_resolve(&o, (hr_graph_size){.edges = 400}, &config, &err));
    return config;
}

/* 100 edges, 20 rows and 6 ghosts against 4 rows sent; a quarter of the samples; two neighbours each way. */
static hr_part_load small_load(void)
{
    return (hr_part_load){
        .size = {.whole = {.edges = 400}, .owned = 20, .ghosts = 6, .sent = 4, .edges = 100},
        .samples = 0.25,
        .pool = 0.4,
        .sources = 2,
        .targets = 1};
}

static void every_term_is_as_stated(void **state)
{
    (void)state;
    const hr_train_config o = small_config();
    const hr_part_load loads[2] = {small_load(), {.size = {.whole = {.edges = 400}}, .pool = 0.6}};
    const hr_step_time time = hr_postal_step(loads, (hr_grid_shape){2, 1}, &o, &machine);
    assert_close(time.term[HR_TERM_EDGES], 2 * 2 * 32 * 100);
    assert_close(time.term[HR_TERM_ROWS], 2 * 2 * 32 * 26 * 10);
    assert_close(time.term[HR_TERM_SAMPLES], 10 * 1000);
    assert_close(time.term[HR_TERM_BATCH], 30 * 100 + 10 * 32 * 2);
    assert_close(time.term[HR_TERM_OPTIMISER], 32 * 20 * 3 + 32 * 26 * 5);
    /* 2 batches of a panel: 2 (forward, backward) x 2 layers x 2 (scatter, reduce) x 2, and 2 for the loss */
    assert_close(time.term[HR_TERM_MESSAGES], 18 * (7000 + 200) + 2 * 200);
    /* 6 rows, as more arrive than leave: 8 exchanges of 32 floats, one of 32, one of 33 */
    assert_close(time.term[HR_TERM_BYTES], 6 * 4 * (8 * 32 + 32 + 33) * 0.25);
    /* of 1280 bytes of rows, and of 1320 of sums, which are added, the larger share; the loss in one message
     */
    assert_close(time.term[HR_TERM_POOL], 2 * 7000 + 0.6 * (1280 * 0.25 + 1320 * (0.25 + 0.5)) + 7000);
    double sum = 0.0;
    for (int t = 0; t < HR_TERMS; t++)
        sum += time.term[t];
    assert_close(time.total, sum);
}

static void two_threads_sweep_two_panels_in_one_batch(void **state)
{
    (void)state;
    const hr_train_config o = small_config();
    hr_machine two = machine;
    two.threads = 2;
    const hr_part_load load = small_load();
    assert_close(hr_postal_step(&load, (hr_grid_shape){1, 1}, &o, &two).term[HR_TERM_MESSAGES],
                 10 * (7000 + 200) + 2 * 200);
}

static void bf16_rows_are_half_the_bytes(void **state)
{
    (void)state;
    hr_train_config o = small_config();
    const hr_part_load load = small_load();
    o.model.halo = HR_WIRE_BF16;
    assert_close(hr_postal_step(&load, (hr_grid_shape){1, 1}, &o, &machine).term[HR_TERM_BYTES],
                 6 * (8 * 32 * 2 + 4 * (32 + 33)) * 0.25);
}

static void one_rank_sends_nothing(void **state)
{
    (void)state;
    const hr_train_config o = small_config();
    const hr_part_load load = {.size = {.whole = {.edges = 400}, .owned = 20, .edges = 400}, .samples = 1.0};
    const hr_step_time time = hr_postal_step(&load, (hr_grid_shape){1, 1}, &o, &machine);
    assert_close(time.term[HR_TERM_MESSAGES] + time.term[HR_TERM_BYTES] + time.term[HR_TERM_POOL] + 1.0, 1.0);
    assert_int_equal(hr_postal_bytes(&load, (hr_grid_shape){1, 1}, &o), 0);
}

/* Two groups: a panel of 16 columns each, half the row bytes and pool, and 10 samples' scores in one chunk.
 */
static void column_groups_divide_the_columns(void **state)
{
    (void)state;
    hr_train_config o = small_config();
    o.sampling.candidates = 7; /* a block of 16 scores, and the positive's */
    const hr_part_load loads[2] = {small_load(),
                                   {.size = {.whole = {.movies = 50, .edges = 400}}, .pool = 0.6}};
    const hr_step_time time = hr_postal_step(loads, (hr_grid_shape){2, 2}, &o, &machine);
    assert_close(time.term[HR_TERM_EDGES], 2 * 2 * 16 * 100);
    assert_close(time.term[HR_TERM_SAMPLES], 10 * 1000);
    assert_close(time.term[HR_TERM_MESSAGES], 10 * (7000 + 200) + 2 * 200);
    assert_close(time.term[HR_TERM_BYTES], 6 * 4 * (8 * 16 + 16 + 17) * 0.25);
    assert_close(time.term[HR_TERM_POOL], 2 * 7000 + 0.6 * (640 * 0.25 + 680 * (0.25 + 0.5)) + 2 * 7000);
    /* 17 scores there, 20 bytes of gradients and loss back, of half of the samples; three collectives of two ranks */
    assert_close(time.term[HR_TERM_SCORES], 3 * 7000 + 5 * ((68 + 20) * 0.25 + 68 * 0.5));
    /* all ranks: both groups' rows, pools of 2 parts, and scores of all 40 samples */
    assert_int_equal(hr_postal_bytes(loads, (hr_grid_shape){2, 2}, &o),
                     6 * 4 * (8 * 32 + 2 * 32 + 2) + 10 * 4 * (2 * 32 + 2) + 40 * (68 + 20));
}

static void collectives_by_tree_and_ring(void **state)
{
    (void)state;
    assert_close(hr_gather_seconds(&machine, 1, 800.0) + 1.0, 1.0);
    assert_close(hr_gather_seconds(&machine, 4, 800.0), 2 * 7000 + 3 * 800 * 0.25);
    assert_close(hr_gather_seconds(&machine, 5, 800.0), 3 * 7000 + 4 * 800 * 0.25);
    assert_close(hr_scatter_sums_seconds(&machine, 1, 800.0) + 1.0, 1.0);
    assert_close(hr_scatter_sums_seconds(&machine, 5, 800.0), 4 * 7000 + 4 * 800 * (0.25 + 0.5));
    assert_close(hr_scatter_sums_seconds(&machine, 100, 800.0), 7 * 7000 + 99 * 800 * (0.25 + 0.5));
}

/* Parts of a real plan: what one sends another receives, and every sample lies somewhere. */
static void loads_of_a_plan_add_up(void **state)
{
    (void)state;
    enum { PARTS = 5 };
    hr_error err = {""};
    hr_graph graph = toy_graph(200, 90, 0.1, 3);
    hr_plan plan = {0};
    const hr_partition_origin origin = {.method = HR_CUT_METIS, .seed = 1};
    hr_part_load loads[PARTS];
    assert_ok(hr_partition_plan(&plan, &graph, &origin, PARTS, &err));
    assert_ok(hr_part_loads(&plan, loads, &err));
    double samples = 0.0;
    int64_t sent = 0, ghosts = 0, edges = 0, sources = 0, targets = 0;
    for (int p = 0; p < PARTS; p++) {
        samples += loads[p].samples;
        sent += loads[p].size.sent;
        ghosts += loads[p].size.ghosts;
        edges += loads[p].size.edges;
        sources += loads[p].sources;
        targets += loads[p].targets;
        assert_in_range(loads[p].sources, 1, PARTS - 1);
    }
    assert_close(samples, 1.0);
    assert_int_equal(sent, ghosts);
    assert_int_equal(edges, graph.edges);
    assert_int_equal(sources, targets);
    hr_plan_free(&plan);
    hr_graph_free(&graph);
}

static void rates_are_found_again(void **state)
{
    (void)state;
    hr_train_config o = small_config();
    hr_compute_rates rates = {.add = 9.0};
    hr_part_timing timing[2] = {{.edges = 1000, .rows = 50, .batch = 8},
                                {.edges = 300, .rows = 40, .batch = 4}};
    for (int i = 0; i < 2; i++) {
        hr_part_timing *t = &timing[i];
        t->propagation = 128.0 * (2.0 * (double)t->edges + 7.0 * (double)t->rows);
        t->optimiser = 32.0 * 3.0 * (double)t->rows;
        t->loss_bare = 320.0 * 4.0 + 32.0 * 5.0 * (double)t->rows;
        t->loss = t->loss_bare + 6.0 * (double)t->batch;
        t->draw = 0.5 * (double)t->batch;
    }
    hr_compute_rates_fit(timing, 2, &o, &rates);
    assert_close(rates.edge, 2.0);
    assert_close(rates.row, 7.0);
    assert_close(rates.value, 3.0);
    assert_close(rates.pool, 4.0);
    assert_close(rates.clear, 5.0);
    assert_close(rates.sample, 6.0);
    assert_close(rates.draw, 0.5);
    assert_close(rates.add, 9.0);
}

/* Equal parts that exchange nothing: scaling ends by what every rank does for all. */
static hr_part_load *even_loads(int32_t parts)
{
    hr_part_load *loads = calloc((size_t)parts, sizeof *loads);
    for (int32_t p = 0; p < parts; p++)
        loads[p] =
            (hr_part_load){.size = {.whole = {.edges = 6400}, .edges = 6400 / parts}, .samples = 1.0 / parts};
    return loads;
}

static void scaling_ends_where_other_terms_outweigh_edges(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_scaling scaling = {.groups = 1};
    hr_train_config o = small_config();
    const hr_machine fast_network = {.rates = {.edge = 1.0, .pool = 100.0}, .threads = 1};
    o.sampling.pool = 1;
    assert_ok(hr_scaling_parse("64,2,4,64,16", &scaling, &err));
    assert_int_equal(scaling.points, 5); /* in order, each once, and one part */
    for (int i = 0; i < scaling.points; i++)
        scaling.point[i].loads = even_loads(scaling.point[i].parts);
    hr_scaling_predict(&scaling, &o, &fast_network);
    /* 128 x 6400 of edges are divided, 3200 for the pool are not: half of 64 ranks' time and more is edges */
    assert_close(scaling.point[4].time.total, 128 * 100 + 3200);
    assert_close(scaling.point[4].efficiency, (819200.0 + 3200) / 64 / (12800 + 3200));
    assert_int_equal(hr_scaling_fastest(&scaling)->parts, 64);
    assert_int_equal(hr_scaling_half_efficient(&scaling)->parts, 64);
    double excess[HR_TERMS];
    hr_scaling_excess(&scaling, &scaling.point[4], excess);
    assert_close(excess[HR_TERM_BATCH], 3200 - 3200.0 / 64);
    const hr_machine slow_network = {.rates = {.edge = 1.0}, .link = {.latency = 30000.0}, .threads = 1};
    hr_scaling_predict(&scaling, &o, &slow_network);
    /* the pool log2 P and P - 1 messages, the loss log2 P, of 30000 each, against 819200 / P */
    assert_int_equal(hr_scaling_fastest(&scaling)->parts, 4);
    assert_int_equal(hr_scaling_half_efficient(&scaling)->parts, 2);
    hr_scaling_free(&scaling);
}

static void lists_of_parts_are_checked(void **state)
{
    (void)state;
    hr_error err = {""};
    static const char *const bad[] = {"", "2,", "2,x", "0", "-4", "2;4", "99999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        hr_scaling scaling = {.groups = 1};
        assert_int_equal(hr_scaling_parse(bad[i], &scaling, &err), HR_USAGE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_term_is_as_stated),
                                       cmocka_unit_test(two_threads_sweep_two_panels_in_one_batch),
                                       cmocka_unit_test(bf16_rows_are_half_the_bytes),
                                       cmocka_unit_test(one_rank_sends_nothing),
                                       cmocka_unit_test(column_groups_divide_the_columns),
                                       cmocka_unit_test(collectives_by_tree_and_ring),
                                       cmocka_unit_test(loads_of_a_plan_add_up),
                                       cmocka_unit_test(rates_are_found_again),
                                       cmocka_unit_test(scaling_ends_where_other_terms_outweigh_edges),
                                       cmocka_unit_test(lists_of_parts_are_checked)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
