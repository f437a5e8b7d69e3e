/* Users and movies in any order become 0, 1, 2, … in order of their ids; the same data in another order
 * becomes the same dataset; years and tag names are what the texts say. */
#include "io/readers/import.h"
#include "tests/support/cmocka_tests.h"

#include <stdlib.h>

static void add_movie(hr_raw *raw, int64_t id, const char *title)
{
    hr_error err = {""};
    raw->movie[raw->movies++] = (hr_raw_movie){.id = id, .title = raw->title.count};
    assert_ok(hr_strings_append(&raw->title, title, (int64_t)strlen(title), &err));
    assert_ok(hr_genres_append(&raw->genres, NULL, 0, &err));
}

static hr_raw raw_of(const hr_raw_rating *rating, int64_t count)
{
    hr_raw raw = {.ratings = count};
    raw.rating = calloc((size_t)count, sizeof *raw.rating);
    raw.movie = calloc(16, sizeof *raw.movie);
    raw.tag = calloc(16, sizeof *raw.tag);
    assert_true(raw.rating && raw.movie && raw.tag);
    memcpy(raw.rating, rating, (size_t)count * sizeof *rating);
    return raw;
}

static hr_dataset import(const hr_raw *raw, hr_import_report *report)
{
    hr_error err = {""};
    hr_dataset d = {0};
    assert_ok(hr_import(raw, &(hr_import_options){.seed = 3}, "here", &d, report, &err));
    assert_ok(hr_dataset_check(&d, &err));
    return d;
}

static const hr_raw_rating ratings[] = {{.user = 900, .movie = 70, .time = 5, .value = 1.0F},
                                        {.user = 4, .movie = 8000000000, .time = 6, .value = 2.0F},
                                        {.user = 900, .movie = 3, .time = 7, .value = 3.0F},
                                        {.user = 5000000000, .movie = 70, .time = 8, .value = 4.0F},
                                        {.user = 900, .movie = 70, .time = 9, .value = 5.0F},
                                        {.user = 4, .movie = 3, .time = 1, .value = 0.5F}};
enum { RATINGS = sizeof ratings / sizeof *ratings };

static void numbers_ascend_with_ids(void **state)
{
    (void)state;
    hr_import_report report;
    hr_raw raw = raw_of(ratings, RATINGS);
    add_movie(&raw, 50, "Nobody rated it (1999)");
    hr_dataset d = import(&raw, &report);
    const int64_t users[] = {4, 900, 5000000000}, movies[] = {3, 50, 70, 8000000000}, ptr[] = {0, 2, 4, 5};
    const int32_t movie[] = {0, 3, 0, 2, 2};
    const float value[] = {0.5F, 2.0F, 3.0F, 5.0F, 4.0F};
    assert_int_equal(d.ratings.users, 3);
    assert_int_equal(d.ratings.movies, 4);
    assert_int_equal(report.duplicates, 1);
    assert_memory_equal(d.user_id.number, users, sizeof users);
    assert_memory_equal(d.movie_id.number, movies, sizeof movies);
    assert_memory_equal(d.ratings.ptr, ptr, sizeof ptr);
    assert_memory_equal(d.ratings.movie, movie, sizeof movie);
    assert_memory_equal(d.ratings.value, value, sizeof value);
    hr_dataset_free(&d);
    hr_raw_free(&raw);
}

static void the_order_of_the_source_does_not_matter(void **state)
{
    (void)state;
    hr_import_report report;
    hr_raw_rating reversed[RATINGS];
    for (int i = 0; i < RATINGS; i++)
        reversed[i] = ratings[RATINGS - 1 - i];
    hr_raw one = raw_of(ratings, RATINGS), other = raw_of(reversed, RATINGS);
    hr_dataset a = import(&one, &report), b = import(&other, &report);
    const size_t count = (size_t)a.ratings.count;
    assert_int_equal(a.ratings.count, b.ratings.count);
    assert_memory_equal(a.ratings.movie, b.ratings.movie, count * sizeof(int32_t));
    assert_memory_equal(a.ratings.value, b.ratings.value, count * sizeof(float));
    assert_memory_equal(a.ratings.split, b.ratings.split, count);
    hr_dataset_free(&b);
    hr_dataset_free(&a);
    hr_raw_free(&other);
    hr_raw_free(&one);
}

static void the_year_is_in_the_last_parentheses(void **state)
{
    (void)state;
    static const struct {
        const char *title;
        int32_t year;
    } cases[] = {{"Plain (1995)", 1995},
                 {"Series (1995-1998)", 1995},
                 {"Twice (1980) (2001) ", 2001},
                 {"Babylon 5", 0},
                 {"Half (199", 0},
                 {"Too long (19955)", 0},
                 {"Far too long (99999999999)", 0},
                 {"Not last (1995) (a.k.a. Else)", 0},
                 {"", 0}};
    enum { CASES = sizeof cases / sizeof *cases };
    hr_import_report report;
    hr_raw raw = raw_of(ratings, RATINGS);
    for (int i = 0; i < CASES; i++)
        add_movie(&raw, 100 + i, cases[i].title);
    hr_dataset d = import(&raw, &report);
    for (int i = 0; i < CASES; i++) {
        assert_int_equal(d.movie_id.number[2 + i], 100 + i); /* after 3 and 70 */
        assert_int_equal(d.year[2 + i], cases[i].year);
    }
    hr_dataset_free(&d);
    hr_raw_free(&raw);
}

static void a_tag_text_is_kept_once(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_import_report report;
    hr_raw raw = raw_of(ratings, RATINGS);
    const char *const texts[] = {"noir", "Noir", "noir", "lost"};
    const int64_t users[] = {900, 4, 5000000000, 77};
    for (int i = 0; i < 4; i++) {
        raw.tag[raw.tags++] = (hr_raw_tag){.user = users[i], .movie = 70, .time = i, .text = i};
        assert_ok(hr_strings_append(&raw.tag_name, texts[i], (int64_t)strlen(texts[i]), &err));
    }
    hr_dataset d = import(&raw, &report);
    assert_int_equal(d.tags, 3);
    assert_int_equal(report.tags_dropped, 1);
    for (int i = 0; i < 3; i++)
        assert_string_equal(hr_strings_at(&d.tag_name, d.tag_text[i]), texts[i]);
    assert_int_equal(d.tag_text[0], d.tag_text[2]);
    assert_int_not_equal(d.tag_text[0], d.tag_text[1]);
    hr_dataset_free(&d);
    hr_raw_free(&raw);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_ascend_with_ids),
        cmocka_unit_test(the_order_of_the_source_does_not_matter),
        cmocka_unit_test(the_year_is_in_the_last_parentheses),
        cmocka_unit_test(a_tag_text_is_kept_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
