/* A movie is found by its id or by its title as people type it; an ambiguous or unknown title names its candidates. */
#include "tests/support/cmocka_tests.h"
#include "trainer/catalogue/catalogue.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOVIES = 29 };

static const struct {
    int64_t id;
    const char *title;
    int32_t year;
} movies[MOVIES] = {{1, "Toy Story (1995)", 1995},
                    {7, "Sabrina (1995)", 1995},
                    {29, "City of Lost Children, The (Cit\xC3\xA9 des enfants perdus, La) (1995)", 1995},
                    {47, "Seven (a.k.a. Se7en) (1995)", 1995},
                    {260, "Star Wars: Episode IV - A New Hope (1977)", 1977},
                    {300, "Quiz Show (1994)", 1994},
                    {527, "Schindler's List (1993)", 1993},
                    {589, "Terminator 2: Judgment Day (1991)", 1991},
                    {838, "Emma (1996)", 1996},
                    {915, "Sabrina (1954)", 1954},
                    {1036, "Die Hard (1988)", 1988},
                    {1037, "Hard (1998)", 1998},
                    {1097, "E.T. the Extra-Terrestrial (1982)", 1982},
                    {1196, "Star Wars: Episode V - The Empire Strikes Back (1980)", 1980},
                    {1200, "Aliens (1986)", 1986},
                    {1240, "Terminator, The (1984)", 1984},
                    {1320, "Alien 3 (1992)", 1992},
                    {1321, "Alien (1979)", 1979},
                    {2571, "Matrix, The (1999)", 1999},
                    {3114, "Toy Story 2 (1999)", 1999},
                    {4993, "Am\xC3\xA9lie (2001)", 2001},
                    {5000, "Avventura, L' (a.k.a. Adventure, The) (1960)", 1960},
                    {7153, "Lord of the Rings: The Return of the King, The (2003)", 2003},
                    {8000, "Nausica\xC3\xA4 \xE2\x80\x93 The Valley (1984)", 1984},
                    {51662, "300 (2006)", 2006},
                    {68791, "Terminator Salvation (2009)", 2009},
                    {69757, "(500) Days of Summer (2009)", 2009},
                    {176371, "Blade Runner 2049 (2017)", 2017},
                    {183213, "Emma (1996)", 1996}};

static hr_catalogue catalogue;

static int create(void **state)
{
    (void)state;
    hr_error err;
    catalogue = (hr_catalogue){.movies = MOVIES, .path = "data.h5"};
    catalogue.id = (hr_ids){.count = MOVIES, .number = calloc(MOVIES, sizeof(int64_t))};
    catalogue.year = calloc(MOVIES, sizeof *catalogue.year);
    for (int64_t m = 0; m < MOVIES; m++) {
        catalogue.id.number[m] = movies[m].id;
        catalogue.year[m] = movies[m].year;
        assert_ok(
            hr_strings_append(&catalogue.title, movies[m].title, (int64_t)strlen(movies[m].title), &err));
    }
    return 0;
}

static int destroy(void **state)
{
    (void)state;
    hr_catalogue_free(&catalogue);
    return 0;
}

static void titles_name_their_movie(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t id;
    } cases[] = {{"1", 1},
                 {"300", 300},
                 {"300 (2006)", 51662},
                 {"Toy Story (1995)", 1},
                 {"toy story", 1},
                 {"TOY-STORY  2", 3114},
                 {"The Matrix", 2571},
                 {"matrix, the", 2571},
                 {"matrix", 2571},
                 {"Matrix 1999", 2571},
                 {"Sabrina (1954)", 915},
                 {"sabrina 1995", 7},
                 {"amelie", 4993},
                 {"AM\xC3\x89LIE", 4993},
                 {"Ame\xCC\x81lie", 4993},
                 {"schindlers list", 527},
                 {"Se7en", 47},
                 {"seven", 47},
                 {"ET the extra terrestrial", 1097},
                 {"La cite des enfants perdus", 29},
                 {"cite des enfants perdus", 29},
                 {"the city of lost children", 29},
                 {"l'avventura", 5000},
                 {"avventura", 5000},
                 {"The Adventure", 5000},
                 {"die hard", 1036},
                 {"hard", 1037},
                 {"500 days of summer", 69757},
                 {"blade runner 2049", 176371},
                 {"Shindlers List", 527},
                 {"Blade Runer 2049", 176371},
                 {"alien", 1321},
                 {"matrx", 2571},
                 {"terminator 2", 589},
                 {"Star Wars: Episode IV", 260},
                 {"star wars episode v 1980", 1196},
                 {"Lord of the Rings", 7153},
                 {"nausicaa", 8000},
                 {"terminater", 1240}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hr_error err = {0};
        int64_t movie = -1;
        if (hr_find_movie(&catalogue, cases[i].text, &movie, &err) != HR_OK)
            fail_msg("'%s': %s", cases[i].text, err.text);
        if (catalogue.id.number[movie] != cases[i].id)
            fail_msg("'%s' is found to be %s", cases[i].text, hr_strings_at(&catalogue.title, movie));
    }
}

static void expect_refusal(const char *text, const char *const *parts)
{
    hr_error err = {0};
    int64_t movie = -1;
    assert_int_equal(hr_find_movie(&catalogue, text, &movie, &err), HR_INPUT);
    for (; *parts; parts++)
        if (!strstr(err.text, *parts))
            fail_msg("'%s': expected '%s' in: %s", text, *parts, err.text);
}

static void ambiguous_titles_list_their_candidates(void **state)
{
    (void)state;
    expect_refusal("Sabrina", (const char *[]){"data.h5: 2 movies are called 'Sabrina'", "7 Sabrina (1995)",
                                               "915 Sabrina (1954)", "its year", NULL});
    expect_refusal("Star Wars", (const char *[]){"2 movies", "260 Star Wars: Episode IV - A New Hope (1977)",
                                                 "1196 Star Wars: Episode V", NULL});
    expect_refusal("Emma (1996)",
                   (const char *[]){"2 movies", "838 Emma (1996)", "183213 Emma (1996)", NULL});
}

static void unknown_titles_list_the_nearest(void **state)
{
    (void)state;
    expect_refusal("Alien 4", (const char *[]){"has no movie 'Alien 4'", "1320 Alien 3 (1992)", NULL});
    expect_refusal("Toy Story 3", (const char *[]){"1 Toy Story (1995); 3114 Toy Story 2 (1999)", NULL});
    expect_refusal("sabrina 1960", (const char *[]){"has no movie", "915 Sabrina", NULL});
    expect_refusal("Xyzzyplugh", (const char *[]){"has no movie 'Xyzzyplugh'; give an id or a title", NULL});
    expect_refusal("", (const char *[]){"has no movie ''", NULL});
    expect_refusal("(1995)", (const char *[]){"has no movie '(1995)'", NULL});
    expect_refusal("\xFF\xFE\n", (const char *[]){"has no movie '\\xFF\\xFE\\n'", NULL});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(titles_name_their_movie, create, destroy),
        cmocka_unit_test_setup_teardown(ambiguous_titles_list_their_candidates, create, destroy),
        cmocka_unit_test_setup_teardown(unknown_titles_list_the_nearest, create, destroy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
