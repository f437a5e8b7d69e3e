/* Users and movies in any order become 0, 1, 2, … in order of their ids; the same data in another order becomes
 * the same dataset; years and tag names are what the texts say; what lies beside joins the ratings by id. */
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"
#include "tests/support/imported.h"

#define HEADER "userId,movieId,rating,timestamp\n"
#define ROWS "900,70,1,5\n4,8000000000,2,6\n900,3,3,7\n5000000000,70,4,8\n900,70,5,9\n4,3,0.5,1\n"

static hr_dataset import(hr_ingest_report *report)
{
    hr_error err = {""};
    hr_dataset d;
    const hr_ingest_options options = IMPORT_DEFAULTS;
    assert_ok(import_path(in_folder("."), &options, &d, report, &err));
    return d;
}

static void numbers_ascend_with_ids(void **state)
{
    (void)state;
    hr_ingest_report report;
    write_file("ratings.csv", HEADER ROWS);
    write_file("movies.csv", "movieId,title,genres\n50,Nobody rated it (1999),Drama\n");
    hr_dataset d = import(&report);
    const int64_t users[] = {4, 900, 5000000000}, movies[] = {3, 50, 70, 8000000000}, ptr[] = {0, 2, 4, 5};
    const int32_t movie[] = {0, 3, 0, 2, 2};
    const float value[] = {0.5F, 2.0F, 3.0F, 5.0F, 4.0F};
    assert_int_equal(d.ratings.users, 3);
    assert_int_equal(d.ratings.movies, 4);
    assert_int_equal(report.rows.duplicates, 1);
    assert_memory_equal(d.user_id.number, users, sizeof users);
    assert_memory_equal(d.movie_id.number, movies, sizeof movies);
    assert_memory_equal(d.ratings.ptr, ptr, sizeof ptr);
    assert_memory_equal(d.ratings.movie, movie, sizeof movie);
    assert_memory_equal(d.ratings.value, value, sizeof value);
    hr_dataset_free(&d);
}

static void the_order_of_the_source_does_not_matter(void **state)
{
    (void)state;
    hr_ingest_report report;
    hr_dataset a = import(&report);
    write_file("ratings.csv", HEADER
               "4,3,0.5,1\n900,70,5,9\n5000000000,70,4,8\n900,3,3,7\n4,8000000000,2,6\n"
               "900,70,1,5\n");
    hr_dataset b = import(&report);
    const size_t count = (size_t)a.ratings.count;
    assert_int_equal(a.ratings.count, b.ratings.count);
    assert_memory_equal(a.ratings.movie, b.ratings.movie, count * sizeof(int32_t));
    assert_memory_equal(a.ratings.value, b.ratings.value, count * sizeof(float));
    assert_memory_equal(a.ratings.split, b.ratings.split, count);
    hr_dataset_free(&b);
    hr_dataset_free(&a);
}

static void the_year_is_in_the_last_parentheses(void **state)
{
    (void)state;
    static const int32_t years[] = {1995, 1995, 2001, 0, 0, 0, 0, 0};
    enum { CASES = sizeof years / sizeof *years };
    hr_ingest_report report;
    write_file("movies.csv",
               "movieId,title,genres\n100,Plain (1995),A\n101,Series (1995-1998),A\n"
               "102,Twice (1980) (2001) ,A\n103,Babylon 5,A\n104,Half (199,A\n"
               "105,Too long (19955),A\n106,Far too long (99999999999),A\n"
               "107,Not last (1995) (a.k.a. Else),A\n");
    hr_dataset d = import(&report);
    for (int i = 0; i < CASES; i++) {
        assert_int_equal(d.movie_id.number[2 + i], 100 + i); /* after 3 and 70 */
        assert_int_equal(d.year[2 + i], years[i]);
    }
    hr_dataset_free(&d);
}

static void a_tag_text_is_kept_once(void **state)
{
    (void)state;
    static const char *const texts[] = {"noir", "Noir", "noir"};
    hr_ingest_report report;
    write_file(
        "tags.csv",
        "userId,movieId,tag,timestamp\n900,70,noir,0\n4,70,Noir,1\n5000000000,70,noir,2\n77,70,lost,3\n");
    hr_dataset d = import(&report);
    assert_int_equal(d.tags, 3);
    assert_int_equal(report.tags_dropped, 1);
    for (int i = 0; i < 3; i++)
        assert_string_equal(hr_strings_at(&d.tag_name, d.tag_text[i]), texts[i]);
    assert_int_equal(d.tag_text[0], d.tag_text[2]);
    assert_int_not_equal(d.tag_text[0], d.tag_text[1]);
    hr_dataset_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_ascend_with_ids),
        cmocka_unit_test(the_order_of_the_source_does_not_matter),
        cmocka_unit_test(the_year_is_in_the_last_parentheses),
        cmocka_unit_test(a_tag_text_is_kept_once),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
