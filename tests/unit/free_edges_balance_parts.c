/* Edges with both ends in the cover balance the cost of parts: their edges, and movies at a cost in edges.
 *
 * Part 0 owns the users, part 1 the movies that they rate. Each of HUBS users has two movies of its own, each
 * of HUBS movies two users of its own, and each of these users has rated each of these movies. The only
 * smallest cover is the hubs, so that the edges between them are free. Part 0 owns movies that nobody has
 * rated as well. */
#include "partition/plan/placement.h"
#include "tests/support/cmocka_tests.h"

#include <stdlib.h>

enum { HUBS = 100, LEAVES = 2, USERS = HUBS * (1 + LEAVES), RATED = USERS };

static hr_graph hubs_and_leaves(int64_t unrated)
{
    hr_error err = {""};
    hr_graph graph = {0};
    static int64_t ptr[USERS + 1];
    static int32_t movie[HUBS * (HUBS + 2 * LEAVES)];
    static uint8_t split[HUBS * (HUBS + 2 * LEAVES)]; /* all train */
    int64_t edges = 0;
    for (int32_t u = 0; u < USERS; u++) {
        for (int32_t m = 0; u < HUBS && m < HUBS; m++)
            movie[edges++] = m;
        for (int32_t leaf = 0; u < HUBS && leaf < LEAVES; leaf++)
            movie[edges++] = HUBS + LEAVES * u + leaf;
        if (u >= HUBS)
            movie[edges++] = (u - HUBS) / LEAVES;
        ptr[u + 1] = edges;
    }
    const hr_ratings ratings = {.users = USERS,
                                .movies = RATED + unrated,
                                .count = edges,
                                .ptr = ptr,
                                .movie = movie,
                                .split = split};
    assert_ok(hr_graph_build(&graph, &ratings, &err));
    return graph;
}

/* Checks the loads of two parts, of which the first must have `ahead` edges more to balance the cost of
 * movies. */
static void check(int64_t unrated, int64_t cost, int64_t ahead)
{
    hr_error err = {""};
    hr_placement placement = {0};
    hr_graph graph = hubs_and_leaves(unrated);
    int32_t *owner = calloc((size_t)(graph.users + graph.movies), sizeof *owner);
    for (int64_t m = 0; m < RATED; m++)
        owner[USERS + m] = 1;
    int64_t movies[2] = {unrated, RATED};
    assert_ok(hr_placement_make(&placement, &graph, owner, 2, &err));
    for (int64_t g = 0; g < placement.ghosts; g++)
        movies[placement.ghost[g].part] += placement.ghost[g].vertex >= USERS;
    assert_int_equal(placement.ghosts, 2 * HUBS);
    assert_int_equal(placement.load[0] + placement.load[1], graph.edges);
    assert_int_equal(cost * (movies[1] - movies[0]), ahead);
    assert_in_range(placement.load[0] - placement.load[1] - ahead + 1, 0, 2);
    hr_placement_free(&placement);
    free(owner);
    hr_graph_free(&graph);
}

/* 10,400 edges: a movie costs an eighth of the mean of its edges, rounded down. */
static void edges_make_up_for_movies(void **state)
{
    (void)state;
    check(50, 3, 450);   /* of 350 movies, part 0 has 50 and the ghosts of 100 hubs, part 1 300 */
    check(200, 2, 0);    /* of 500, both have 300 */
    check(350, 2, -300); /* of 650, part 0 has 450 */
    check(10000, 0, 0);  /* of so many none costs anything: edges alone */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(edges_make_up_for_movies)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
