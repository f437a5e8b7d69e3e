/* A graph, its plan, its shards and a halo's lists are valid as they are built; each invariant that is broken
 * is noticed. */
#include "partition/halo/halo_lists.h"
#include "partition/halo/shard.h"
#include "partition/plan/grid.h"
#include "partition/plan/plan.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/shard_of.h"
#include "tests/support/toy.h"

#include <stdlib.h>

enum { PARTS = 3, USERS = 30, MOVIES = 20 };

static void a_graph(void **state)
{
    (void)state;
    hr_graph g = toy_graph(USERS, MOVIES, 0.3, 1);
    assert_true(hr_graph_is_valid(&g));
    assert_noticed(hr_graph_is_valid(&g), g.edges, g.edges - 1);
    assert_noticed(hr_graph_is_valid(&g), g.user_ptr[0], 1);
    assert_noticed(hr_graph_is_valid(&g), g.user_ptr[1], g.user_ptr[2] + 1);
    assert_noticed(hr_graph_is_valid(&g), g.user_movie[g.edges - 1], MOVIES);
    assert_noticed(hr_graph_is_valid(&g), g.user_movie[0], -1);
    assert_true(g.user_ptr[1] >= 2);
    assert_noticed(hr_graph_is_valid(&g), g.user_movie[1], g.user_movie[0]);
    assert_noticed(hr_graph_is_valid(&g), g.movie_ptr[1], g.movie_ptr[1] + 1);
    assert_noticed(hr_graph_is_valid(&g), g.movie_user[g.edges - 1], USERS);
    /* a user that ascends, and has another movie */
    const int64_t end = g.movie_ptr[MOVIES];
    int32_t other = g.movie_user[end - 1] + 1;
    assert_true(other < USERS);
    assert_noticed(hr_graph_is_valid(&g), g.movie_user[end - 1], other);
    hr_graph_free(&g);
}

static hr_plan plan_of(const hr_graph *graph)
{
    hr_error err = {""};
    hr_plan plan = {0};
    int32_t owner[USERS + MOVIES];
    assert_ok(hr_cut(graph, PARTS, HR_CUT_METIS, 5, owner, &err));
    assert_ok(hr_plan_build(&plan, graph, owner, PARTS, &err));
    return plan;
}

static void a_plan(void **state)
{
    (void)state;
    hr_graph graph = toy_graph(USERS, MOVIES, 0.3, 1);
    hr_plan p = plan_of(&graph);
    assert_true(hr_plan_is_valid(&p));
    assert_true(p.ghost_ptr[1] >= 2);
    assert_noticed(hr_plan_is_valid(&p), p.edges, p.edges + 1);
    assert_noticed(hr_plan_is_valid(&p), p.matching, p.matching + 1);
    assert_noticed(hr_plan_is_valid(&p), p.usual_halo, p.matching - 1);
    assert_noticed(hr_plan_is_valid(&p), p.cut_edges, p.edges + 1);
    assert_noticed(hr_plan_is_valid(&p), p.owner[p.vertex[0]], 1);
    assert_noticed(hr_plan_is_valid(&p), p.vertex_ptr[1], p.vertex_ptr[1] + 1);
    assert_noticed(hr_plan_is_valid(&p), p.owned_users[0], p.owned_users[0] - 1);
    assert_noticed(hr_plan_is_valid(&p), p.vertex[0], p.vertex[1]);
    assert_noticed(hr_plan_is_valid(&p), p.vertex[0], -1);
    assert_noticed(hr_plan_is_valid(&p), p.vertex_degree[0], p.vertex_degree[0] + 1);
    assert_noticed(hr_plan_is_valid(&p), p.vertex_degree[p.vertex_ptr[1] - 1], 1000);
    assert_noticed(hr_plan_is_valid(&p), p.ghost_ptr[1], p.ghost_ptr[1] - 1);
    assert_noticed(hr_plan_is_valid(&p), p.ghost[0], p.ghost[1]);
    assert_noticed(hr_plan_is_valid(&p), p.ghost_owner[0], 0);
    assert_noticed(hr_plan_is_valid(&p), p.ghost_owner[0], PARTS);
    assert_noticed(hr_plan_is_valid(&p), p.ghost_row[0], p.ghost_row[0] + 1);
    assert_noticed(hr_plan_is_valid(&p), p.user_slot_ptr[1], p.user_slot_ptr[1] - 1);
    assert_noticed(hr_plan_is_valid(&p), p.user_row[0], p.user_row[1]);
    assert_noticed(hr_plan_is_valid(&p), p.movie_row[0], 0);
    assert_noticed(hr_plan_is_valid(&p), p.slot_edges[0], p.slot_edges[0] + 1);
    assert_noticed(hr_plan_is_valid(&p), p.first_edge[0], -1);
    assert_noticed(hr_plan_is_valid(&p), p.edge_ptr[1], p.edge_ptr[1] + 1);
    assert_noticed(hr_plan_is_valid(&p), p.rated_ptr[1], p.rated_ptr[1] + 1);
    assert_noticed(hr_plan_is_valid(&p), p.slot_rated[0], p.slot_rated[0] + 1);
    hr_plan_free(&p);
    hr_graph_free(&graph);
}

