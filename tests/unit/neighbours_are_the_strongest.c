/* Of each vertex the neighbours of largest weight are kept, of equals the smaller number; graphs are written as their formats
 * ask for. */
#include "tests/support/cmocka_tests.h"
#include "trainer/neighbourhood/graph_formats.h"
#include "trainer/neighbourhood/strongest.h"

#include <string.h>

static void the_largest_are_kept(void **state)
{
    (void)state;
    hr_error err;
    hr_strongest best = {0};
    static const struct {
        int64_t vertex;
        hr_neighbour neighbour;
    } offers[] = {{0, {5, 1.0, 3.0F, 0}}, {1, {9, 0.1, 3.0F, 0}}, {0, {4, 2.0, 3.0F, 0}},
                  {0, {3, 1.0, 3.0F, 0}}, {0, {8, 0.5, 3.0F, 0}}, {0, {2, 3.0, 3.0F, 0}},
                  {0, {6, 1.0, 3.0F, 0}}};
    assert_ok(hr_strongest_create(&best, 2, 3, &err));
    for (size_t i = 0; i < sizeof offers / sizeof *offers; i++)
        hr_strongest_offer(&best, offers[i].vertex, offers[i].neighbour);
    assert_int_equal(best.count[0], 3);
    assert_int_equal(best.count[1], 1);
    const hr_neighbour *kept = hr_strongest_of(&best, 0);
    assert_int_equal(kept[0].number, 2);
    assert_int_equal(kept[1].number, 4);
    assert_int_equal(kept[2].number, 3);
    assert_int_equal(hr_strongest_of(&best, 1)[0].number, 9);
    hr_strongest_free(&best);
}

/* What a format writes, as text. */
static void written(void (*write)(const hr_named_graph *, FILE *), const hr_named_graph *graph, char *text,
                    size_t size)
{
    FILE *file = tmpfile();
    assert_non_null(file);
    write(graph, file);
    rewind(file);
    text[fread(text, 1, size - 1, file)] = '\0';
    fclose(file);
}

static void names_are_escaped(void **state)
{
    (void)state;
    hr_error err;
    hr_near_vertex vertex[] = {{false, 0, 0}, {true, 3, 1}};
    hr_near_edge edge[] = {{0, 1, 0.5, 0.25, 4.0F}};
    const hr_neighbourhood near = {.vertices = 2, .edges = 1, .vertex = vertex, .edge = edge};
    hr_strings id = {0}, name = {0};
    char text[4096];
    static const char title[] = "\"R&B\" <live>\\\n";
    assert_ok(hr_strings_append(&id, "7", 1, &err));
    assert_ok(hr_strings_append(&id, "x<y", 3, &err));
    assert_ok(hr_strings_append(&name, "user 7", 6, &err));
    assert_ok(hr_strings_append(&name, title, (int64_t)strlen(title), &err));
    const hr_named_graph graph = {&near, &id, &name, true};
    written(hr_graph_write_dot, &graph, text, sizeof text);
    assert_non_null(strstr(text, "label=\"\\\"R&B\\\" <live>"));
    assert_non_null(strstr(text, "n0 -- n1 [penwidth=6.00"));
    written(hr_graph_write_graphml, &graph, text, sizeof text);
    assert_non_null(strstr(text, "\"R&amp;B\" &lt;live&gt;"));
    assert_non_null(strstr(text, "<data key=\"id\">x&lt;y</data>"));
    assert_non_null(strstr(text, "<data key=\"carries\">0.25</data>"));
    hr_strings_free(&id);
    hr_strings_free(&name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_largest_are_kept),
                                       cmocka_unit_test(names_are_escaped)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