static void a_shard(void **state)
{
    (void)state;
    hr_graph graph = toy_graph(USERS, MOVIES, 0.3, 1);
    hr_shard s = shard_of(&graph, PARTS, 1);
    assert_true(hr_shard_is_valid(&s));
    assert_true(s.ghosts >= 2 && s.owned_users >= 2 && s.owned > s.owned_users);
    assert_noticed(hr_shard_is_valid(&s), s.owned_users, s.owned + 1);
    assert_noticed(hr_shard_is_valid(&s), s.vertex[0], USERS);
    assert_noticed(hr_shard_is_valid(&s), s.vertex[s.owned], USERS + MOVIES);
    assert_noticed(hr_shard_is_valid(&s), s.degree[0], s.degree[0] + 1);
    assert_noticed(hr_shard_is_valid(&s), s.degree[s.owned - 1], -1);
    assert_noticed(hr_shard_is_valid(&s), s.ghost_owner[0], s.part);
    assert_noticed(hr_shard_is_valid(&s), s.ghost_owner[0], PARTS);
    assert_noticed(hr_shard_is_valid(&s), s.ghost_row[0], -1);
    assert_noticed(hr_shard_is_valid(&s), s.user_slots, s.user_slots - 1);
    assert_noticed(hr_shard_is_valid(&s), s.user_row[0], s.user_row[1]);
    assert_noticed(hr_shard_is_valid(&s), s.movie_row[0], 0);
    assert_noticed(hr_shard_is_valid(&s), s.edges, s.edges + 1);
    assert_noticed(hr_shard_is_valid(&s), s.edge_ptr[0], 1);
    assert_noticed(hr_shard_is_valid(&s), s.edge_ptr[1], s.edges + 1);
    assert_noticed(hr_shard_is_valid(&s), s.edge_movie[0], (int32_t)s.movie_slots);
    assert_noticed(hr_shard_is_valid(&s), s.first_edge[0], -1);
    assert_noticed(hr_shard_is_valid(&s), s.first_edge[0], s.edges_total);
    assert_noticed(hr_shard_is_valid(&s), s.rated_ptr[1], s.rated_ptr[1] + 1);
    assert_noticed(hr_shard_is_valid(&s), s.rated_movie[0], MOVIES);
    hr_shard_free(&s);
    hr_graph_free(&graph);
}

/* Rank 1 of 3, which owns 4 rows: rank 0 has ghosts of rows 1 and 3, and owns 3 ghosts; rank 2 owns one. */
static void lists_of_a_halo(void **state)
{
    (void)state;
    const hr_comm comm = {.rank = 1, .size = 3};
    int32_t sent_row[] = {1, 3};
    hr_neighbour n[] = {{.rank = 0,
                         .sent = 2,
                         .ghosts = 3,
                         .their_first_sent = 2,
                         .their_first_ghost = 0,
                         .their_sent = 5,
                         .their_ghosts = 2},
                        {.rank = 2, .first_sent = 2, .first_ghost = 3, .ghosts = 1, .their_sent = 1}};
    hr_halo_lists l = {.comm = &comm,
                       .owned = 4,
                       .ghosts = 4,
                       .sent = 2,
                       .sent_row = sent_row,
                       .neighbour = n,
                       .neighbours = 2};
    assert_true(hr_halo_lists_is_valid(&l));
    assert_noticed(hr_halo_lists_is_valid(&l), l.ghosts, 5);
    assert_noticed(hr_halo_lists_is_valid(&l), l.sent, 1);
    assert_noticed(hr_halo_lists_is_valid(&l), l.owned, 3);
    assert_noticed(hr_halo_lists_is_valid(&l), l.neighbours, 1);
    assert_noticed(hr_halo_lists_is_valid(&l), sent_row[0], -1);
    assert_noticed(hr_halo_lists_is_valid(&l), sent_row[0], 3);
    assert_noticed(hr_halo_lists_is_valid(&l), n[0].rank, 2);
    assert_noticed(hr_halo_lists_is_valid(&l), n[1].rank, 3);
    assert_noticed(hr_halo_lists_is_valid(&l), n[0].rank, 1); /* itself, with other lists than its own */
    assert_noticed(hr_halo_lists_is_valid(&l), n[0].first_sent, 1);
    assert_noticed(hr_halo_lists_is_valid(&l), n[0].ghosts, 2);
    assert_noticed(hr_halo_lists_is_valid(&l), n[1].ghosts, 0);
    assert_noticed(hr_halo_lists_is_valid(&l), n[1].first_ghost, 2);
    assert_noticed(hr_halo_lists_is_valid(&l), n[0].their_first_sent, 3);
    assert_noticed(hr_halo_lists_is_valid(&l), n[0].their_ghosts, 1);
    assert_noticed(hr_halo_lists_is_valid(&l), n[1].their_sent, 0);
}

/* Rank 5 of 3 x 2, with the last 3 of 5 columns. */
static void a_grid(void **state)
{
    (void)state;
    hr_grid g = {.world = {.rank = 5, .size = 6},
                 .parts = {.rank = 2, .size = 3},
                 .groups = {.rank = 1, .size = 2},
                 .dim = 5,
                 .first_column = 2,
                 .columns = 3};
    assert_true(hr_grid_is_valid(&g));
    assert_noticed(hr_grid_is_valid(&g), g.world.size, 5);
    assert_noticed(hr_grid_is_valid(&g), g.world.rank, 4);
    assert_noticed(hr_grid_is_valid(&g), g.parts.rank, 1);
    assert_noticed(hr_grid_is_valid(&g), g.groups.rank, 0);
    assert_noticed(hr_grid_is_valid(&g), g.first_column, 3);
    assert_noticed(hr_grid_is_valid(&g), g.columns, 2);
    assert_noticed(hr_grid_is_valid(&g), g.dim, 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_graph), cmocka_unit_test(a_plan),
                                       cmocka_unit_test(a_shard), cmocka_unit_test(lists_of_a_halo),
                                       cmocka_unit_test(a_grid)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
